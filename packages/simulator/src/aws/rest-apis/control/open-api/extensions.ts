import { notSimulated } from '../../../operation/operation.js';

/** A value of a JSON document. */
export type Json = string | number | boolean | null | readonly Json[] | JsonObject;

/** An object of a JSON document. */
export interface JsonObject {
  readonly [key: string]: Json | undefined;
}

export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The members of an object; none where the value is something else. */
export function object(value: Json | undefined): JsonObject {
  return isObject(value) ? value : {};
}

/** The items of a list; none where the value is something else. */
export function list(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? (value as readonly Json[]) : [];
}

/** A text, or a number or a boolean as text. */
export function text(value: Json | undefined): string | undefined {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? `${value}` : undefined;
}

/** A number, or one as text; NaN where the value is something else, undefined where it is absent or null. */
export function number(value: Json | undefined): number | undefined {
  if (value === undefined || value === null) return undefined;

  const numeric = typeof value === 'number' || (typeof value === 'string' && value.trim() !== '');
  return numeric ? Number(value) : Number.NaN;
}

/** Whether a value is `true`, also as text. */
export function isTrue(value: Json | undefined): boolean {
  return text(value)?.toLowerCase() === 'true';
}

/** A map of texts. */
export function texts(value: Json | undefined): Record<string, string> | undefined {
  if (!isObject(value)) return undefined;

  return Object.fromEntries(
    Object.entries(value).flatMap(([key, item]) => (text(item) === undefined ? [] : [[key, text(item) ?? '']])),
  );
}

const PREFIX = 'x-amazon-apigateway-';

/**
 * The extensions that are simulated, by where they are. Others of API Gateway are refused; those of others are ignored,
 * as the service does. `documentation` is accepted and
 * not stored: no answer of an API depends on it.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-swagger-extensions.html
 */
const KNOWN = {
  api: [
    'api-key-source',
    'binary-media-types',
    'documentation',
    'endpoint-configuration',
    'gateway-responses',
    'minimum-compression-size',
    'policy',
    'request-validator',
    'request-validators',
  ],
  server: ['endpoint-configuration'],
  path: ['any-method'],
  method: ['auth', 'integration', 'request-validator'],
  scheme: ['authorizer', 'authtype'],
} as const satisfies Readonly<Record<string, readonly string[]>>;

/** @throws {ServiceError} NotImplemented */
export function checkExtensions(where: keyof typeof KNOWN, members: JsonObject): void {
  const known: readonly string[] = KNOWN[where];
  const odd = Object.keys(members).find((key) => key.startsWith(PREFIX) && !known.includes(key.slice(PREFIX.length)));
  if (odd !== undefined) throw notSimulated(`${odd} of ${where === 'api' ? 'an API' : `a ${where}`}`);
}

/** A member of an extension that is not simulated. @throws {ServiceError} NotImplemented */
export function checkMembers(extension: string, members: JsonObject, known: readonly string[]): void {
  const odd = Object.keys(members).find((key) => !known.includes(key));
  if (odd === undefined) return;

  const meant = camel(odd);
  const hint = known.includes(meant) ? ` (API Gateway documents ${meant})` : '';
  throw notSimulated(`${odd} of ${PREFIX}${extension}${hint}`);
}

/** `connectionType` for `connection_type`. */
export function camel(name: string): string {
  return name.replaceAll(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

/** The value of an extension: `extension(method, 'integration')`. */
export function extension(members: JsonObject, name: string): JsonObject[string] {
  return members[`${PREFIX}${name}`];
}
