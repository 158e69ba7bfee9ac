import { madeOnce } from '../../../do/world/derived.js';
import type { SecurityGroup, SecurityGroupRule } from '../../../do/model/network.js';
import type { Missing } from '../../../do/world/views.js';
import { hasRules as hasRulesOf, rulesByPort, fewPortsDropped } from './rules-by-port.js';
import type { Filter, FewRule, GroupSet, RankedRule, OpenRule, Traits } from '../model/group-set.js';
import { narrowedMissing } from '../../../do/findings/evidence.js';
import { isAllProtocols, isTcp, mayBeTcp } from '../../../do/words/rule-words.js';
import { flatAddressMap, type Block } from '../model/address-map.js';
import { readSpan, type Span } from '../model/span.js';
import type { Lists, FindPrefixes } from '../model/world.js';

/** The filter of a set for a direction and port; compiled once for all ports that its rules treat alike. */
export function filterOf(set: GroupSet, direction: 'in' | 'out', port: number, lists: Lists): Filter {
  const cuts = (set.cuts[direction] ??= portCuts(set, direction));
  const key = runOf(cuts, port) * 2 + (direction === 'in' ? 0 : 1);
  const known = set.filters.get(key);
  if (known !== undefined) return known;

  const compiled = compile(set, direction, port, lists);
  set.filters.set(key, compiled);
  return compiled;
}

/** The ports at which another rule begins or ends to be about a call, in order; one may come several times. */
function portCuts({ groups }: GroupSet, direction: 'in' | 'out'): ArrayLike<number> {
  const cuts: number[] = [];
  for (const { found } of groups) {
    const rules = found.is === 'found' ? found.value.rules : [];
    for (const rule of rules) {
      if (rule.direction === direction) cuts.push(rule.fromPort, rule.toPort + 1);
    }
  }
  // The ports of one rule are in order.
  return cuts.length > 2 ? Float64Array.from(cuts).sort() : cuts;
}

/** How many of some cuts are at or below a port: equal for all ports of one run. */
function runOf(cuts: ArrayLike<number>, port: number): number {
  let low = 0;
  let high = cuts.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((cuts[middle] ?? 0) <= port) low = middle + 1;
    else high = middle;
  }
  return low;
}

const NO_REFERENCES: ReadonlyMap<string, RankedRule> = new Map();
const NO_OPEN: Filter['open'] = [];
const NO_FEW: Filter['few'] = [];
const NO_DROPS: Filter['drops'] = [];
const NO_SPANS: readonly Span[] = [];

function compile(set: GroupSet, direction: 'in' | 'out', port: number, lists: Lists): Filter {
  const blocks4: Block<RankedRule>[] = [];
  const blocks6: Block<RankedRule>[] = [];
  let references: Map<string, RankedRule> | undefined;
  const open: OpenRule[] = [];
  let few: FewRule[] | undefined;
  let drops: Filter['drops'][number][] | undefined;
  const { groups, inner, implicit, hasRules } = (set.traits[direction] ??= traitsOf(set, direction, lists));
  for (const group of groups) {
    const rules = readRules(group, lists);
    for (const place of rulesByPort(lists, group, direction, port)) {
      const read = rules[place];
      if (read === undefined) continue;

      const { ranked, extent } = read;
      const { rule } = ranked;
      const { spans, groupId } = extent;
      if (!isAboutPort(rule, port)) continue;

      const ports = fewPortsDropped(rule);
      if (ports !== undefined) {
        if (ports > 0) (few ??= []).push({ rule: ranked, rank: ranked.rank, ports, spans, groupId });
        continue;
      }

      const missing = narrowedMissing(rule) ?? portsMissing(rule) ?? extent.missing;
      if (!ranked.allow) (drops ??= []).push({ ranked, spans, groupId });
      if (missing !== undefined) {
        open.push({ rule: ranked, rank: ranked.rank, allow: ranked.allow, missing, spans, groupId });
      } else if (groupId !== undefined) {
        references ??= new Map();
        const other = references.get(groupId);
        if (other === undefined || ranked.rank < other.rank) references.set(groupId, ranked);
      } else {
        for (const span of spans ?? NO_SPANS) {
          (span.family === 4 ? blocks4 : blocks6).push({ span, value: ranked });
        }
      }
    }
  }
  for (const { found } of set.groups) {
    if (found.is !== 'unknown') continue;

    open.push({ rank: -1, allow: isOrdered(groups) ? undefined : true, missing: found.missing });
  }
  return {
    direction,
    set,
    blocks4: flatAddressMap(blocks4, first),
    blocks6: flatAddressMap(blocks6, first),
    references: references ?? NO_REFERENCES,
    open: open.length === 0 ? NO_OPEN : open,
    few: few ?? NO_FEW,
    drops: drops ?? NO_DROPS,
    inner,
    implicit,
    hasRules,
  };
}

/** Whether rules have an order: a group that could not be read may then forbid what others allow. */
function isOrdered(groups: readonly SecurityGroup[]): boolean {
  return groups.some(
    ({ kind, implicit, rules }) =>
      kind !== undefined || implicit !== undefined || rules.some((rule) => rule.priority !== undefined),
  );
}

/** The facts that apply to all ports. */
function traitsOf(set: GroupSet, direction: 'in' | 'out', lists: Lists): Traits {
  const groups = set.groups.flatMap(({ found }) => (found.is === 'found' ? [found.value] : []));
  return {
    groups,
    inner: groups.filter(({ intraGroup }) => intraGroup === 'allow').map(({ id }) => id),
    implicit: groups.length > 0 && groups.every(({ implicit }) => implicit?.[direction] === 'allow'),
    hasRules: groups.some((group) => hasRulesOf(lists, group, direction)),
  };
}

function first(outer: RankedRule | undefined, own: RankedRule): RankedRule {
  return outer === undefined || own.rank < outer.rank ? own : outer;
}

function rank({ id }: SecurityGroup, rule: SecurityGroupRule): RankedRule {
  const allow = rule.action !== 'drop';
  return { rule, groupId: id, rank: (rule.priority ?? 0) * 2 + (allow ? 1 : 0), allow };
}

/** A rule without what depends on the requested port. */
interface ReadRule {
  readonly ranked: RankedRule;
  readonly extent: Extent;
}

/** Blocks are read once, although a group is compiled for many ports. */
function readRules(group: SecurityGroup, lists: Lists): readonly ReadRule[] {
  return madeOnce(lists, 'rules of groups', group, () =>
    group.rules.map((rule) => ({ ranked: rank(group, rule), extent: extentOf(rule, lists.prefixes) })),
  );
}

/** Whether a rule is about a port over TCP, or may be: which ports a list holds was not read, or its protocol is in no table. */
export function isAboutPort({ protocol, fromPort, toPort, portListId }: SecurityGroupRule, port: number): boolean {
  if (!isTcp(protocol)) return mayBeTcp(protocol);
  if ((fromPort <= port && port <= toPort) || (fromPort < 0 && toPort < 0)) return true;

  return portListId !== undefined || isAllProtocols(protocol);
}

function portsMissing({ protocol, portListId }: SecurityGroupRule): Missing | undefined {
  if (portListId === undefined || isAllProtocols(protocol)) return undefined;

  return {
    what: `the ports of ${portListId}`,
    remedy: `Write the ports in the rule itself: Postern does not read those of ${portListId}.`,
  };
}

interface Extent {
  readonly spans?: readonly Span[] | undefined;
  readonly groupId?: string | undefined;
  readonly missing?: Missing | undefined;
}

/** The source or destination of a rule. */
function extentOf({ cidrBlock, prefixListId, securityGroupId, id }: SecurityGroupRule, prefixes: FindPrefixes): Extent {
  if (securityGroupId !== undefined) return { groupId: securityGroupId };
  if (prefixListId !== undefined) return prefixes(prefixListId);

  const span = cidrBlock === undefined ? undefined : readSpan(cidrBlock);
  if (span !== undefined) {
    // V8 makes an object whose literal holds another literal many times slower.
    return { spans: [span] };
  }

  return {
    missing: {
      what: `the source or destination of rule ${id ?? ''}`.trim(),
      remedy: 'Set a CIDR block, a prefix list or a security group in the rule.',
    },
  };
}
