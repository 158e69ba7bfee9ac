import type { Link, LinkKind } from '../model/link.js';
import type { LinkRef } from '../model/reference.js';
import type { Target, TargetRef, TargetTls } from '../model/target.js';

/** The desired link: in subnets, or for a load balancer. */
export interface EnsureLink {
  readonly name: string;
  /** Required but for a kind that is made for a load balancer. */
  readonly subnetIds?: readonly string[] | undefined;
  /** The name or ARN of the Network Load Balancer that a VPC link V1 leads to. */
  readonly loadBalancer?: string | undefined;
  /** Without any, the link gets one managed group that allows no outbound traffic until `allow` is called. */
  readonly securityGroupIds?: readonly string[] | undefined;
  /**
   * Canonical CIDR blocks. If given, even empty, the link gets a managed group whose rules `allow` and
   * `revoke` change.
   */
  readonly allowlist?: readonly string[] | undefined;
  readonly tags?: Readonly<Record<string, string>> | undefined;
  /** Settings that only one cloud has, by their names in the spec: `{ instanceCidr, spec }`. */
  readonly native?: Readonly<Record<string, unknown>> | undefined;
}

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
