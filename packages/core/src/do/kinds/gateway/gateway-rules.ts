import type { Gateway } from '../../model/gateway.js';
import type { GatewayKind } from '../../model/gateway-kind.js';

/** An answer to a caller, as far as it shows who made it. */
export interface CallerAnswer {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** Its start. */
  readonly body?: string | undefined;
}

/** What an answer means that the backend did not make. */
export interface MadeAnswer {
  /** `refused`: before the backend was called, because of the caller. `failed`: the route or its backend does not work. */
  readonly verdict: 'refused' | 'failed';
  /** What is at fault. */
  readonly fault: 'caller' | 'route' | 'backend';
  /** As a clause: `the gateway did not reach the backend, or not in time`. */
  readonly because: string;
}

/** What is known of the route that was called. */
export interface CalledRoute {
  /** Whether callers must be authorized. */
  readonly guarded?: boolean | undefined;
}

/** Where callers reach a stage of a gateway. */
export interface PublicAddress {
  /** What paths of routes follow: `https://a1b2c3d4e5.execute-api.eu-west-1.amazonaws.com/v1`. */
  readonly base: string;
  /** What names the stage, where the address does not. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
}

/** Why callers cannot reach it so. */
export interface NoAddress {
  readonly because: string;
  readonly remedy: string;
}

/** How gateways of a kind are reached, and which answers are their own. */
export interface GatewayRules {
  /** The gateway's own name, with `https://`. */
  readonly own: (gateway: Gateway, region: string) => string | NoAddress;
  /** Where a call names its stage: after the gateway's own name, where it is not `unnamed`, or in a header. */
  readonly stage: { readonly in: 'path'; readonly unnamed?: string } | { readonly in: 'header'; readonly name: string };
  /** What an answer means that the gateway made itself. Undefined: what its link leads to answered. */
  readonly madeAnswer: (answer: CallerAnswer, route: CalledRoute) => MadeAnswer | undefined;
  /** By which headers a caller who may do so gets an answer of the backend in place of a cached one; undefined: no stage has a cache. */
  readonly passesCache?: Readonly<Record<string, string>> | undefined;
}

// Words of the rules of all clouds.
/** Why a call failed whose answer the gateway made itself. */
export const NOT_REACHED = 'the gateway did not reach the backend, or not in time';
/** The remedy where a gateway does not serve the name that was called. */
export const OTHER_NAME = 'Name the custom domain that callers use: --host GATEWAY=NAME (`hosts` in a program).';
/** The answer to a caller that the gateway does not admit. */
export const refused = (because: string): MadeAnswer => ({ verdict: 'refused', fault: 'caller', because });
/** The answer where the gateway has no route for the call. */
export const noRoute = (because: string): MadeAnswer => ({ verdict: 'failed', fault: 'route', because });
/** The answer where the backend was not reached. */
export const noBackend = (because: string): MadeAnswer => ({ verdict: 'failed', fault: 'backend', because });

/**
 * How a call of a route gets an answer of its backend where its stage has a cache: with these headers, or why the answer may come from
 * the cache. Such an answer does not show that the path works.
 */
export function pastCache(
  { passesCache: headers }: GatewayRules,
  { stages }: Gateway,
  named: string,
  { route, method }: { readonly route: string; readonly method: string },
): { readonly headers: Readonly<Record<string, string>> } | NoAddress {
  const stage = stages.find(({ name }) => name === named);
  if (headers === undefined || stage === undefined) return { headers: {} };

  const remedy = 'Have the cloud call the backend, which no cache answers: --via test-call (`via` in a program).';
  if (stage.cache === undefined) return { because: `whether stage ${stage.name} has a cache was not read`, remedy };

  const call = `${method} ${route.replace(/^\S+ /, '')}`;
  const cached = stage.cache.calls?.find(({ key }) => key === call);
  if (cached === undefined) return { headers: {} };
  if (cached.passable === true) return { headers };

  const because = `the answer may come from the cache of stage ${stage.name}, which keeps it for ${cached.ttlSeconds} s`;
  return { because, remedy };
}

export function publicAddress(
  { own, stage: named }: GatewayRules,
  gateway: Gateway,
  region: string,
  stage: string,
): PublicAddress | NoAddress {
  const base = own(gateway, region);
  if (typeof base !== 'string') return base;
  if (named.in === 'header') return { base, headers: { [named.name]: stage } };

  return { base: stage === named.unnamed ? base : `${base}/${stage}` };
}

/** The same where callers use another name, `api.example.com/v1`: a base path takes the place of a stage in the path. */
export function namedAddress({ stage: named }: GatewayRules, name: string, stage: string): PublicAddress {
  const base = (/^https?:\/\//.test(name) ? name : `https://${name}`).replace(/(?<!\/)\/+$/, '');
  return { base, ...(named.in === 'header' ? { headers: { [named.name]: stage } } : {}) };
}

/** How fast a kind of gateway can be written. */
export interface WritePace {
  /** The least time between two deployments of one account and region, in milliseconds. */
  readonly deployEveryMs?: number | undefined;
  /** Requests for the creation, the change and the deletion of a route, and for a deployment: the usual number. */
  readonly requests: Readonly<Record<'create' | 'retarget' | 'delete' | 'deploy', number>>;
}

/** Requests of all kinds of gateway of one account and region: `burst` at once, then `perSecond`. */
export interface RequestPace {
  readonly perSecond: number;
  readonly burst: number;
}

/**
 * Of an account and region: 10 requests a second, 40 at once, of every API of API Gateway together.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html
 */
export const REQUEST_PACE: RequestPace = { perSecond: 10, burst: 40 };

const API: WritePace = { requests: { create: 2, retarget: 2, delete: 2, deploy: 1 } };

/**
 * CreateDeployment of a REST API is allowed once in 5 seconds. A method is created with its resources, an integration
 * and its responses.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html
 */
const PACES: Readonly<Partial<Record<GatewayKind, WritePace>>> = {
  'http-api': API,
  'websocket-api': API,
  'rest-api': { deployEveryMs: 5_000, requests: { create: 4, retarget: 2, delete: 2, deploy: 2 } },
};

/** The pace of a kind of gateway; undefined where the cloud publishes none. */
export function writePace(kind: GatewayKind): WritePace | undefined {
  return PACES[kind];
}
