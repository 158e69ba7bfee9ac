import { isJsonObject, textOf } from '../cloud-api/api/json-object.js';
import type { ApiVersionRow, JsonObject } from '../state/cloud-api-state.js';
import type { Match } from './router.js';

/** What an API that is published takes, and how it calls its backend. */
export interface Service {
  readonly request: {
    readonly method: string;
    readonly path: string;
    /** `HTTP`, `HTTPS`, … */
    readonly protocols: readonly string[];
  };
  /** `ANONYMOUS`, `APP`, … */
  readonly authType: string;
  /** `DISABLE`, `HEADER`, `HEADER_QUERY`, …; empty where it was not set. */
  readonly appCodeAuthType: string;
  /** The backend's method; empty: the caller's. */
  readonly method: string;
  /** The backend's path: texts, and the names of the placeholders between them. Undefined: the caller's path. */
  readonly path: readonly string[] | undefined;
  readonly timeoutMs: number;
  /** `<service parameter>` → `<request parameter>`, where they differ. */
  readonly renamed: ReadonlyMap<string, string>;
  readonly constants: readonly { readonly name: string; readonly value: string; readonly location: string }[];
  /** The query parameters that the API declares, where others are filtered out: `RequestMode` is `MAPPING`. */
  readonly queries: ReadonlySet<string> | undefined;
}

const PLACEHOLDER = /\[([^\]/]+)\]/;
/** [I] The console's default. */
const DEFAULT_TIMEOUT_MS = 10_000;

/** Reads what was published of an API. */
export function serviceOf({ definition }: ApiVersionRow): Service {
  const { requestConfig, serviceConfig, scalars, lists } = definition;
  const list = (name: string): readonly JsonObject[] => lists[name] ?? [];
  const isFiltered = textOf(requestConfig, 'RequestMode') === 'MAPPING';
  const servicePath = textOf(serviceConfig, 'ServicePath');
  const serviceMethod = textOf(serviceConfig, 'ServiceHttpMethod').toUpperCase();
  return {
    request: {
      method: textOf(requestConfig, 'RequestHttpMethod').toUpperCase(),
      path: textOf(requestConfig, 'RequestPath'),
      protocols: textOf(requestConfig, 'RequestProtocol').toUpperCase().split(','),
    },
    authType: textOf(scalars, 'AuthType'),
    appCodeAuthType: textOf(scalars, 'AppCodeAuthType'),
    method: serviceMethod === 'ANY' ? '' : serviceMethod,
    path: servicePath === '' ? undefined : servicePath.split(PLACEHOLDER),
    timeoutMs: Number(textOf(serviceConfig, 'ServiceTimeout')) || DEFAULT_TIMEOUT_MS,
    renamed: new Map(
      list('ServiceParametersMap').map((row) => [
        textOf(row, 'ServiceParameterName'),
        textOf(row, 'RequestParameterName'),
      ]),
    ),
    constants: list('ConstantParameters').map((row) => ({
      name: textOf(row, 'ServiceParameterName'),
      value: textOf(row, 'ConstantValue'),
      location: textOf(row, 'Location').toUpperCase(),
    })),
    queries: isFiltered ? queriesOf(list('RequestParameters')) : undefined,
  };
}

function queriesOf(parameters: readonly JsonObject[]): ReadonlySet<string> {
  const queries = parameters.filter((row) => textOf(row, 'Location').toUpperCase() === 'QUERY');
  return new Set(queries.map((row) => textOf(row, 'ApiParameterName')));
}

/**
 * The path and query that the backend gets: `/svc/[id]` with the caller's values, `/svc/*` with what the caller's path has below.
 * Of parameters, path parameters and constants are mapped; headers and queries pass under the names that the caller gave them.
 */
export function pathToBackend({ route, values, rest }: Match, prefix: string, called: string): string {
  const { service } = route;
  const mark = called.indexOf('?');
  const path = filled(service, values, rest) ?? (mark < 0 ? called : called.slice(0, mark));
  const query = queryToBackend(service, mark < 0 ? '' : called.slice(mark + 1));
  return `${prefix}${path}${query === '' ? '' : `?${query}`}`;
}

function filled(
  { path, renamed, constants }: Service,
  values: ReadonlyMap<string, string>,
  rest: string,
): string | undefined {
  if (!path) return undefined;
  const constant = (name: string): string => constants.find((one) => one.name === name)?.value ?? '';
  let own = '';
  for (const [index, part] of path.entries()) {
    own += index % 2 === 0 ? part : (values.get(renamed.get(part) ?? part) ?? constant(part));
  }
  return own.endsWith('/*') ? `${own.slice(0, -1)}${rest}` : own;
}

function queryToBackend({ queries, constants }: Service, given: string): string {
  if (given === '' && constants.length === 0) return '';
  const parts = given === '' ? [] : given.split('&');
  const kept = queries ? parts.filter((part) => queries.has(decoded(part.split('=', 1)[0] ?? ''))) : parts;
  const own = constants.filter(({ location }) => location === 'QUERY');
  return [...kept, ...own.map(({ name, value }) => `${name}=${encodeURIComponent(value)}`)].join('&');
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** The sample answer of an API whose backend is none. */
export function mockAnswer(config: JsonObject): {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
} {
  const { MockHeaders: given } = config;
  const rows = Array.isArray(given) ? given.filter(isJsonObject) : [];
  return {
    status: Number(textOf(config, 'MockStatusCode')) || 200,
    headers: Object.fromEntries(rows.map((row) => [textOf(row, 'HeaderName'), textOf(row, 'HeaderValue')])),
    body: textOf(config, 'MockResult'),
  };
}
