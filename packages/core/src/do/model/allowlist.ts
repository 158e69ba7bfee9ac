/** A range of ports, both ends included. */
export interface PortRange {
  readonly fromPort: number;
  readonly toPort: number;
}

/** One entry: a block, and the ports that it opens. */
export interface AllowEntry {
  /** Canonical CIDR block. */
  readonly cidrBlock: string;
  readonly protocol: 'tcp' | 'udp' | 'all';
  readonly fromPort: number;
  readonly toPort: number;
  /** The cloud's id of the rule. */
  readonly ruleId?: string | undefined;
  /** It was created with the link and exists as long as the link does: a block of the link's own subnets. */
  readonly fixed?: boolean | undefined;
}

/** The resources inside one block of an allowlist. */
export interface BlockResources {
  readonly cidrBlock: string;
  readonly resources: readonly {
    readonly kind: 'instance' | 'load-balancer' | 'interface';
    readonly id: string;
    readonly name?: string | undefined;
    readonly address: string;
    readonly subnetId?: string | undefined;
  }[];
}

/** What a link may reach. */
export interface Allowlist {
  readonly linkId: string;
  /** Whether the resource that contains the entries is managed, so that the spec's list is exact. */
  readonly owned: boolean;
  /** The security group that holds the entries, where it is one. */
  readonly securityGroupId?: string | undefined;
  readonly entries: readonly AllowEntry[];
  /** Rules of other groups of the link that allow more than the list, as text. */
  readonly wider: readonly string[];
  /**
   * Other rules in the resource that contains the entries, as text: Postern does not manage rules of their
   * kind. Absent: none.
   */
  readonly unmanaged?: readonly string[] | undefined;
  /**
   * What a list is that does not say what the link may reach: `inbound` is the sources that the groups of the link's
   * load balancer admit; with `none` nothing filters its calls, and no entry can be added or removed.
   */
  readonly filter?: 'inbound' | 'none' | undefined;
}
