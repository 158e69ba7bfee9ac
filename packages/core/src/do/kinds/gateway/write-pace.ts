import type { GatewayKind } from '../../model/gateway-kind.js';

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
