import type { Prefix } from '../../../cidr/prefix.js';
import type { SecurityGroup, SecurityGroupRule } from '../../../do/model/network.js';
import type { Missing, RegionIndex } from '../../../do/world/views.js';
import { readBlocks, readPlace } from '../../path/model/group-set.js';
import { fewPortsDropped, rulesByPort } from '../../path/groups/rules-by-port.js';
import { narrowedMissing } from '../../../do/findings/evidence.js';
import { isAllProtocols, isTcp, mayBeTcp } from '../../../do/words/rule-words.js';

/** The groups that filter traffic to one port of one resource. */
export interface InboundFilter {
  readonly region: RegionIndex;
  /** `orders-alb`, `i-1 (10.0.1.5)`. */
  readonly what: string;
  readonly groupIds: readonly string[];
  readonly port: number;
  /** Set if rules for the link's groups may not apply, because the path of the calls may hide the groups. */
  readonly byBlocks?: true | undefined;
}

/** A rule of one of the groups that is about the port. */
export interface PortRule {
  readonly group: SecurityGroup;
  readonly rule: SecurityGroupRule;
  /** What it names by blocks, prefix lists resolved; undefined where it names a group, or what it names is not known. */
  readonly blocks?: readonly Prefix[] | undefined;
  readonly missing?: Missing | undefined;
}

/** What the groups of a filter allow on its port. */
export interface PortRules {
  readonly groups: readonly SecurityGroup[];
  /** Incoming rules for the port: lowest priority number first and, of equal ones, a drop before an allow. */
  readonly rules: readonly PortRule[];
  /** A group that could not be read. */
  readonly missing?: Missing | undefined;
  /** A group that does not exist. */
  readonly absent?: string | undefined;
}

/** What holds for all ports of some groups, and what they allow on each. */
interface GroupsRead extends Pick<PortRules, 'groups' | 'missing' | 'absent'> {
  readonly ports: Map<number, PortRules>;
}

/** By the list of groups, which the filters of all ports of a load balancer share. */
const memory = () => ({ read: new Map<readonly string[], GroupsRead>(), remembered: 0 });

/** The limit of remembered results: in a large region they would take more memory than its rules. */
const MOST_REMEMBERED = 20_000;

/** What the groups of a filter allow: each combination of groups and port is read once for all checks. */
export function portRulesOf({ region, groupIds, port }: InboundFilter): PortRules {
  const here = region.derived('port rules', memory);
  let read = here.read.get(groupIds);
  if (read === undefined) here.read.set(groupIds, (read = readGroups(region, groupIds)));
  const known = read.ports.get(port);
  if (known !== undefined) return known;

  const made = readEntrance(region, read, port);
  if (here.remembered === MOST_REMEMBERED) {
    here.read.clear();
    here.read.set(groupIds, read);
    read.ports.clear();
    here.remembered = 0;
  }
  read.ports.set(port, made);
  here.remembered += 1;
  return made;
}

function readGroups(region: RegionIndex, groupIds: readonly string[]): GroupsRead {
  const groups: SecurityGroup[] = [];
  let missing: Missing | undefined;
  let absent: string | undefined;
  for (const id of new Set(groupIds)) {
    const group = region.find('securityGroups', id);
    if (group.is === 'found') groups.push(group.value);
    else if (group.is === 'unknown') missing ??= group.missing;
    else absent ??= id;
  }
  return { groups, missing, absent, ports: new Map() };
}

function readEntrance(region: RegionIndex, { groups, missing, absent }: GroupsRead, port: number): PortRules {
  const rules: PortRule[] = [];
  for (const group of groups) {
    for (const place of rulesByPort(region, group, 'in', port)) {
      const rule = group.rules[place];
      // Of calls from a few source ports `path/security-group` warns.
      if (rule === undefined || !fitsPort(rule, port) || fewPortsDropped(rule) !== undefined) continue;

      const { blocks, missing: unknown } = namedBy(region, rule);
      rules.push({ group, rule, blocks, missing: unknown });
    }
  }
  return {
    groups,
    rules: rules.some(({ rule }) => isOrdered(rule)) ? rules.toSorted(byOrder) : rules,
    missing,
    absent,
  };
}

function fitsPort(rule: SecurityGroupRule, port: number): boolean {
  if (isAllProtocols(rule.protocol)) return true;
  if (!isTcp(rule.protocol)) return mayBeTcp(rule.protocol);
  // Which ports a list holds was not read; it may hold this one.
  if (rule.portListId !== undefined || (rule.fromPort < 0 && rule.toPort < 0)) return true;

  return rule.fromPort <= port && port <= rule.toPort;
}

export function isOrdered({ priority, action }: SecurityGroupRule): boolean {
  return priority !== undefined || action === 'drop';
}

function byOrder({ rule: a }: PortRule, { rule: b }: PortRule): number {
  const rank = (rule: SecurityGroupRule): number => (rule.action === 'drop' ? 0 : 1);
  return (a.priority ?? 1) - (b.priority ?? 1) || rank(a) - rank(b);
}

function namedBy(region: RegionIndex, rule: SecurityGroupRule): Pick<PortRule, 'blocks' | 'missing'> {
  const { cidrBlock, prefixListId, securityGroupId, portListId } = rule;
  const unread =
    narrowedMissing(rule) ??
    (portListId === undefined
      ? undefined
      : { what: `the ports of ${portListId}`, remedy: `Check the ports of ${portListId}.` });
  if (cidrBlock !== undefined) {
    const block = readPlace(cidrBlock);
    if (block !== undefined) {
      // V8 makes an object whose literal holds another literal many times slower.
      return { blocks: [block], missing: unread };
    }

    const remedy = `Write a block without host bits instead of ${cidrBlock}.`;
    return { missing: { what: `the source of a rule for ${JSON.stringify(cidrBlock)}`, remedy } };
  }
  if (securityGroupId === undefined && prefixListId === undefined) {
    const remedy = 'Set a CIDR block, a prefix list or a security group in the rule.';
    return { missing: { what: `the source of rule ${rule.id ?? ''}`.trim(), remedy } };
  }
  if (prefixListId === undefined) return { missing: unread };

  const list = region.find('prefixLists', prefixListId);
  const missing =
    list.is === 'unknown'
      ? list.missing
      : (region.missing('prefixLists', prefixListId) ?? {
          what: `the entries of prefix list ${prefixListId}`,
          remedy: `Check the entries of ${prefixListId}.`,
        });
  if (list.is !== 'found' || list.value.cidrBlocks === undefined) return { missing };

  return { blocks: readBlocks(list.value.cidrBlocks), missing: unread };
}
