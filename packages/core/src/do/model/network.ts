import type { Owner } from './owner.js';

/** A network (VPC). */
export interface Network {
  readonly id: string;
  readonly name?: string | undefined;
  /** IPv4, primary block first. */
  readonly cidrBlocks: readonly string[];
  readonly ipv6CidrBlocks?: readonly string[] | undefined;
  readonly account?: string | undefined;
  readonly tags: Readonly<Record<string, string>>;
  readonly raw: unknown;
}

/** A subnet, or vSwitch. */
export interface Subnet {
  readonly id: string;
  readonly name?: string | undefined;
  readonly networkId: string;
  readonly cidrBlock: string;
  readonly ipv6CidrBlocks?: readonly string[] | undefined;
  /** The zone's id (`euw1-az1`), which means the same in every account. */
  readonly zone: string;
  readonly freeAddresses?: number | undefined;
  /** The route table of the subnet, including the network's main one. Undefined: not read. */
  readonly routeTableId?: string | undefined;
  /**
   * The network ACL of the subnet; `null` where it has none, which allows all traffic. Undefined: not read.
   */
  readonly networkAclId?: string | null | undefined;
  /** The account that owns it; another than the caller's where it is shared. */
  readonly account?: string | undefined;
  readonly tags: Readonly<Record<string, string>>;
  readonly raw: unknown;
}

/**
 * The two members of a five-tuple that most rules leave open.
 * @see https://www.alibabacloud.com/help/en/ecs/user-guide/security-group-quintuple-rules
 */
export interface RuleNarrowing {
  /** Which of the addresses on the group's own side it is about: of an incoming rule, where packets go to. */
  readonly ownCidrBlock?: string | undefined;
  /** Which ports packets come from: `1024/65535`. */
  readonly sourcePorts?: string | undefined;
}

/** A rule of a security group: the traffic of one direction that it covers, and the action. */
export interface SecurityGroupRule {
  readonly id?: string | undefined;
  readonly direction: 'in' | 'out';
  readonly protocol: string;
  readonly fromPort: number;
  readonly toPort: number;
  readonly cidrBlock?: string | undefined;
  readonly prefixListId?: string | undefined;
  readonly securityGroupId?: string | undefined;
  /** The account that owns `securityGroupId`, where it is another one. */
  readonly peerAccount?: string | undefined;
  /** A list of ports that replaces `fromPort` and `toPort`, and whose entries were not read. */
  readonly portListId?: string | undefined;
  /** Further conditions of a rule, where it covers only a part of what its other members cover. */
  readonly narrowed?: RuleNarrowing | undefined;
  /** `allow` where it is missing. */
  readonly action?: 'allow' | 'drop' | undefined;
  /**
   * The lowest number applies first; of equal numbers, a drop applies before an allow. Missing where rules
   * have no order.
   */
  readonly priority?: number | undefined;
  readonly description?: string | undefined;
}

/** The action of a security group where no rule matches. `deny` where it is missing. */
export interface ImplicitRules {
  readonly in?: 'allow' | 'deny' | undefined;
  readonly out?: 'allow' | 'deny' | undefined;
}

/** A security group, as it guards network interfaces. */
export interface SecurityGroup {
  readonly id: string;
  readonly name: string;
  readonly networkId: string;
  readonly rules: readonly SecurityGroupRule[];
  /** Where a cloud has kinds of groups that follow different rules. */
  readonly kind?: 'basic' | 'enterprise' | undefined;
  readonly implicit?: ImplicitRules | undefined;
  /** Whether members reach each other: `allow` precedes every rule, otherwise the rules decide. */
  readonly intraGroup?: 'allow' | 'deny' | undefined;
  readonly account?: string | undefined;
  /**
   * The owner of the allowlist in it, where tags, name and description agree on that. Tags alone may be
   * copied.
   */
  readonly owner?: Owner | undefined;
  readonly tags: Readonly<Record<string, string>>;
  readonly raw: unknown;
}

/** A network interface: it holds addresses of a network, including a link's own. */
export interface NetworkInterface {
  readonly id: string;
  readonly networkId: string;
  readonly subnetId: string;
  readonly addresses: readonly string[];
  /**
   * Blocks that were delegated to it, whose addresses belong to it as well: those of containers on an
   * instance. Undefined: not read.
   */
  readonly prefixes?: readonly string[] | undefined;
  readonly securityGroupIds: readonly string[];
  /** The link that it serves, where that is known. */
  readonly linkId?: string | undefined;
  /** What it belongs to: an instance's id, a load balancer's ARN. */
  readonly attachedTo?: string | undefined;
  /**
   * Whether an instance or a service uses it. False: it is not attached, and its addresses do not answer.
   * Undefined: not read, or about to change.
   */
  readonly inUse?: boolean | undefined;
  /** Whether it is the one by which an instance is called that has several. Undefined: not read, or no instance's. */
  readonly primary?: boolean | undefined;
  /** Whether a service of the cloud put it there, such as a load balancer. Undefined: not read, or the cloud does not say. */
  readonly managed?: boolean | undefined;
  /** Whether it drops packets that are not for its own addresses. */
  readonly sourceDestinationCheck?: boolean | undefined;
  readonly account?: string | undefined;
  readonly raw: unknown;
}

/**
 * An instance that can be a backend (ECS instance). Where a cloud's backends are known by their interfaces
 * only, the list is empty.
 */
export interface Instance {
  readonly id: string;
  readonly name?: string | undefined;
  readonly networkId?: string | undefined;
  readonly subnetId?: string | undefined;
  readonly zone?: string | undefined;
  /** Private addresses. */
  readonly addresses: readonly string[];
  readonly securityGroupIds: readonly string[];
  readonly state: 'running' | 'stopped' | 'other';
  /** The cloud's own state. */
  readonly nativeState: string;
  readonly raw: unknown;
}

/** A zone of the region. */
export interface Zone {
  /** The id that means the same in every account: `euw1-az1`, `cn-hangzhou-j`. */
  readonly id: string;
  /** The account's own name for it: `eu-west-1a`. */
  readonly name?: string | undefined;
  /** Whether links can be created there; undefined where this is not published. */
  readonly servesLinks?: boolean | undefined;
}
