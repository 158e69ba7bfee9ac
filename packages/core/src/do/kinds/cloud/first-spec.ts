import type { TargetRef } from '../../model/target.js';

/** What a first spec names; what is missing is left to fill in. Values of YAML, in the form of the spec. */
export interface FirstParts {
  /** IDs for a new link. */
  readonly subnets?: readonly string[] | undefined;
  /** The ID of a link that exists. */
  readonly link?: string | undefined;
  /** `{ httpApi: a1b2c3 }` */
  readonly gateway?: string | undefined;
  /** `{ listener: { loadBalancer: orders, port: 443 } }` */
  readonly target?: string | undefined;
}

/** How `postern init` writes a first spec of a cloud. */
export interface FirstSpec {
  /** `links` and `integrations`, with comments. IDs that are missing have `replaceme` in their place. */
  readonly write: (parts: FirstParts) => string;
  /** What a spec starts from where links are not created for it: `an instance`. */
  readonly startsFrom?: string | undefined;
}

/** How a command names a backend that no spec declares: `orders-alb:443`. */
export interface NamedBackend {
  /** `LOAD-BALANCER:PORT` */
  readonly form: string;
  /** Whether a load balancer is named by its name, otherwise by its ID. */
  readonly byName?: boolean | undefined;
  readonly refOf: (name: string, port: number) => TargetRef;
}
