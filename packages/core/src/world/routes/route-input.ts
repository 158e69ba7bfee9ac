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
  readonly stages?: readonly string[] | undefined;
}

/** The members of a route that are part of the mark of a deployment. */
export interface DeployedRoute {
  readonly link: string;
  readonly linkId?: string | undefined;
  readonly key: string;
  readonly targetId: string | null;
  readonly serverName: string | null;
  readonly path: 'overwrite' | 'keep';
  readonly settings?: RouteSettings | undefined;
}
