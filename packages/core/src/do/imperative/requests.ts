import type { Link, LinkKind } from '../model/link.js';
import type { NativeKey } from '../kinds/link/link-traits.js';
import type { LinkRef } from '../model/reference.js';
import type { Target, TargetRef, TargetTls } from '../model/target.js';

/** A link whose network interfaces are in subnets. */
export interface EnsureLinkInSubnets {
  readonly name: string;
  readonly tags?: Readonly<Record<string, string>> | undefined;
  readonly subnetIds: readonly string[];
  readonly loadBalancer?: undefined;
  /** Without any, the link gets one managed group that allows no outbound traffic until `allow` is called. */
  readonly securityGroupIds?: readonly string[] | undefined;
  /**
   * Canonical CIDR blocks. If given, even empty, the link gets a managed group whose rules `allow` and
   * `revoke` change.
   */
  readonly allowlist?: readonly string[] | undefined;
  /** Settings that only one cloud has, by their names in the spec: `{ instanceCidr, spec }`. */
  readonly native?: Readonly<Partial<Record<NativeKey, string>>> | undefined;
}

/** A VPC link V1, which is made for a Network Load Balancer. */
export interface EnsureLinkOfLoadBalancer {
  readonly name: string;
  readonly tags?: Readonly<Record<string, string>> | undefined;
  /** The name or ARN of the load balancer. */
  readonly loadBalancer: string;
  readonly subnetIds?: undefined;
  readonly securityGroupIds?: undefined;
  readonly allowlist?: undefined;
  readonly native?: undefined;
}

/** The desired link: in subnets, or for a load balancer. */
export type EnsureLink = EnsureLinkInSubnets | EnsureLinkOfLoadBalancer;

/** Members of every request for a target. */
export interface TargetRequestBase {
  readonly name: string;
  readonly tls?: TargetTls | undefined;
  readonly path?: 'keep' | undefined;
}

/** The ways to name a target: the other keys of a request are left out. */
export interface TargetWays {
  /** The ARN of a listener of an ALB or NLB. */
  readonly listenerArn: { readonly listenerArn: string };
  /** A load balancer's ID or name, and the port of its listener. */
  readonly loadBalancer: { readonly loadBalancer: string; readonly port: number };
  /** The ARN of a Cloud Map service. */
  readonly service: { readonly service: string };
  /** The ID of an ECS or CLB instance. */
  readonly instance: { readonly instance: string; readonly port: number };
  /** A private IP address. */
  readonly address: { readonly address: string; readonly port: number };
  /** As a spec names it, of any kind of target of the cloud: `{ rope: 'rope-1' }`. */
  readonly ref: { readonly ref: TargetRef | Readonly<Record<string, unknown>> };
}

/** A target by one of: `listenerArn`, `loadBalancer` and `port`, `service`, `instance` and `port`, `address` and `port`, `ref`. */
export type EnsureTarget = {
  [Way in keyof TargetWays]: TargetRequestBase &
    TargetWays[Way] & { readonly [Other in Exclude<keyof TargetWays | 'port', keyof TargetWays[Way]>]?: undefined };
}[keyof TargetWays];

/** A target that a link can reach, and its settings: an argument of `ensureRoute`. */
export interface LinkTarget extends Target {
  readonly name: string;
  readonly linkId: string;
  /** Undefined: the first kind of the adapter. */
  readonly linkKind?: LinkKind | undefined;
  readonly ref: TargetRef;
  readonly tls?: TargetTls | undefined;
  readonly path?: 'keep' | undefined;
}

/** A link, a reference to one, or its ID; an ID alone means a link of the first kind that the adapter serves. */
export type LinkOrId = Link | LinkRef | string;
