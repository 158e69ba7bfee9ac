import {
  ignoredForPaths,
  none,
  nullable,
  oneOf,
  optional,
  strict,
  type AnyForm,
  type Form,
  type Infer,
} from '../forms/form.js';
import { head, set, sorted } from '../forms/lists.js';
import {
  address,
  block,
  count,
  id,
  integer,
  optionalFlag,
  optionalText,
  port,
  protocol,
  raw,
  remark,
  tags,
  text,
} from '../forms/resource-values.js';
import { owner } from './owner.js';

export const networkShape = {
  id,
  name: none(remark),
  /** IPv4, primary block first. */
  cidrBlocks: head(block),
  ipv6CidrBlocks: optional(set(block)),
  /**
   * Whether traffic that is not encrypted is refused: by no control, only `monitored`, `enforced`, or `enforced-without-links`, where
   * that of VPC links is excluded. Undefined: not read.
   */
  encryption: optional(oneOf('none', 'monitored', 'enforced', 'enforced-without-links')),
  /** Whether it is the one that the account gets in the region by itself. */
  isDefault: optionalFlag,
  account: optionalText,
  tags,
  raw,
};

/** A network (VPC). */
export interface Network extends Infer<typeof networkShape> {}

export const subnetShape = {
  id,
  name: none(remark),
  networkId: text,
  cidrBlock: block,
  ipv6CidrBlocks: optional(set(block)),
  /** The zone's id (`euw1-az1`), which means the same in every account. */
  zone: text,
  freeAddresses: ignoredForPaths(optional(count)),
  /** Whether it is the one of its zone that the account gets by itself. */
  isDefault: optionalFlag,
  /** The route table of the subnet, including the network's main one. Undefined: not read. */
  routeTableId: optionalText,
  /** The network ACL of the subnet; `null` where it has none, which allows all traffic. Undefined: not read. */
  networkAclId: optional(nullable(text)),
  /** The account that owns it; another than the caller's where it is shared. */
  account: optionalText,
  tags,
  raw,
};

/** A subnet, or vSwitch. */
export interface Subnet extends Infer<typeof subnetShape> {}

const ruleNarrowingShape = {
  /** Which of the addresses on the group's own side it is about: of an incoming rule, where packets go to. */
  ownCidrBlock: optional(block),
  /** Which ports packets come from: `1024/65535`. */
  sourcePorts: optionalText,
};

/**
 * The two members of a five-tuple that most rules leave open.
 * @see https://www.alibabacloud.com/help/en/ecs/user-guide/security-group-quintuple-rules
 */
export interface RuleNarrowing extends Infer<typeof ruleNarrowingShape> {}

const securityGroupRuleShape = {
  id: optionalText,
  direction: oneOf('in', 'out'),
  protocol,
  fromPort: port,
  toPort: port,
  cidrBlock: none(block),
  prefixListId: none(text),
  securityGroupId: none(text),
  /** The account that owns `securityGroupId`, where it is another one. */
  peerAccount: optionalText,
  /** A list of ports that replaces `fromPort` and `toPort`, and whose entries were not read. */
  portListId: optionalText,
  /** Further conditions of a rule, where it covers only a part of what its other members cover. */
  narrowed: optional(strict<RuleNarrowing>()(ruleNarrowingShape)),
  /** `allow` where it is missing. */
  action: none(oneOf('allow', 'drop')),
  /**
   * The lowest number applies first; of equal numbers, a drop applies before an allow. Missing where rules
   * have no order.
   */
  priority: none(integer),
  description: none(remark),
};

/** A rule of a security group: the traffic of one direction that it covers, and the action. */
export interface SecurityGroupRule extends Infer<typeof securityGroupRuleShape> {}

const implicit = none(oneOf('allow', 'deny'));

const implicitRulesShape = { in: implicit, out: implicit };

/** The action of a security group where no rule matches. `deny` where it is missing. */
export interface ImplicitRules extends Infer<typeof implicitRulesShape> {}

function portsInOrder(form: Form<SecurityGroupRule>): Form<SecurityGroupRule> {
  const wrong: AnyForm = { check: (_, walk) => walk.add('expected a port from fromPort on'), schema: {} };
  return {
    ...form,
    check: (given, walk) => {
      form.check(given, walk);
      const { protocol: of, fromPort, toPort } = (given ?? {}) as Partial<SecurityGroupRule>;
      if (typeof fromPort !== 'number' || typeof toPort !== 'number' || fromPort <= toPort) return;

      if (of === 'tcp' || of === 'udp') walk.into('toPort', wrong, toPort);
    },
  };
}

export const securityGroupShape = {
  id,
  name: remark,
  networkId: text,
  rules: sorted(portsInOrder(strict<SecurityGroupRule>()(securityGroupRuleShape)), ['direction', 'priority', 'id']),
  /** Where a cloud has kinds of groups that follow different rules. */
  kind: optional(oneOf('basic', 'enterprise')),
  implicit: none(strict<ImplicitRules>()(implicitRulesShape)),
  /** Whether members reach each other: `allow` precedes every rule, otherwise the rules decide. */
  intraGroup: implicit,
  account: optionalText,
  /** The owner of the allowlist in it, where tags, name and description agree on that. Tags alone may be copied. */
  owner,
  tags,
  raw,
};

/** A security group, as it guards network interfaces. */
export interface SecurityGroup extends Infer<typeof securityGroupShape> {}

const flowShape = {
  /** The address and port that was called. */
  to: address,
  port,
  /** Records of what left the interface, of what its own groups or network ACL refused, and of what came back. */
  sent: count,
  refused: count,
  answered: count,
  /** When the last of them was seen, in ISO 8601. */
  sentAt: optionalText,
  refusedAt: optionalText,
  answeredAt: optionalText,
};

/** What an interface of a link sent to one address and port in the last hour, as flow logs show it. */
export interface Flow extends Infer<typeof flowShape> {}

export const networkInterfaceShape = {
  id,
  networkId: text,
  subnetId: text,
  addresses: head(address),
  /**
   * Blocks that were delegated to it, whose addresses belong to it as well: those of containers on an
   * instance. Undefined: not read.
   */
  prefixes: optional(set(block)),
  securityGroupIds: set(text),
  /** The link that it serves, where that is known. */
  linkId: none(text),
  /** What it belongs to: an instance's id, a load balancer's ARN. */
  attachedTo: none(text),
  /**
   * Whether an instance or a service uses it. False: it is not attached, and its addresses do not answer.
   * Undefined: not read, or about to change.
   */
  inUse: optionalFlag,
  /** Whether it is the one by which an instance is called that has several. Undefined: not read, or no instance's. */
  primary: optionalFlag,
  /** Whether a service of the cloud put it there, such as a load balancer. Undefined: not read, or the cloud does not say. */
  managed: optionalFlag,
  /** Of a link's interface: what it sent. Undefined: not read, or it has no flow log that could be read. */
  flows: optional(sorted(strict<Flow>()(flowShape), ['to', 'port'])),
  /** Whether it drops packets that are not for its own addresses. */
  sourceDestinationCheck: optionalFlag,
  account: optionalText,
  raw,
};

/** A network interface: it holds addresses of a network, including a link's own. */
export interface NetworkInterface extends Infer<typeof networkInterfaceShape> {}

export const instanceShape = {
  id,
  name: none(remark),
  networkId: optionalText,
  subnetId: optionalText,
  zone: optionalText,
  /** Private addresses. */
  addresses: head(address),
  securityGroupIds: set(text),
  state: oneOf('running', 'stopped', 'other'),
  /** The cloud's own state. */
  nativeState: remark,
  raw,
};

/**
 * An instance that can be a backend (ECS instance). Where a cloud's backends are known by their interfaces
 * only, the list is empty.
 */
export interface Instance extends Infer<typeof instanceShape> {}

export const zoneShape = {
  /** The id that means the same in every account: `euw1-az1`, `cn-hangzhou-j`. */
  id,
  /** The account's own name for it: `eu-west-1a`. */
  name: none(remark),
  /** Whether links can be created there; undefined where this is not published. */
  servesLinks: optionalFlag,
};

/** A zone of the region. */
export interface Zone extends Infer<typeof zoneShape> {}
