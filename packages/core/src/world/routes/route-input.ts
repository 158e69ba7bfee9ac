import type { Owner } from '../../model/owner.js';
import type { GatewayRef, LinkRef } from '../../model/reference.js';
import type { Target, TargetTls } from '../../model/target.js';

/** A link that is there, or the name of one that another unit of the same plan makes. */
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
  /** Undefined where a step of the same unit makes it. `raw` is left out. */
  readonly target?: Omit<Target, 'raw'> | undefined;
  readonly tls?: TargetTls | undefined;
  readonly path: 'overwrite' | 'keep';
  readonly owner: Owner;
  readonly stages?: readonly string[] | undefined;
}

/** What of a route goes into the mark of a deployment. */
export interface DeployedRoute {
  readonly link: string;
  readonly linkId?: string | undefined;
  readonly key: string;
  readonly targetId: string | null;
  readonly serverName: string | null;
  readonly path: 'overwrite' | 'keep';
}
