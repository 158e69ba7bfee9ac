/** The source that one kind of target sees. */
export interface SeenBy {
  /** The target's id, or a kind of target such as `network load balancer, IP targets`. */
  readonly target: string;
  readonly source: 'link' | 'load-balancer';
  /** Why, in one sentence. */
  readonly because: string;
}

/** Where a link's calls come from. What to allow is the security group or the subnets' blocks; single addresses are an observation. */
export interface Egress {
  readonly linkId: string;
  /** Addresses of the link's network interfaces at this moment. */
  readonly addresses: readonly string[];
  /** Canonical CIDR blocks that hold for as long as the link exists. */
  readonly prefixes: readonly string[];
  readonly securityGroupIds: readonly string[];
  /** How long `addresses` hold. */
  readonly stability: 'momentary' | 'stable';
  /** How sure it is that `addresses` are the link's: `candidate` where the cloud does not say which interfaces serve it. */
  readonly confidence?: 'certain' | 'candidate' | undefined;
  /** What one of `prefixes` is, where they differ: `{ '100.104.253.0/26': 'new' }`. */
  readonly prefixNotes?: Readonly<Record<string, string>> | undefined;
  readonly seenBy: readonly SeenBy[];
}
