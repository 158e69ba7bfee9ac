import type { Json } from '../../ground/json.js';
import type { Owner } from './owner.js';

/** The portable state of a link. A state that the cloud does not document is `unknown`. */
export type LinkState = 'pending' | 'ready' | 'inactive' | 'failed' | 'deleting' | 'unknown';

/** The names of the kinds of links. */
export const LINK_KINDS = ['vpc-link-v2', 'vpc-link-v1', 'integration-instance', 'dedicated-instance'] as const;

/** What kind of resource carries the calls. */
export type LinkKind = (typeof LINK_KINDS)[number];

/** The state of a link, in portable form and in its cloud's form. */
export interface LinkStatus {
  readonly kind: LinkKind;
  readonly id: string;
  readonly state: LinkState;
  /** The cloud's own state, such as `AVAILABLE`. */
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
  /** The network (VPC) of the link; derived from the subnets where the cloud does not report it. */
  readonly networkId?: string | undefined;
  readonly subnetIds: readonly string[];
  readonly securityGroupIds: readonly string[];
  /** The load balancers that it leads to, where a link is made for one: a V1 link's NLB. */
  readonly loadBalancerIds?: readonly string[] | undefined;
  readonly tags: Readonly<Record<string, string>>;
  readonly createdAt?: string | undefined;
  /** Settings that only one cloud has, by their names in the spec: `instanceCidr`, `spec`. */
  readonly native?: Readonly<Record<string, Json>> | undefined;
  readonly settings?: LinkSettings | undefined;
  /** The owner; undefined where the link carries no Postern mark. */
  readonly owner?: Owner | undefined;
  readonly raw: unknown;
}

/** The price of a link, as text. */
export interface LinkPrice {
  /** What is bought, and what it costs: `api.s1.small, pay-as-you-go: about USD 0.87 an hour (541 a month)`. */
  readonly summary: string;
  /** What one agrees to, a sentence each. */
  readonly terms: readonly string[];
  /** The reason why no price is given: the sale has ended. */
  readonly closed?: string | undefined;
}

/** The input of `links.create` besides the kind. All IDs are resolved. */
export interface LinkRequest {
  readonly name: string;
  readonly owner: Owner;
  readonly subnetIds: readonly string[];
  readonly securityGroupIds: readonly string[];
  /** The load balancer that the link is made for, where its kind has one. */
  readonly loadBalancerId?: string | undefined;
  readonly tags: Readonly<Record<string, string>>;
  /** Settings that only one cloud has, as written in the spec (`instanceCidr`, `spec`). */
  readonly native?: Readonly<Record<string, unknown>> | undefined;
}
