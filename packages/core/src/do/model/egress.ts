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
  seenBy: sorted(strict<SeenBy>()(seenByShape), ['target', 'source', 'because']),
};

/**
 * The source of a link's calls. Allow the security group or the subnets' blocks; single addresses are an
 * observation only.
 */
export interface Egress extends Infer<typeof egressShape> {}
