import type { Owner } from './owner.js';

/** How a spec names a backend. */
export type TargetRef =
  | { readonly listener: string | { readonly loadBalancer: string; readonly port: number } }
  | { readonly service: string }
  | { readonly instance: string; readonly port: number }
  | { readonly address: string; readonly port: number };

/** The TLS settings of a gateway for a target; without them, it uses plain HTTP. */
export interface TargetTls {
  /** The name that the backend's certificate must cover; its presence means HTTPS. */
  readonly serverName?: string | undefined;
}

/** A resolved backend that is known to exist. */
export interface Target {
  readonly kind: 'listener' | 'service' | 'instance' | 'address';
  /** The listener's or service's ARN, or the id of the authorization. */
  readonly id: string;
  readonly name?: string | undefined;
  readonly networkId?: string | undefined;
  /** The load balancer or instance behind it. */
  readonly resourceId?: string | undefined;
  /** `application`, `network`, `cloud-map`, `ecs`, `clb`. */
  readonly resourceType?: string | undefined;
  readonly port?: number | undefined;
  /** As the cloud writes it: `HTTP`, `HTTPS`, `TCP`, `TLS`. */
  readonly protocol?: string | undefined;
  readonly subnetIds?: readonly string[] | undefined;
  readonly securityGroupIds?: readonly string[] | undefined;
  readonly owner?: Owner | undefined;
  readonly raw: unknown;
}

/** The facts that a route needs about its target. */
export interface TargetUse {
  readonly target: Target;
  readonly tls?: TargetTls | undefined;
  /** `overwrite` sends the request path unchanged, without a stage's name; `keep` keeps the gateway's own behavior. */
  readonly path: 'overwrite' | 'keep';
}
