import { blockText, type End } from './end.js';
import { filterOf, type Filter, type FindPrefixes, type RankedRule } from './filter.js';
import type { GroupSet } from './group-set.js';
import { judge, type Judgement, type References } from './judge.js';
import { ruleText } from './rule-words.js';
import { spanText } from './span.js';
import type { Step, Told, Way } from './step.js';
import { overEnd, partlyText } from './whole-span.js';

const CHECK = 'path/security-group';
const HOP = { in: 'security group in', out: 'security group out' } as const;

/**
 * Whether the groups of one end let a call through: out to the other end, or in from it. Allowing rules add up; where rules have
 * priorities the lowest goes first and a drop before an allow; members of a group may reach each other before all rules.
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
  if (first === undefined) return (filter.noRule ??= denied(filter));
  if (parts.length === 1 && first.rule !== undefined && first.verdict !== 'unknown') {
    return (first.rule.step ??= ruleStep(filter.direction, first.rule));
  }
  const unknown = parts.find(({ verdict }) => verdict === 'unknown');
  if (unknown !== undefined) {
    // What surely does not get through decides, whatever else is not known.
    if (parts.every(({ verdict }) => verdict !== 'pass') && parts.some(({ verdict }) => verdict === 'fail')) {
      return partlyStep(filter, parts);
    }
    return openStep(filter, unknown);
  }
  if (parts.some(({ verdict }) => verdict !== first.verdict)) return partlyStep(filter, parts);
  if (first.inner !== undefined) return innerStep(filter, first.inner);
  if (first.rule !== undefined) return (first.rule.step ??= ruleStep(filter.direction, first.rule));
  if (first.verdict === 'fail' && references !== 'kept' && filter.references.size > 0) return lostReference(filter);
  return (filter.noRule ??= first.verdict === 'pass' ? implied(filter) : denied(filter));
}

function evidence({ rule, groupId }: RankedRule): Pick<Told, 'kind' | 'id' | 'text'> {
  const text = ruleText(rule);
  return rule.id === undefined
    ? { kind: 'security group', id: groupId, text }
    : { kind: 'security group rule', id: rule.id, text: `${groupId}: ${text}` };
}

function ruleStep(direction: 'in' | 'out', ranked: RankedRule): Step {
  const { allow, groupId, rule } = ranked;
  return {
    check: CHECK,
    hop: HOP[direction],
    verdict: allow ? 'pass' : 'fail',
    tell: (way) => {
      if (allow) return evidence(ranked);
      const { other, block } = otherOf(direction, way);
      const name = rule.id ?? `the rule "${ruleText(rule)}"`;
      return {
        ...evidence(ranked),
        code: 'ENI_SG_RULES_MISMATCH',
        because: `${name} of ${groupId} drops ${preposition(direction)} ${other} on port ${way.port}`,
        remedy: `Remove ${name} from ${groupId}, or let tcp ${way.port} ${preposition(direction)} ${block} through with a lower priority number than ${rule.priority ?? 1}.`,
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
      text: `${direction} all, where no rule fits`,
    }),
  };
}

function denied({ direction, set, hasRules }: Filter): Step {
  return {
    check: CHECK,
    hop: HOP[direction],
    verdict: 'fail',
    tell: (way) => {
      const { other } = otherOf(direction, way);
      const names = set.ids.join(', ');
      return {
        kind: 'security group',
        id: names,
        text: hasRules
          ? `no rule for ${direction} tcp ${way.port} ${preposition(direction)} ${other}`
          : `no rules for ${direction === 'in' ? 'inbound' : 'outbound'} traffic`,
        code: hasRules ? 'ENI_SG_RULES_MISMATCH' : 'SG_HAS_NO_RULES',
        because: `no rule of ${names} lets tcp ${way.port} ${direction} ${preposition(direction)} ${other}`,
        remedy: addRule(direction, set, way),
      };
    },
  };
}

/** A rule names a group, and what lies between the two ends hides who is of that group. */
function lostReference(filter: Filter): Step {
  const { direction, set } = filter;
  const step = denied(filter);
  return {
    ...step,
    tell: (way) => {
      const told = step.tell(way);
      const names = set.ids.join(', ');
      return {
        ...told,
        code: 'SG_REFERENCES_NOT_PRESERVED',
        because: `${told.because}; rules that name security groups do not hold on this way`,
        remedy: `Add ${rule(direction)} to ${firstOf(set)}: tcp ${way.port} ${preposition(direction)} ${otherOf(direction, way).block}.`,
        text: `${names}: ${told.text}`,
      };
    },
  };
}

function openStep({ direction, set }: Filter, { rule, open, missing }: Judgement): Step {
  const deciding = open?.rule ?? rule;
  return {
    check: CHECK,
    hop: HOP[direction],
    verdict: 'unknown',
    tell: (way) => ({
      ...(deciding === undefined
        ? { kind: 'security group', id: set.ids.join(', '), text: `not known: ${missing?.what ?? ''}` }
        : evidence(deciding)),
      because: `whether ${set.ids.join(', ')} lets tcp ${way.port} ${direction} ${preposition(direction)} ${otherOf(direction, way).other} depends on ${missing?.what ?? 'what was not read'}`,
      remedy: missing?.remedy,
    }),
  };
}

function partlyStep(filter: Filter, parts: readonly Judgement[]): Step {
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
        because: `of ${otherOf(direction, way).other} only a part is let ${direction} on port ${way.port}: ${words}`,
        remedy: addRule(direction, set, way),
      };
    },
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
      return { kind: 'interface', id: end.owner ?? end.text, text: 'no security groups, which filters nothing' };
    },
  };
}

const NO_GROUPS = { in: noGroups('in'), out: noGroups('out') } as const;

function otherOf(direction: 'in' | 'out', way: Way): { readonly other: string; readonly block: string } {
  const end = direction === 'in' ? way.from : way.to;
  return { other: end.text, block: blockText(end) };
}

/** `Add an inbound rule to sg-2: tcp 8080 from sg-1.` */
function addRule(direction: 'in' | 'out', set: GroupSet, way: Way): string {
  const end = direction === 'in' ? way.from : way.to;
  // Advanced groups of Alibaba Cloud cannot name groups. https://www.alibabacloud.com/help/en/ecs/user-guide/advanced-security-groups
  const named = set.groups.some(({ found }) => found.is === 'found' && found.value.kind === 'enterprise')
    ? undefined
    : end.groups?.ids.find((id) => id !== end.groups?.planned);
  if (set.planned !== undefined) return `Add ${blockText(end)} to ${set.planned} in the spec.`;
  return `Add ${rule(direction)} to ${firstOf(set)}: tcp ${way.port} ${preposition(direction)} ${named ?? blockText(end)}.`;
}

function rule(direction: 'in' | 'out'): string {
  return direction === 'in' ? 'an inbound rule' : 'an outbound rule';
}

function preposition(direction: 'in' | 'out'): string {
  return direction === 'in' ? 'from' : 'to';
}

function firstOf({ ids }: GroupSet): string {
  return ids[0] ?? 'its security group';
}
