import { list, none, oneOf, optional, record, strict, type Infer } from '../forms/form.js';
import { set, sorted } from '../forms/lists.js';
import { flag, json, number, optionalText, raw, remark, strings, tags, text } from '../forms/resource-values.js';
import { owner, type Owner } from './owner.js';

/** What kind of resource carries the calls: a name that a cloud brings, such as `vpc-link-v2`. */
export type LinkKind = string;

const linkStatusShape = {
  kind: text,
  id: text,
  state: oneOf('pending', 'ready', 'inactive', 'failed', 'deleting', 'unknown'),
  /** The cloud's own state, such as `AVAILABLE`. */
  nativeState: remark,
  /** The cloud's own sentence about the state. */
  reason: none(remark),
};

/** The state of a link, in portable form and in its cloud's form. */
export interface LinkStatus extends Infer<typeof linkStatusShape> {}

/** The portable state of a link. A state that the cloud does not document is `unknown`. */
export type LinkState = LinkStatus['state'];

const linkSettingsShape = {
  httpsPolicy: optionalText,
  requestsPerSecond: optional(number),
  /** Whether callers reach it over IPv6, and whether it calls backends over IPv6. */
  ipv6: optional(flag),
  egressIpv6: optional(flag),
  /** The network whose callers reach it by a private domain. */
  clientNetworkId: optionalText,
  /** Whether its gateways may have a domain of each kind: `network`, `intranet`, `self-call`. */
  networkDomain: optional(flag),
  intranetDomain: optional(flag),
  selfCallDomain: optional(flag),
  /** What was bought: `api.s1.small`. */
  spec: optionalText,
  /** A change of spec waits for a person. */
  switchPending: optional(flag),
  /** From where callers reach it, where that is fixed when it is created: the internet, its own network, or both. */
  callersFrom: optional(oneOf('internet', 'network', 'both')),
};

/** What a gateway gets from the link that it is on, where a cloud's links carry settings (an instance of API Gateway). */
export interface LinkSettings extends Infer<typeof linkSettingsShape> {}

export const linkShape = {
  ...linkStatusShape,
  name: remark,
  /** The network (VPC) of the link; derived from the subnets where the cloud does not report it. */
  networkId: optionalText,
  subnetIds: set(text),
  securityGroupIds: set(text),
  /** The load balancers that it leads to, where a link is made for one: a V1 link's NLB. */
  loadBalancerIds: none(set(text)),
  tags,
  createdAt: none(remark),
  /** Settings that only one cloud has, by their names in the spec: `instanceCidr`, `spec`. */
  native: optional(record(json)),
  settings: optional(strict<LinkSettings>()(linkSettingsShape)),
  /** The owner; undefined where the link carries no Postern mark. */
  owner,
  raw,
};

/** What carries calls from a gateway into a network: a VPC link, or a VPC integration instance. */
export interface Link extends Infer<typeof linkShape> {}

export const serviceRoleShape = { name: text, exists: flag };

/** A role of the cloud's own service, without which it cannot create links. */
export interface ServiceRole extends Infer<typeof serviceRoleShape> {}

export const linkPriceShape = {
  /** What is bought, and what it costs: `api.s1.small, pay-as-you-go: about USD 0.87 an hour (541 a month)`. */
  summary: text,
  /** What one agrees to, a sentence each. */
  terms: list(text),
  /** The reason why no price is given: the sale has ended. */
  closed: optionalText,
};

/** The price of a link, as text. */
export interface LinkPrice extends Infer<typeof linkPriceShape> {}

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

const seenByShape = {
  /** The target's id, or a kind of target such as `network load balancer, IP targets`. */
  target: text,
  source: oneOf('link', 'load-balancer'),
  /** Why, in one sentence. */
  because: remark,
};

/** The source that one kind of target sees. */
export interface SeenBy extends Infer<typeof seenByShape> {}

const publicSourceShape = { subnetId: text, natGatewayId: text, addresses: set(text) };

/** Calls of a subnet to public addresses go through a NAT gateway, which has an entry for the subnet: they come from these addresses. */
export interface PublicSource extends Infer<typeof publicSourceShape> {}

export const egressShape = {
  linkId: text,
  /** Addresses of the link's network interfaces at this moment. */
  addresses: set(text),
  /** Canonical CIDR blocks that do not change during the life of the link. */
  prefixes: set(text),
  securityGroupIds: set(text),
  /** How long `addresses` hold. */
  stability: oneOf('momentary', 'stable'),
  /**
   * Whether `addresses` are certainly the link's: `candidate` where the cloud does not report which
   * interfaces serve it.
   */
  confidence: optional(oneOf('certain', 'candidate')),
  /** What one of `prefixes` is, where they differ: `{ '100.104.253.0/26': 'new' }`. */
  prefixNotes: optional(strings),
  /** Of a link whose calls to public addresses need a NAT gateway: its subnets that have an entry. Undefined: not read. */
  publicSources: optional(sorted(strict<PublicSource>()(publicSourceShape), ['subnetId', 'natGatewayId'])),
  seenBy: sorted(strict<SeenBy>()(seenByShape), ['target', 'source', 'because']),
};

/**
 * The source of a link's calls. Allow the security group or the subnets' blocks; single addresses are an
 * observation only.
 */
export interface Egress extends Infer<typeof egressShape> {}
