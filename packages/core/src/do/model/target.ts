import { ignoredForPaths, none, optional, strict, type Infer } from '../forms/form.js';
import { set } from '../forms/lists.js';
import { flag, optionalText, port, raw, remark, text } from '../forms/resource-values.js';
import { owner } from './owner.js';

/** How a spec names a backend: by the key of a kind of target (`Cloud.targets`), some with a port. */
export interface TargetRef {
  readonly port?: number | undefined;
  readonly [key: string]: unknown;
}

/** The references that core follows paths to. Each cloud that has such a key takes the same for it. */
export type FollowedRef =
  | { readonly listener: string | { readonly loadBalancer: string; readonly port: number } }
  | { readonly service: string }
  | { readonly instance: string; readonly port: number }
  | { readonly address: string; readonly port: number }
  | { readonly addresses: readonly string[]; readonly port: number }
  | { readonly dnsName: string; readonly port: number };

export const targetTlsShape = {
  /** The name that the backend's certificate must cover; its presence means HTTPS. */
  serverName: optionalText,
};

/** The TLS settings of a gateway for a target; without them, it uses plain HTTP. */
export interface TargetTls extends Infer<typeof targetTlsShape> {}

const liveHealthShape = {
  /** Whether the link's own health checks are on; without them its state says nothing about reachability. */
  checked: flag,
  /** The cloud's own state: `Healthy`, `Unhealthy`. */
  nativeState: ignoredForPaths(optionalText),
  /** The endpoints that do not answer: `10.0.1.7:8080`. */
  unhealthy: set(text),
  /** The cloud's own code of what it saw: `RuntimeEndpointTimeout`. */
  reason: none(remark),
};

/** The health of a target as the link that calls it reports it. */
export interface LiveHealth extends Infer<typeof liveHealthShape> {}

const registeredShape = {
  service: text,
  /** The group and the namespace of the service in its registry. */
  group: optionalText,
  namespace: optionalText,
  /** The ID of the registry, where it is known. */
  source: optionalText,
};

/** A service of a registry: who answers for it is in the registry, and changes without a change of the target. */
export interface Registered extends Infer<typeof registeredShape> {}

export const targetShape = {
  /**
   * What calls go to. Paths are followed for a `listener` of a load balancer, a `service` of a registry, an `instance`, an
   * `address`, and for each other kind by its `endpoints`.
   */
  kind: text,
  /** The listener's or service's ARN, or the id of the authorization; `svc-a1b2:8080` of a gateway's service and its port. */
  id: text,
  name: none(remark),
  networkId: optionalText,
  /** The load balancer or instance behind it. */
  resourceId: optionalText,
  /** `application`, `network`, `cloud-map`, `ecs`, `clb`. */
  resourceType: optionalText,
  port: optional(port),
  /** The one link that can call it: a service is that of its gateway. */
  linkId: none(text),
  /** Where it leads to, where it lists that itself: `10.0.1.7:8080`, `orders.internal:80`. */
  endpoints: optional(set(text)),
  /** The service of a registry whose instances it leads to. */
  registered: optional(strict<Registered>()(registeredShape)),
  /** What the link itself has found out by calling it. */
  health: optional(strict<LiveHealth>()(liveHealthShape)),
  /** As the cloud writes it: `HTTP`, `HTTPS`, `TCP`, `TLS`. */
  protocol: optionalText,
  subnetIds: optional(set(text)),
  securityGroupIds: optional(set(text)),
  owner,
  raw,
};

/** A resolved backend that is known to exist. */
export interface Target extends Infer<typeof targetShape> {}

/** The facts that a route needs about its target. */
export interface TargetUse {
  readonly target: Target;
  readonly tls?: TargetTls | undefined;
  /** `overwrite` sends the request path unchanged, without a stage's name; `keep` keeps the gateway's own behavior. */
  readonly path: 'overwrite' | 'keep';
}

/** What is known of a target's use before it is resolved. */
export interface CheckedUse {
  readonly tls?: TargetTls | undefined;
}
