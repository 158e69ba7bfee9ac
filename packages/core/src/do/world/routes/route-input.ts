import type { Claim } from '../../model/owner.js';
import type { GatewayRef, LinkRef } from '../../model/reference.js';
import type { RouteSettings, Route } from '../../model/route.js';
import type { Target, TargetTls } from '../../model/target.js';

/** An existing link, or the name of one that another unit of the same plan creates. */
export interface LinkReference {
  readonly link: string;
  readonly linkRef?: LinkRef | undefined;
}

/** `create route`, `retarget route`. */
export interface RouteInput extends LinkReference {
  readonly gatewayRef: GatewayRef;
  readonly key: string;
  /** The route's id, where it exists. */
  readonly routeId?: string | undefined;
  /** The target's name in the spec. */
  readonly targetName: string;
  /** Undefined where a step of the same unit creates it. `raw` is left out. */
  readonly target?: Omit<Target, 'raw'> | undefined;
  readonly tls?: TargetTls | undefined;
  readonly path: 'overwrite' | 'keep';
  readonly settings?: RouteSettings | undefined;
  readonly owner: Claim;
  /** What the route leaves with its link, where the new one is tested. */
  readonly leaves?: FormerRoute | undefined;
  readonly stages?: readonly string[] | undefined;
}

/** A route as it was before a step: the members that the step may change. */
export interface FormerRoute {
  readonly linkRef: LinkRef;
  /** Undefined where it was not read. `raw` is left out. */
  readonly target?: Omit<Target, 'raw'> | undefined;
  readonly tls?: TargetTls | undefined;
  readonly path?: 'overwrite' | 'keep' | undefined;
  /** Those that the spec declares. */
  readonly settings?: RouteSettings | undefined;
  /** How it can be called without authorization, where a link is tested by calls (`GatewayKindTraits.testedByRoute`). */
  readonly call?: OpenCall | undefined;
}

/** Where callers who are not authorized reach a stage that deploys by itself, or why they do not. */
export type OpenCall = { readonly base: string } | { readonly because: string };

/** The members of a route that are part of the mark of a deployment. */
export interface DeployedRoute {
  readonly link: string;
  readonly linkId?: string | undefined;
  readonly key: string;
  readonly targetId: string | null;
  readonly serverName: string | null;
  readonly path: 'overwrite' | 'keep';
  /** Of a live route only: the method that its backend gets, where it is not that of the call. */
  readonly method?: string | undefined;
  readonly settings?: RouteSettings | undefined;
}

/**
 * The route that gets the calls of a key which no route has: the one of all methods at the same path.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-routes.html#http-api-develop-routes.evaluation
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/how-to-method-settings.html
 */
export function takingRoute(routes: ReadonlyMap<string, Route>, key: string): Route | undefined {
  return routes.get(key) ?? routes.get(`ANY ${pathOf(key)}`);
}

/** The routes that may get calls of a key, because their paths have variables, or because they get all other calls. */
export function coveringRoutes(routes: readonly Route[], key: string): readonly Route[] {
  const [verb, path] = [key.split(' ')[0], pathOf(key)];
  if (path === undefined) return [];

  return routes.filter((one) => {
    if (one.key === '$default') return true;

    const [own, pattern] = [one.key.split(' ')[0], pathOf(one.key)];
    return (own === 'ANY' || own === verb) && pattern !== undefined && covers(pattern.split('/'), path.split('/'));
  });
}

function pathOf(key: string): string | undefined {
  return /^[A-Z]+ (\/.*)$/.exec(key)?.[1];
}

function covers([part, ...parts]: readonly string[], [own, ...others]: readonly string[]): boolean {
  if (part === undefined || own === undefined) return part === own;
  if (/^\{.*\+\}$/.test(part)) return true;

  return (part === own || /^\{.*\}$/.test(part)) && covers(parts, others);
}
