import type { CloudTypes } from '../kinds/cloud/cloud-types.js';
import type { Link, LinkKind } from '../model/link.js';
import type { LinkRef } from '../model/reference.js';
import type { Target, TargetRef, TargetTls } from '../model/target.js';

/** A link whose network interfaces are in subnets. */
export interface EnsureLinkInSubnets<Native = CloudTypes['native']> {
  readonly name: string;
  readonly tags?: Readonly<Record<string, string>> | undefined;
  readonly subnets: readonly string[];
  readonly loadBalancer?: undefined;
  /** Without any, the link gets one managed group that allows no outbound traffic until `allow` is called. */
  readonly securityGroups?: readonly string[] | undefined;
  /**
   * Canonical CIDR blocks. If given, even empty, the link gets a managed group whose rules `allow` and
   * `revoke` change.
   */
  readonly allowlist?: readonly string[] | undefined;
  /** Settings that only one cloud has, by their names in the spec: `{ instanceCidr, spec }`. */
  readonly native?: Native | undefined;
}

/** A link that is made for a load balancer, such as a VPC link V1: besides its name or ARN, `loadBalancer`. */
export interface EnsureLinkOfLoadBalancer {
  readonly name: string;
  readonly tags?: Readonly<Record<string, string>> | undefined;
  readonly subnets?: undefined;
  readonly securityGroups?: undefined;
  readonly allowlist?: undefined;
  readonly native?: undefined;
}

/** The desired link: in subnets or, where the cloud has such links, for a load balancer. */
export type EnsureLink<T extends CloudTypes = CloudTypes> =
  EnsureLinkInSubnets<T['native']> | (EnsureLinkOfLoadBalancer & T['balancer']);

/** Members of every request for a target. */
export type TargetRequestBase = {
  readonly name: string;
  readonly tls?: TargetTls | undefined;
  readonly path?: 'keep' | undefined;
};

/**
 * A target of a cloud, named in one way: by a key as in a spec (`{ address, port }`), by another key of its kind
 * (`{ listenerArn }`, as the kinds of its cloud say), or by the reference of a spec: `{ ref: { address, port } }`.
 */
export type EnsureTarget<T extends CloudTypes = CloudTypes> = TargetRequestBase & T['targetRequest'];

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

/** How a call names a link: by its ID, or by the name with which it was requested. */
export type NamedLink = LinkOrId | { readonly name: string };
