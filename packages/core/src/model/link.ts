import type { Json } from '../json.js';
import type { Owner } from './owner.js';

/** The portable state of a link. A word of the cloud that nobody documented is `unknown`. */
export type LinkState = 'pending' | 'ready' | 'inactive' | 'failed' | 'deleting' | 'unknown';

/** What kind of resource carries the calls. */
export type LinkKind = 'vpc-link-v2' | 'vpc-link-v1' | 'integration-instance' | 'dedicated-instance';

/** How a link is, in the portable words and in those of its cloud. */
export interface LinkStatus {
  readonly kind: LinkKind;
  readonly id: string;
  readonly state: LinkState;
  /** The cloud's own word, such as `AVAILABLE`. */
  readonly nativeState: string;
  /** The cloud's own sentence about the state. */
  readonly reason?: string | undefined;
}

/** What a gateway gets from the link that it is on, where a cloud's links carry settings (an instance of API Gateway). */
export interface LinkSettings {
  readonly httpsPolicy?: string | undefined;
  readonly requestsPerSecond?: number | undefined;
  /** Whether callers reach it over IPv6, and whether it calls backends over IPv6. */
  readonly ipv6?: boolean | undefined;
  readonly egressIpv6?: boolean | undefined;
  /** The network whose callers reach it by a private domain. */
  readonly clientNetworkId?: string | undefined;
  /** Whether its gateways may have a domain of each kind: `network`, `intranet`, `self-call`. */
  readonly networkDomain?: boolean | undefined;
  readonly intranetDomain?: boolean | undefined;
  readonly selfCallDomain?: boolean | undefined;
  /** What was bought: `api.s1.small`. */
  readonly spec?: string | undefined;
  /** A change of spec waits for a person. */
  readonly switchPending?: boolean | undefined;
}

/** What carries calls from a gateway into a network: a VPC link, or a VPC integration instance. */
export interface Link extends LinkStatus {
  readonly name: string;
  /** The network (VPC) that it leads into; derived from the subnets where the cloud does not say. */
  readonly networkId?: string | undefined;
  readonly subnetIds: readonly string[];
  readonly securityGroupIds: readonly string[];
  readonly tags: Readonly<Record<string, string>>;
  readonly createdAt?: string | undefined;
  /** What only one cloud knows, by the names of the spec: `instanceCidr`, `spec`. */
  readonly native?: Readonly<Record<string, Json>> | undefined;
  readonly settings?: LinkSettings | undefined;
  /** Whose it is; undefined where it carries no mark of ours. */
  readonly owner?: Owner | undefined;
  readonly raw: unknown;
}

/** What a link costs, in words for people. */
export interface LinkPrice {
  /** What is bought, and what it costs: `api.s1.small, pay-as-you-go: about USD 0.87 an hour (541 a month)`. */
  readonly summary: string;
  /** What one agrees to, a sentence each. */
  readonly terms: readonly string[];
}

/** What `links.create` needs beside the kind. All ids are resolved. */
export interface LinkRequest {
  readonly name: string;
  readonly owner: Owner;
  readonly subnetIds: readonly string[];
  readonly securityGroupIds: readonly string[];
  readonly tags: Readonly<Record<string, string>>;
  /** What only one cloud knows, as written in the spec (`instanceCidr`, `spec`). */
  readonly native?: Readonly<Record<string, unknown>> | undefined;
}
