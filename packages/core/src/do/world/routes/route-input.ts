import type { Claim } from '../../model/owner.js';
import type { GatewayRef, LinkRef } from '../../model/reference.js';
import type { RouteSettings } from '../../model/route.js';
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
