import { oneOf, optional, type Infer } from '../forms/form.js';
import { set } from '../forms/lists.js';
import { optionalText, port, raw, text } from '../forms/resource-values.js';
import { owner } from './owner.js';

/** How a spec names a backend. */
export type TargetRef =
  | { readonly listener: string | { readonly loadBalancer: string; readonly port: number } }
  | { readonly service: string }
  | { readonly instance: string; readonly port: number }
  | { readonly address: string; readonly port: number };

export const targetTlsShape = {
  /** The name that the backend's certificate must cover; its presence means HTTPS. */
  serverName: optionalText,
};

/** The TLS settings of a gateway for a target; without them, it uses plain HTTP. */
export interface TargetTls extends Infer<typeof targetTlsShape> {}

export const targetShape = {
  kind: oneOf('listener', 'service', 'instance', 'address'),
  /** The listener's or service's ARN, or the id of the authorization. */
  id: text,
  name: optionalText,
  networkId: optionalText,
  /** The load balancer or instance behind it. */
  resourceId: optionalText,
  /** `application`, `network`, `cloud-map`, `ecs`, `clb`. */
  resourceType: optionalText,
  port: optional(port),
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
