import type { WireRequest } from '../../simulation/wire.js';
import { APIG_ROUTES, type RoaRoute } from '../known-actions/index.js';
import { isRoa, PRODUCTS, productOf, AlibabaError, type AnyAlibabaOperation } from '../operation/operation.js';
import { gatewayWords, words } from '../operation/words.js';
import { header, PRODUCT_HOST, regionOfHost } from './rpc-request.js';

/** A call of an ROA product: a method and a path name the operation, and the body is JSON. */
export interface RoaRequest {
  readonly method: string;
  /** As sent, without the query: `/v1/gateways/gw-1`. */
  readonly path: string;
  /** Decoded. */
  readonly query: ReadonlyMap<string, string>;
  readonly body: Readonly<Record<string, unknown>>;
  /** By the host, the header `x-acs-region-id` or the query. */
  readonly regionId: string | undefined;
}

/** Whether a request is of the ROA style: by its version, or by its host. */
export function isRoaRequest(request: WireRequest): boolean {
  const version = header(request, 'x-acs-version');
  if (version !== undefined) return isRoa(productOf(version));

  const [, name] = PRODUCT_HOST.exec(request.host) ?? [];
  return name === PRODUCTS.APIG.endpoints[0];
}

/** Reads a request. @throws {AlibabaError} for a body that is not a JSON object */
export function readRoaRequest(request: WireRequest): RoaRequest {
  const query = new Map(new URLSearchParams(request.query));
  return {
    method: request.method,
    path: request.path,
    query,
    body: readBody(request.body.toString('utf8')),
    regionId: header(request, 'x-acs-region-id') ?? query.get('RegionId') ?? regionOfHost(request.host),
  };
}

function readBody(text: string): RoaRequest['body'] {
  if (text.trim() === '') return {};

  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    value = undefined;
  }
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return { ...value };

  throw gatewayWords.malformed('The body of the request is not a JSON object.');
}

/** The operation that a request names, with the parameters of its path. @throws {AlibabaError} where there is none */
export function routeOf({ method, path }: Pick<RoaRequest, 'method' | 'path'>): {
  readonly name: string;
  readonly parameters: ReadonlyMap<string, string>;
} {
  const segments = path.split('/').filter((segment) => segment !== '');
  const fitting = APIG_ROUTES.filter((route) => route.segments.length === segments.length && fits(route, segments));
  // A literal segment precedes a parameter: /v1/http-apis/import.
  const [found] = fitting.filter((route) => route.method === method).toSorted((a, b) => literals(b) - literals(a));
  if (!found) throw fitting.length > 0 ? wrongMethod() : gatewayWords.unknownAction();

  const parameters = found.segments.flatMap((segment, at) =>
    isParameter(segment) ? [[segment.slice(1, -1), decoded(segments[at] ?? '')] as const] : [],
  );
  return { name: found.name, parameters: new Map(parameters) };
}

const isParameter = (segment: string): boolean => segment.startsWith('{');
const literals = ({ segments }: RoaRoute): number => segments.filter((segment) => !isParameter(segment)).length;
const fits = ({ segments }: RoaRoute, given: readonly string[]): boolean =>
  segments.every((segment, at) => isParameter(segment) || segment === given[at]);
const wrongMethod = (): AlibabaError =>
  new AlibabaError('UnsupportedHTTPMethod', 'This http method is not supported.', 405);

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    throw gatewayWords.malformed('The path of the request is not encoded as RFC 3986 has it.');
  }
}

/**
 * The parameters of path, query and body as flat texts, as an action of the RPC style has them.
 * @throws {AlibabaError} for an object or a list in the place of a text: the body is JSON, and has types of its own
 */
export function flatParameters(
  { parameters: known, product }: Pick<AnyAlibabaOperation, 'parameters' | 'product'>,
  parameters: ReadonlyMap<string, string>,
  { query, body }: Pick<RoaRequest, 'query' | 'body'>,
): ReadonlyMap<string, string> {
  const members = Object.entries(body).filter(([, value]) => value !== null && value !== undefined);
  for (const [name, value] of members) {
    const isText = Object.hasOwn(known, name) && known[name]?.type === 'string';
    if (isText && typeof value === 'object') throw words(product).invalid(name);
  }
  return new Map([...query, ...members.map(([name, value]) => [name, flatValue(value)] as const), ...parameters]);
}

const flatValue = (value: unknown): string =>
  typeof value === 'object' ? JSON.stringify(value) : String(value as string | number | boolean);
