import { oneOf, optional, strict, type Infer } from '../forms/form.js';
import { set, sorted } from '../forms/lists.js';
import { strings, text } from '../forms/resource-values.js';

const seenByShape = {
  /** The target's id, or a kind of target such as `network load balancer, IP targets`. */
  target: text,
  source: oneOf('link', 'load-balancer'),
  /** Why, in one sentence. */
  because: text,
};

/** The source that one kind of target sees. */
export interface SeenBy extends Infer<typeof seenByShape> {}

const publicSourceShape = {
  subnetId: text,
  natGatewayId: text,
  addresses: set(text),
};

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
