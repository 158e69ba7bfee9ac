import type { Params } from '../../findings/finding.js';
import { missingParams } from '../../findings/missing.js';
import type { SecurityGroupRule } from '../../model/network.js';
import { blockText, type End } from '../end.js';
import { SOURCE_PORTS, shareText } from '../acls/acl-ports.js';
import { fewText } from '../../text/few-text.js';
import { filterOf, type FewRule, type Filter, type FindPrefixes, type RankedRule } from './filter.js';
import type { GroupSet } from './group-set.js';
import { leavingRule, type KeptGroup } from './kept-group.js';
import { judge, type Judgement, type References } from './judge.js';
import { ruleText } from '../../text/rule-words.js';
import { holds, readSpan, spanText } from '../span.js';
import { more, type Step, type Told, type Way } from '../step.js';
import { firstOf, wantedRule } from './wanted-rule.js';
import { overEnd, partlyText } from '../whole-span.js';

const CHECK = 'path/security-group';
const HOP = { in: 'security group in', out: 'security group out' } as const;

/**
 * Whether the groups of one end allow a call: outbound to the other end, or inbound from it. Allowing rules
 * add up. Where rules have priorities, the lowest number is evaluated first, and a drop precedes an allow.
 * Members of a group may reach each other before all rules.
 */
export function groupStep(
  direction: 'in' | 'out',
  own: GroupSet,
  other: End,
  {
    port,
    references,
    prefixes,
  }: { readonly port: number; readonly references: References; readonly prefixes: FindPrefixes },
): Step {
  if (own.missing !== undefined) return missingGroups(direction, own.missing);
  if (own.ids.length === 0) return NO_GROUPS[direction];
  const filter = filterOf(own, direction, port, prefixes);
  return overEnd(other, (span) => stepOf(filter, judge(filter, span, other.groups, references), references));
}

function stepOf(filter: Filter, parts: readonly Judgement[], references: References): Step {
  const [first] = parts;
  if (first === undefined) return deniedStep(filter, references);
  const few = parts.flatMap((part) => part.few ?? []);
  if (few.length > 0 && parts.every(({ verdict }) => verdict === 'pass')) return fewStep(filter, [...new Set(few)]);
  if (parts.length === 1 && first.rule !== undefined && first.verdict !== 'unknown') {
    return ruledStep(filter, first.rule, references);
  }
  const unknown = parts.find(({ verdict }) => verdict === 'unknown');
  if (unknown !== undefined) {
    // A part that is certainly denied decides, whatever else is unknown.
    if (parts.every(({ verdict }) => verdict !== 'pass') && parts.some(({ verdict }) => verdict === 'fail')) {
      return partlyStep(filter, parts, references);
    }
    return openStep(filter, unknown, references);
  }
  if (parts.some(({ verdict }) => verdict !== first.verdict)) return partlyStep(filter, parts, references);
  if (first.inner !== undefined) return innerStep(filter, first.inner);
  if (first.rule !== undefined) return ruledStep(filter, first.rule, references);
  if (first.verdict === 'fail') return deniedStep(filter, references);
  return (filter.noRule ??= implied(filter));
}

/** The step of a rule that allows everything is shared. */
function ruledStep(filter: Filter, ranked: RankedRule, references: References): Step {
  return ranked.allow ? (ranked.step ??= allowStep(ranked)) : dropStep(filter, ranked, references);
}

function deniedStep(filter: Filter, references: References): Step {
  if (references === 'kept') return (filter.noRule ??= denied(filter, references));
  return filter.references.size > 0 ? lostReference(filter) : denied(filter, references);
}

function evidence({ rule, groupId }: RankedRule): Pick<Told, 'kind' | 'id' | 'text'> {
  const text = ruleText(rule);
  return rule.id === undefined
    ? { kind: 'security group', id: groupId, text }
    : { kind: 'security group rule', id: rule.id, text: `${groupId}: ${text}` };
}

function allowStep(ranked: RankedRule): Step {
  return { check: CHECK, hop: HOP[ranked.rule.direction], verdict: 'pass', tell: () => evidence(ranked) };
}

function dropStep(filter: Filter, ranked: RankedRule, references: References): Step {
  const { direction } = filter;
  const { groupId, rule } = ranked;
  return {
    check: CHECK,
    hop: HOP[direction],
    verdict: 'fail',
    tell: (way) => {
      const { other } = otherOf(direction, way);
      const name = rule.id ?? `the rule "${ruleText(rule)}"`;
      const { peer, priority, yields = [] } = wantedRule(filter, way, references);
      const through = `allow tcp ${way.port} ${preposition(direction)} ${peer} with`;
      return {
        ...evidence(ranked),
        code: 'ENI_SG_RULES_MISMATCH',
        why: {
          code: 'RULE_DROPS',
          params: {
            rule: name,
            group: groupId,
            direction,
            other,
            port: way.port,
            peer,
            priority,
            last: yields.length > 0,
          },
        },
        because: `${name} of ${groupId} drops traffic ${preposition(direction)} ${other} on port ${way.port}`,
        remedy:
          yields.length === 0
            ? `Remove ${name} from ${groupId}, or ${through} priority ${priority ?? 1}.`
            : `Remove ${name} from ${groupId}, or give it priority 2 and ${through} priority 1: no rule precedes a drop of priority 1.`,
      };
    },
    wants: (way) => wantedRule(filter, way, references),
  };
}

/** Nearly all calls are allowed: rules drop those from a few source ports. */
function fewStep({ direction }: Filter, few: readonly FewRule[]): Step {
  const ports = few.reduce((sum, one) => sum + one.ports, 0);
  return {
    check: CHECK,
    hop: HOP[direction],
    verdict: 'pass',
    warns: true,
    tell: (way) => {
      const names = few.map(({ rule: { rule, groupId } }) => `${rule.id ?? `"${ruleText(rule)}"`} of ${groupId}`);
      const [{ rule: bad }] = few as readonly [FewRule];
      const { other } = otherOf(direction, way);
      return {
        ...evidence(bad),
        code: 'ENI_SG_RULES_MISMATCH',
        why: { code: 'RULES_DROP_FEW_PORTS', params: { rules: names, direction, other, ports } },
        because: `${fewText(names)} drops calls ${preposition(direction)} ${other} from ${ports} of the ${SOURCE_PORTS} source ports (${shareText(ports)}): calls from these ports fail, others succeed`,
        remedy: `Remove ${fewText(names)}. If the deny is intended, add an \`ignore\` entry for this finding.`,
      };
    },
  };
}

function innerStep({ direction }: Filter, groupId: string): Step {
  return {
    check: CHECK,
    hop: HOP[direction],
    verdict: 'pass',
    tell: () => ({ kind: 'security group', id: groupId, text: 'its members reach each other' }),
  };
}

function implied({ direction, set }: Filter): Step {
  return {
    check: CHECK,
    hop: HOP[direction],
    verdict: 'pass',
    tell: () => ({
      kind: 'security group',
      id: set.ids.join(', '),
      text: `allows all ${bound(direction)} traffic that no rule matches`,
    }),
  };
}

function denied(filter: Filter, references: References): Step {
  const { direction, set, hasRules } = filter;
  return {
    check: CHECK,
    hop: HOP[direction],
    verdict: 'fail',
    tell: (way) => {
      const { other } = otherOf(direction, way);
      const names = set.ids.join(', ');
      const leaving = leavingRule(set, direction, way);
      if (leaving !== undefined) return leavingTold(filter, way, leaving, addRule(filter, way, references));
      return {
        kind: 'security group',
        id: names,
        text: hasRules
          ? `no ${bound(direction)} rule for tcp ${way.port} ${preposition(direction)} ${other}`
          : `no rules for ${bound(direction)} traffic`,
        code: hasRules ? 'ENI_SG_RULES_MISMATCH' : 'SG_HAS_NO_RULES',
        why: {
          code: 'NO_RULE',
          params: { groups: set.ids, port: way.port, direction, other, ...ruleWanted(filter, way, references) },
        },
        because: `no rule of ${names} allows ${bound(direction)} tcp ${way.port} ${preposition(direction)} ${other}`,
        remedy: addRule(filter, way, references),
      };
    },
    wants: (way) => wantedRule(filter, way, references),
  };
}

/** The required rule, as plain facts. */
function ruleWanted(filter: Filter, way: Way, references: References): Params {
  const { peer, priority } = wantedRule(filter, way, references);
  const kept = filter.direction === 'out' ? way.from.kept : undefined;
  return { group: firstOf(filter.set), peer, priority, planned: filter.set.planned, declaredAt: kept?.path };
}

/** The call is allowed now, and is not after `postern apply`. */
function leavingTold({ set }: Filter, way: Way, rule: SecurityGroupRule, remedy: string): Told {
  const { kept, text } = way.from;
  const id = kept?.id ?? set.ids.join(', ');
  const what = `"${ruleText(rule)}" of ${id}`;
  return {
    kind: rule.id === undefined ? 'security group' : 'security group rule',
    id: rule.id ?? id,
    text: `${id}: ${ruleText(rule)}, which the next \`postern apply\` removes`,
    code: 'ENI_SG_RULES_MISMATCH',
    why: {
      code: 'RULE_LEAVES',
      params: {
        group: id,
        rule: ruleText(rule),
        port: way.port,
        from: text,
        to: way.to.text,
        declaredAt: kept?.path,
        remedy,
      },
    },
    because:
      `\`postern apply\` removes ${what}, which allows tcp ${way.port} from ${text} to ${way.to.text}: ` +
      `${kept?.path ?? 'the spec'} does not declare it`,
    remedy,
  };
}

/** A rule names a group, and the path between the two ends does not preserve the group of the sender. */
function lostReference(filter: Filter): Step {
  const { set } = filter;
  const step = denied(filter, 'lost');
  return {
    ...step,
    tell: (way) => {
      const told = step.tell(way);
      const names = set.ids.join(', ');
      return {
        ...told,
        ...more(told, { references: 'lost' }),
        code: 'SG_REFERENCES_NOT_PRESERVED',
        because: `${told.because}; rules that name security groups do not apply on this path`,
        text: `${names}: ${told.text}`,
      };
    },
  };
}

function openStep(filter: Filter, { rule, open, missing }: Judgement, references: References): Step {
  const { direction, set } = filter;
  const deciding = open?.rule ?? rule;
  return {
    check: CHECK,
    hop: HOP[direction],
    verdict: 'unknown',
    tell: (way) => ({
      ...(deciding === undefined
        ? { kind: 'security group', id: set.ids.join(', '), text: `not known: ${missing?.what ?? ''}` }
        : evidence(deciding)),
      why: {
        code: 'RULES_UNDECIDED',
        params: {
          groups: set.ids,
          direction,
          other: otherOf(direction, way).other,
          port: way.port,
          missing: missing && missingParams(missing),
        },
      },
      because: `whether ${set.ids.join(', ')} allows ${bound(direction)} tcp ${way.port} ${preposition(direction)} ${otherOf(direction, way).other} depends on ${missing?.what ?? 'facts that were not read'}`,
      remedy: missing?.remedy,
    }),
    wants: (way) => wantedRule(filter, way, references),
  };
}

function partlyStep(filter: Filter, parts: readonly Judgement[], references: References): Step {
  const { direction, set } = filter;
  return {
    check: CHECK,
    hop: HOP[direction],
    verdict: 'unknown',
    partly: true,
    tell: (way) => {
      const deciding = parts.find(({ verdict }) => verdict === 'pass')?.rule ?? parts.find(({ rule }) => rule)?.rule;
      const words = partlyText(
        parts.map(({ span, verdict }) => ({ text: spanText(span), passes: verdict === 'pass' })),
      );
      return {
        ...(deciding === undefined
          ? { kind: 'security group', id: set.ids.join(', '), text: words }
          : evidence(deciding)),
        why: {
          code: 'RULES_ALLOW_PART',
          params: {
            groups: set.ids,
            direction,
            other: otherOf(direction, way).other,
            port: way.port,
            parts: words,
            ...ruleWanted(filter, way, references),
          },
        },
        because: `only a part of ${otherOf(direction, way).other} is allowed ${bound(direction)} on port ${way.port}: ${words}`,
        remedy: addRule(filter, way, references),
      };
    },
    wants: (way) => wantedRule(filter, way, references),
  };
}

function missingGroups(direction: 'in' | 'out', missing: NonNullable<GroupSet['missing']>): Step {
  return {
    check: CHECK,
    hop: HOP[direction],
    verdict: 'unknown',
    tell: (way) => {
      const end = direction === 'in' ? way.to : way.from;
      return {
        kind: 'security group',
        id: end.text,
        text: `not known: ${missing.what}`,
        why: { code: 'NOT_READ', params: { missing: missingParams(missing) } },
        because: `${missing.what} could not be read`,
        remedy: missing.remedy,
      };
    },
  };
}

function noGroups(direction: 'in' | 'out'): Step {
  return {
    check: CHECK,
    hop: HOP[direction],
    verdict: 'pass',
    tell: (way) => {
      const end = direction === 'in' ? way.to : way.from;
      return { kind: 'interface', id: end.owner ?? end.text, text: 'no security groups: no filtering' };
    },
  };
}

const NO_GROUPS = { in: noGroups('in'), out: noGroups('out') } as const;

function otherOf(direction: 'in' | 'out', way: Way): { readonly other: string; readonly block: string } {
  const end = direction === 'in' ? way.from : way.to;
  return { other: end.text, block: blockText(end) };
}

/** `Add an inbound rule to sg-2: tcp 8080 from sg-1.` */
function addRule(filter: Filter, way: Way, references: References): string {
  const { direction, set } = filter;
  const { block } = otherOf(direction, way);
  if (set.planned !== undefined) return `Add ${block} to ${set.planned} in the spec.`;
  const kept = direction === 'out' ? way.from.kept : undefined;
  if (kept !== undefined && set.ids.includes(kept.id)) return keepRule(kept, way, block);
  const { peer, priority } = wantedRule(filter, way, references);
  const order = priority === undefined ? '' : ` with priority ${priority}`;
  return `Add ${rule(direction)} to ${firstOf(set)}: tcp ${way.port} ${preposition(direction)} ${peer}${order}.`;
}

/** The spec decides the rules of a group that Postern manages: the next `apply` removes a rule that is added by hand. */
function keepRule({ id, declared, path }: KeptGroup, { to: { span }, port }: Way, block: string): string {
  const { allowlist = [], allowPorts = {} } = declared;
  const around = allowlist.filter((text) => {
    const one = readSpan(text);
    return one !== undefined && holds(one, span);
  });
  const allows = (text: string): boolean =>
    allowPorts[text]?.some(({ fromPort, toPort }) => fromPort <= port && port <= toPort) ?? true;
  const [first] = around;
  if (first !== undefined && !around.some(allows))
    return `Add port ${port} to the entry ${first} of ${path} in the spec and run \`postern apply\`.`;
  return first !== undefined
    ? `Run \`postern apply\`: it restores the rules of ${id} that ${path} declares.`
    : `Add ${block} to ${path} in the spec and run \`postern apply\`, which manages the rules of ${id}.`;
}

function rule(direction: 'in' | 'out'): string {
  return direction === 'in' ? 'an inbound rule' : 'an outbound rule';
}

function bound(direction: 'in' | 'out'): string {
  return direction === 'in' ? 'inbound' : 'outbound';
}

function preposition(direction: 'in' | 'out'): string {
  return direction === 'in' ? 'from' : 'to';
}
