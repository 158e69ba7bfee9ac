import type { GatewayKind } from '../../model/gateway-kind.js';
import type { RouteParameters as Parameters, RouteParameters } from '../../model/route.js';

/** How a kind of API writes the parts of a backend request and where they come from. */
export interface ParameterForm {
  /** What stands before `header.x-tenant`: `overwrite:`. */
  readonly key: string;
  /** What stands before the part of the call that a value comes from: `$request.`. */
  readonly source: string;
  /** What stands before a variable of the context: `$context.`. */
  readonly context: string;
  /** Whether a constant is in single quotes. */
  readonly quoted: boolean;
}

/**
 * How each kind of API of AWS writes them.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-parameter-mapping.html
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/websocket-api-data-mapping.html
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/request-response-data-mappings.html
 */
export const PARAMETER_FORMS = {
  'http-api': { key: 'overwrite:', source: '$request.', context: '$context.', quoted: false },
  'websocket-api': { key: 'integration.request.', source: 'route.request.', context: 'context.', quoted: true },
  'rest-api': { key: 'integration.request.', source: 'method.request.', context: 'context.', quoted: true },
} as const satisfies Partial<Record<GatewayKind, ParameterForm>>;

/** The parts of a call, as a spec names them and as API Gateway does. */
const PARTS: readonly (readonly [ours: 'header' | 'query' | 'path', native: string])[] = [
  ['header', 'header'],
  ['query', 'querystring'],
  ['path', 'path'],
];

/** `{ header: { 'x-tenant': 'query.tenant' } }` → `{ 'overwrite:header.x-tenant': '$request.querystring.tenant' }`. */
export function writeParameters(form: ParameterForm, parameters: Parameters): Readonly<Record<string, string>> {
  return Object.fromEntries(
    PARTS.flatMap(([part, native]) =>
      Object.entries(parameters[part] ?? {}).map(([name, source]) => [
        `${form.key}${native}.${name}`,
        writeSource(form, source),
      ]),
    ),
  );
}

/**
 * The opposite of {@link writeParameters}; undefined where there are none. A key or a source that a spec cannot
 * name stays as it is, so that it differs from every declaration.
 */
export function readParameters(
  form: ParameterForm,
  mapped: readonly (readonly [key: string, value: string])[],
): Parameters | undefined {
  const found: Partial<Record<keyof Parameters, Record<string, string>>> = {};
  for (const [key, value] of mapped) {
    const rest = key.startsWith(form.key) ? key.slice(form.key.length) : '';
    const [part, native] = PARTS.find(([, one]) => rest.startsWith(`${one}.`)) ?? ['header', ''];
    const name = native === '' ? key : rest.slice(native.length + 1);
    found[part] = { ...found[part], [name]: readSource(form, value) };
  }
  return mapped.length === 0 ? undefined : found;
}

function writeSource({ source, context, quoted }: ParameterForm, text: string): string {
  const [, word = '', name] = /^(header|query|path|context)\.(.+)$/.exec(text) ?? [];
  if (name === undefined) return quoted ? text : text.slice(1, -1);

  const native = PARTS.find(([ours]) => ours === word)?.[1];
  return native === undefined ? `${context}${name}` : `${source}${native}.${name}`;
}

function readSource({ source, context, quoted }: ParameterForm, value: string): string {
  if (value.startsWith(context)) return `context.${value.slice(context.length)}`;

  const rest = value.startsWith(source) ? value.slice(source.length) : '';
  const [ours, native] = PARTS.find(([, one]) => rest.startsWith(`${one}.`)) ?? [];
  if (native !== undefined) return `${ours}.${rest.slice(native.length + 1)}`;

  return quoted ? value : `'${value}'`;
}

/** Whether two maps of parameters mean the same. The names of headers have no case. */
export function sameParameters(
  a: Readonly<Record<string, string>> = {},
  b: Readonly<Record<string, string>> = {},
): boolean {
  return canonical(a) === canonical(b);
}

function canonical(parameters: Readonly<Record<string, string>>): string {
  const rows = Object.entries(parameters).map(([key, value]) => `${withoutCase(key)}\n${value}`);
  return rows.toSorted().join('\n\n');
}

function withoutCase(key: string): string {
  return /[.:]header\./.test(key) ? key.toLowerCase() : key;
}

/** What a spec can declare: one value for a variable of the path, a parameter of the query or a header. */
const DECLARED = /^integration\.request\.(?:path|querystring|header)\./;

/**
 * The parameters of the backend request: the variables of the path, and those of the setting. Where the setting
 * is not declared, `is` stays; where it is, those that it does not name are removed.
 */
export function backendParameters(
  path: string,
  parameters: RouteParameters | undefined,
  is: Readonly<Record<string, string>> = {},
): Readonly<Record<string, string>> {
  const kept = Object.entries(is).filter(([key]) => parameters === undefined || !DECLARED.test(key));
  return {
    ...Object.fromEntries(pathVariables(path)),
    ...Object.fromEntries(kept),
    ...writeParameters(PARAMETER_FORMS['rest-api'], parameters ?? {}),
  };
}

/**
 * What a method must declare for the sources of these parameters. Only a variable of the path is required: a
 * request validator of the method refuses calls without a required parameter.
 */
export function methodParameters(
  path: string,
  backend: Readonly<Record<string, string>>,
): Readonly<Record<string, boolean>> {
  const sources = [...pathVariables(path).map(([, source]) => source), ...Object.values(backend)];
  const ofCall = sources.filter((source) => /^method\.request\.(?:path|querystring|header)\./.test(source));
  return Object.fromEntries(ofCall.map((source) => [source, source.startsWith('method.request.path.')]));
}

/**
 * The parameters by which an integration gets the variables of its route's path:
 * `['integration.request.path.id', 'method.request.path.id']` for `/orders/{id}`.
 */
export function pathVariables(path: string): readonly (readonly [target: string, source: string])[] {
  return [...path.matchAll(/\{([^{}+]+)\+?\}/g)].map(([, name = '']) => {
    const target = `integration.request.path.${name}`;
    return [target, target.replace(/^integration\./, 'method.')] as const;
  });
}

/** The path of a route as the URI of its integration has it: `/orders/{proxy+}` → `/orders/{proxy}`. */
export function backendPath(path: string): string {
  return path.replaceAll('+}', '}');
}
