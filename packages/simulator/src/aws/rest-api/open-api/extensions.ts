import { notSimulated } from '../words.js';
import type { JsonObject } from './json.js';

const PREFIX = 'x-amazon-apigateway-';

/**
 * The extensions that are simulated, by where they are. Others of API Gateway are refused; those of others are ignored,
 * as the service does.
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
