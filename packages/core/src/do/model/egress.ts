/** The source that one kind of target sees. */
export interface SeenBy {
  /** The target's id, or a kind of target such as `network load balancer, IP targets`. */
  readonly target: string;
  readonly source: 'link' | 'load-balancer';
  /** Why, in one sentence. */
  readonly because: string;
}

/**
 * The source of a link's calls. Allow the security group or the subnets' blocks; single addresses are an
 * observation only.
 */
export interface Egress {
  readonly linkId: string;
  /** Addresses of the link's network interfaces at this moment. */
  readonly addresses: readonly string[];
  /** Canonical CIDR blocks that do not change during the life of the link. */
  readonly prefixes: readonly string[];
  readonly securityGroupIds: readonly string[];
  /** How long `addresses` hold. */
  readonly stability: 'momentary' | 'stable';
  /**
   * Whether `addresses` are certainly the link's: `candidate` where the cloud does not report which
   * interfaces serve it.
   */
  readonly confidence?: 'certain' | 'candidate' | undefined;
  /** What one of `prefixes` is, where they differ: `{ '100.104.253.0/26': 'new' }`. */
  readonly prefixNotes?: Readonly<Record<string, string>> | undefined;
  readonly seenBy: readonly SeenBy[];
}
