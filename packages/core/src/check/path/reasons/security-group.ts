import { MAX_PORT } from '../../../ground/ports.js';
import type { Missing } from '../../../do/world/views.js';
import { missingParams } from '../../../do/findings/say.js';
import type { Mending, Params } from '../../../do/findings/finding.js';
import { bound, preposition, portsText } from '../../../do/words/rule-words.js';
import { reason, reasons, type PathRule } from './reason.js';

/**
 * The source ports of calls, and so the destination ports of their answers.
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/custom-network-acl.html#nacl-ephemeral-ports
 */
export const EPHEMERAL: Ports = [1_024, MAX_PORT];

/** A run of ports. */
export type Ports = readonly [first: number, last: number];

/**
 * The share of source ports up to which a denied answer is a warning. Each new connection uses one of the ports, so the same share of
 * calls fails. Single ports and short ranges that guides recommend to deny (3389, 5900-5999) are far below 1 %, and a call that fails
 * succeeds when it is repeated. A larger denied range covers ports that some systems call from (Linux 32768-60999, Windows
 * 49152-65535), and calls fail permanently.
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/vpc-network-acls.html
 */
const FEW = 0.01;

/** How many source ports a call may have. */
const SOURCE_PORTS = EPHEMERAL[1] - EPHEMERAL[0] + 1;

/** Whether so few of the source ports are denied that nearly all calls succeed. */
export function areFew(denied: number): boolean {
  return denied <= SOURCE_PORTS * FEW;
}

/** `0.002 %`. */
function shareText(denied: number): string {
  return `${Number(((denied / SOURCE_PORTS) * 100).toPrecision(1))} %`;
}

/** The texts of `path/security-group`. */
export const pathSecurityGroup = {
  id: 'path/security-group',
  title: 'Security groups allow the calls outbound from the link and inbound to the target',
  about:
    'The rules of all security groups of an interface apply together. The source or destination of a rule is a CIDR block, a prefix list or a security group. A rule that names a security group applies only if the path between the two ends preserves the group.',
} as const satisfies PathRule;

/** The rule after which groups allow a call, and who adds it. */
export interface RuleToAdd {
  readonly port: number;
  readonly direction: 'in' | 'out';
  readonly group: string;
  /** A block, or a security group. */
  readonly peer: string;
  readonly priority?: number | undefined;
  /** The group that a plan creates: the spec declares its rules. */
  readonly planned?: string | undefined;
  /** Where the spec declares the rules of the group that Postern manages: `links.eu.allowlist`. */
  readonly declaredAt?: string | undefined;
  /** The addresses of the other end as a block. */
  readonly block: string;
  /** Set where the group is the one that Postern manages. */
  readonly managed?: ManagedGroup | undefined;
}

/** The spec decides the rules of a group that Postern manages: the next `apply` removes a rule that is added by hand. */
export interface ManagedGroup {
  readonly id: string;
  /** The entry of the spec that contains the addresses. */
  readonly entry?: string | undefined;
  /** Whether an entry contains the port, too: then the rules have to be restored. */
  readonly allowsPort: boolean;
  /** The project whose spec declares the rules, where that spec is not known. */
  readonly project?: string | undefined;
}

/** `Add an inbound rule to sg-2: tcp 8080 from sg-1.` */
function addRule({ direction, port, group, peer, priority, planned, block, managed, declaredAt }: RuleToAdd): string {
  if (planned !== undefined) return `Add ${block} to ${planned} in the spec.`;
  if (managed !== undefined) {
    const { id, entry, allowsPort, project } = managed;
    if (project !== undefined)
      return `Add \`{ cidr: ${block}, ports: [${port}] }\` to ${declaredAt} in the spec of project ${project} and run \`postern apply\`, or call \`allow\` with the block and its ports in the program of that project: the rules of ${id} are managed there; a block without ports opens nothing while no target of the link is declared there.`;
    if (entry === undefined)
      return `Add ${block} to ${declaredAt} in the spec and run \`postern apply\`, which manages the rules of ${id}.`;

    return allowsPort
      ? `Run \`postern apply\`: it restores the rules of ${id} that ${declaredAt} declares.`
      : `Add port ${port} to the entry ${entry} of ${declaredAt} in the spec and run \`postern apply\`.`;
  }

  const order = priority === undefined ? '' : ` with priority ${priority}`;
  const rule = direction === 'in' ? 'an inbound rule' : 'an outbound rule';
  return `Add ${rule} to ${group}: tcp ${port} ${preposition(direction)} ${peer}${order}.`;
}

/** Whether the spec declares the rule, so that `postern apply` adds it. */
function mendingOf({ planned, managed }: RuleToAdd): Mending | undefined {
  return planned === undefined && managed?.entry !== undefined && managed.allowsPort ? 'apply' : undefined;
}

/** The published facts of a rule to add. */
function ruleParams({ group, peer, priority, planned, declaredAt }: RuleToAdd): Params {
  return { group, peer, priority, planned, declaredAt };
}

/** The sentences of hops at security groups. */
export const securityGroupReasons = reasons({
  NO_RULE: ({ groups, other, ...add }: { readonly groups: readonly string[]; readonly other: string } & RuleToAdd) => ({
    because: `no rule of ${groups.join(', ')} allows ${bound(add.direction)} tcp ${add.port} ${preposition(add.direction)} ${other}`,
    remedy: addRule(add),
    mendedBy: mendingOf(add),
    params: { groups, port: add.port, direction: add.direction, other, ...ruleParams(add) },
  }),
  /** `last`: no rule can precede it. */
  RULE_DROPS: reason('{rule} of {group} drops traffic [if direction=in: from|to] {other} on port {port}', [
    'if last: Remove {rule} from {group}, or give it priority 2 and allow tcp {port} [if direction=in: from|to] {peer} with priority 1: no rule precedes a drop of priority 1.',
    'Remove {rule} from {group}, or allow tcp {port} [if direction=in: from|to] {peer} with priority {priority|1}.',
  ]),
  RULES_DROP_FEW_PORTS: reason(
    '{rules:few} drops calls [if direction=in: from|to] {other} from {count}: calls from these ports fail, others succeed',
    'Remove {rules:few}. If the deny is intended, add an `ignore` entry for this finding.',
    {
      also: ['ports'],
      words: ({ ports }: { readonly ports: number }) => ({
        count: `${ports} of the ${SOURCE_PORTS} source ports (${shareText(ports)})`,
      }),
    },
  ),
  RULE_LEAVES: reason(
    '`postern apply` removes "{rule}" of {group}, which allows tcp {port} from {from} to {to}: {declaredAt|the spec} does not declare it',
    '{remedy}',
    {
      hidden: ['add'],
      words: ({ add }: { readonly add: RuleToAdd }) => ({ remedy: addRule(add) }),
      params: ({ add }) => ({ remedy: addRule(add) }),
    },
  ),
  RULES_UNDECIDED: reason(
    'whether {groups} allows [if direction=in: inbound|outbound] tcp {port} [if direction=in: from|to] {other} depends on {what|facts that were not read}',
    '{toRead|}',
    {
      hidden: ['missing'],
      words: ({ missing }: { readonly missing?: Missing | undefined }) => ({
        what: missing?.what,
        toRead: missing?.remedy,
      }),
      params: ({ missing }) => ({ missing: missing && missingParams(missing) }),
    },
  ),
  RULES_ALLOW_PART: ({
    groups,
    other,
    parts,
    ...add
  }: {
    readonly groups: readonly string[];
    readonly other: string;
    readonly parts: string;
  } & RuleToAdd) => ({
    because: `only a part of ${other} is allowed ${bound(add.direction)} on port ${add.port}: ${parts}`,
    remedy: addRule(add),
    mendedBy: mendingOf(add),
    params: { groups, direction: add.direction, other, port: add.port, parts, ...ruleParams(add) },
  }),
});

/** The texts of `path/network-acl`. */
export const pathNetworkAcl = {
  id: 'path/network-acl',
  title: "Network ACLs allow the calls outbound from the link's subnets and inbound to the target's",
  about:
    'Network ACLs filter traffic that enters or leaves a subnet, not traffic within it. The first matching entry decides. Traffic without a matching entry is denied. On a path through a transit gateway, the ACLs of its attachment subnets apply too.',
} as const satisfies PathRule;

/** The entry after which a network ACL allows a call or its answer, and its position. */
export interface EntryToAdd {
  readonly acl: string;
  /** The number of the entry that it has to go before. */
  readonly before?: number | undefined;
  readonly peer: string;
  readonly fromPort: number;
  readonly toPort: number;
  readonly direction: 'in' | 'out';
  /** Where no number is below that entry's: whether it alone, or every entry, gets a higher number first. */
  readonly renumber?: 'one' | 'all' | undefined;
}

/** `Add an entry to acl-1 before 100: inbound allow tcp 443 from 10.0.1.0/24.` */
function addEntry({ acl, before, peer, fromPort, toPort, direction, renumber }: EntryToAdd): string {
  const what = `${bound(direction)} allow ${portsText(fromPort, toPort)} ${preposition(direction)} ${peer}.`;
  if (renumber === undefined)
    return `Add an entry to ${acl}${before === undefined ? '' : ` before ${before}`}: ${what}`;

  return renumber === 'all'
    ? `Renumber all entries of ${acl} to higher numbers, since no entry can precede 1, then add an entry before them: ${what}`
    : `Renumber entry 1 of ${acl} to 2, since no entry can precede 1, then add an entry to ${acl} before 2: ${what}`;
}

/** The published facts of an entry to add. */
function entryParams({ acl, before, peer, fromPort, toPort }: EntryToAdd): Params {
  return { acl, before, peer, fromPort, toPort };
}

/** The sentences of hops at network ACLs. */
export const networkAclReasons = reasons({
  ACL_ABSENT: reason(
    'network ACL {acl} of {subnet} does not exist in {region}',
    'Associate {subnet} with an existing network ACL, then take the snapshot again.',
  ),
  /** `answer`: the entry that answers need besides, once calls are allowed. */
  ACL_DENIES: reason(
    '[entry {entry} of {acl} denies|no entry of {acl} allows] [if direction=in: inbound|outbound] {traffic} [if direction=in: from|to] {other}',
    '{first}[ Answers need an entry, too. {second}]',
    {
      hidden: ['add', 'answer'],
      words: ({ add, answer }: { readonly add: EntryToAdd; readonly answer?: EntryToAdd | undefined }) => ({
        first: addEntry(add),
        second: answer && addEntry(answer),
      }),
      params: ({ add }) => ({ remedies: entryParams(add) }),
    },
  ),
  ACL_DENIES_FEW_PORTS: reason(
    '{acl} denies [if direction=in: inbound|outbound] answers [if direction=in: from|to] {other} on {count}, [denied by {entries?entry:entries} {entries:few}|no entry allows them]: calls from these ports fail, others succeed',
    'Allow answers to all of 1024-65535 in {acl}. If the deny is intended, add an `ignore` entry for this finding.',
    {
      also: ['ports'],
      words: ({ ports }: { readonly ports: number }) => ({
        count: `${ports} of the ${SOURCE_PORTS} source ports of calls (${shareText(ports)})`,
      }),
    },
  ),
  ACL_DENIES_PART: reason(
    '{acl} allows [if direction=in: inbound|outbound] {traffic} [if direction=in: from|to] only a part of {other}: {parts}',
    '{first}',
    {
      hidden: ['add'],
      words: ({ add }: { readonly add: EntryToAdd }) => ({ first: addEntry(add) }),
      params: ({ add }) => ({ remedies: entryParams(add) }),
    },
  ),
});
