import type { Owner } from './owner.js';

/** How a spec names a backend. */
export type TargetRef =
  | { readonly listener: string | { readonly loadBalancer: string; readonly port: number } }
  | { readonly service: string }
  | { readonly instance: string; readonly port: number }
  | { readonly address: string; readonly port: number };

/** How a gateway speaks TLS to a target; without it, it speaks plain HTTP. */
export interface TargetTls {
  /** The name that the backend's certificate must cover; its presence means HTTPS. */
  readonly serverName?: string | undefined;
}

/** A backend as it is: resolved, and known to exist. */
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

/** What a route needs to know of its target. */
export interface TargetUse {
  readonly target: Target;
  readonly tls?: TargetTls | undefined;
  /** `overwrite` sends the path of the request as it is, without a stage's name; `keep` leaves the gateway's own behaviour. */
  readonly path: 'overwrite' | 'keep';
}
