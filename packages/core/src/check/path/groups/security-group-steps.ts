import { unreadReasons } from '../reasons/load-balancer.js';
import { securityGroupReasons, type RuleToAdd } from '../reasons/security-group.js';
import type { SecurityGroupRule } from '../../../do/model/network.js';
import type { FewRule, Filter, RankedRule, GroupSet } from '../model/group-set.js';
import { leavingRule } from './kept-group.js';
import { type Judgement, type References, ruleToAdd, missingRule } from './judge.js';
import { bound, preposition, ruleText } from '../../../do/words/rule-words.js';
import { spanText } from '../model/span.js';
import { passStep, type PathStep, warnStep, type Way } from '../model/step.js';
import { withoutReferences, type HopText } from '../reasons/reason.js';
import type { PathCode } from '../reasons/index.js';
import { partlyText } from '../whole-span.js';

const CHECK = 'path/security-group';
const HOP = { in: 'security group in', out: 'security group out' } as const;

function evidence({ rule, groupId }: RankedRule): Pick<HopText, 'kind' | 'id' | 'text'> {
  const text = ruleText(rule);
  return rule.id === undefined
    ? { kind: 'security group', id: groupId, text }
    : { kind: 'security group rule', id: rule.id, text: `${groupId}: ${text}` };
}

/** The other end of a call, as it is named. */
function otherOf(direction: 'in' | 'out', { from, to }: Way): string {
  return (direction === 'in' ? from : to).text;
}

export function allowStep(ranked: RankedRule): PathStep {
  return { check: CHECK, hop: HOP[ranked.rule.direction], verdict: 'pass', describe: () => evidence(ranked) };
}

export function dropStep(filter: Filter, ranked: RankedRule, references: References): PathStep {
  const { direction } = filter;
  const { groupId, rule } = ranked;
  return {
    check: CHECK,
    hop: HOP[direction],
    verdict: 'fail',
    describe: (way) => {
      const { peer, priority, yields = [] } = missingRule(filter, way, references);
      return {
        ...evidence(ranked),
        code: 'ENI_SG_RULES_MISMATCH',
        ...securityGroupReasons.RULE_DROPS({
          rule: rule.id ?? `the rule "${ruleText(rule)}"`,
          group: groupId,
          direction,
          other: otherOf(direction, way),
          port: way.port,
          peer,
          priority,
          last: yields.length > 0,
        }),
      };
    },
    wants: (way) => missingRule(filter, way, references),
  };
}

/** Nearly all calls are allowed: rules drop those from a few source ports. */
export function fewStep({ direction }: Filter, few: readonly FewRule[]): PathStep {
  const ports = few.reduce((sum, one) => sum + one.ports, 0);
  return warnStep(CHECK, HOP[direction], (way) => {
    const rules = few.map(({ rule: { rule, groupId } }) => `${rule.id ?? `"${ruleText(rule)}"`} of ${groupId}`);
    const [{ rule: bad }] = few as readonly [FewRule];
    return {
      ...evidence(bad),
      code: 'ENI_SG_RULES_MISMATCH',
      ...securityGroupReasons.RULES_DROP_FEW_PORTS({ rules, direction, other: otherOf(direction, way), ports }),
    };
  });
}

export function innerStep({ direction }: Filter, groupId: string): PathStep {
  return passStep(CHECK, HOP[direction], () => ({
    kind: 'security group',
    id: groupId,
    text: 'its members reach each other',
  }));
}

export function implied({ direction, set }: Filter): PathStep {
  return passStep(CHECK, HOP[direction], () => ({
    kind: 'security group',
    id: set.ids.join(', '),
    text: `allows all ${bound(direction)} traffic that no rule matches`,
  }));
}

export function denied(filter: Filter, references: References): PathStep {
  const { direction, set, hasRules } = filter;
  return {
    check: CHECK,
    hop: HOP[direction],
    verdict: 'fail',
    describe: (way) => {
      const other = otherOf(direction, way);
      const names = set.ids.join(', ');
      const add = ruleToAdd(filter, way, references);
      const leaving = leavingRule(set, direction, way);
      if (leaving !== undefined) return leavingTold(filter, way, leaving, add);

      return {
        kind: 'security group',
        id: names,
        text: hasRules
          ? `no ${bound(direction)} rule for tcp ${way.port} ${preposition(direction)} ${other}`
          : `no rules for ${bound(direction)} traffic`,
        code: hasRules ? 'ENI_SG_RULES_MISMATCH' : 'SG_HAS_NO_RULES',
        ...securityGroupReasons.NO_RULE({ groups: set.ids, other, ...add }),
      };
    },
    wants: (way) => missingRule(filter, way, references),
  };
}

/** The call is allowed now, and is not after `postern apply`. */
function leavingTold(
  { set }: Filter,
  { from, to, port }: Way,
  rule: SecurityGroupRule,
  add: RuleToAdd,
): HopText<PathCode> {
  const { kept, text } = from;
  const id = kept?.id ?? set.ids.join(', ');
  return {
    kind: rule.id === undefined ? 'security group' : 'security group rule',
    id: rule.id ?? id,
    text: `${id}: ${ruleText(rule)}, which the next \`postern apply\` removes`,
    code: 'ENI_SG_RULES_MISMATCH',
    ...securityGroupReasons.RULE_LEAVES({
      group: id,
      rule: ruleText(rule),
      port,
      from: text,
      to: to.text,
      declaredAt: kept?.path,
      add,
    }),
  };
}

/** A rule names a group, and the path between the two ends does not preserve the group of the sender. */
export function lostReference(filter: Filter): PathStep {
  const { set } = filter;
  const step = denied(filter, 'lost');
  return {
    ...step,
    describe: (way) => {
      const hop = step.describe(way);
      return {
        ...withoutReferences(hop),
        code: 'SG_REFERENCES_NOT_PRESERVED',
        text: `${set.ids.join(', ')}: ${hop.text}`,
      };
    },
  };
}

export function openStep(filter: Filter, { rule, open, missing }: Judgement, references: References): PathStep {
  const { direction, set } = filter;
  const deciding = open?.rule ?? rule;
  return {
    check: CHECK,
    hop: HOP[direction],
    verdict: 'unknown',
    missing,
    describe: (way) => ({
      ...(deciding === undefined
        ? { kind: 'security group', id: set.ids.join(', '), text: `not known: ${missing?.what ?? ''}` }
        : evidence(deciding)),
      ...securityGroupReasons.RULES_UNDECIDED({
        groups: set.ids,
        direction,
        other: otherOf(direction, way),
        port: way.port,
        missing,
      }),
    }),
    wants: (way) => missingRule(filter, way, references),
  };
}

export function partlyStep(filter: Filter, parts: readonly Judgement[], references: References): PathStep {
  const { direction, set } = filter;
  return {
    check: CHECK,
    hop: HOP[direction],
    verdict: 'unknown',
    partly: true,
    describe: (way) => {
      const deciding = parts.find(({ verdict }) => verdict === 'pass')?.rule ?? parts.find(({ rule }) => rule)?.rule;
      const words = partlyText(
        parts.map(({ span, verdict }) => ({ text: spanText(span), passes: verdict === 'pass' })),
      );
      return {
        ...(deciding === undefined
          ? { kind: 'security group', id: set.ids.join(', '), text: words }
          : evidence(deciding)),
        ...securityGroupReasons.RULES_ALLOW_PART({
          groups: set.ids,
          other: otherOf(direction, way),
          parts: words,
          ...ruleToAdd(filter, way, references),
        }),
      };
    },
    wants: (way) => missingRule(filter, way, references),
  };
}

export function missingGroups(direction: 'in' | 'out', missing: NonNullable<GroupSet['missing']>): PathStep {
  return {
    check: CHECK,
    hop: HOP[direction],
    verdict: 'unknown',
    missing,
    describe: (way) => {
      const end = direction === 'in' ? way.to : way.from;
      return {
        kind: 'security group',
        id: end.text,
        text: `not known: ${missing.what}`,
        ...unreadReasons.NOT_READ({ missing }),
      };
    },
  };
}

function noGroups(direction: 'in' | 'out'): PathStep {
  return passStep(CHECK, HOP[direction], (way) => {
    const end = direction === 'in' ? way.to : way.from;
    return { kind: 'interface', id: end.owner ?? end.text, text: 'no security groups: no filtering' };
  });
}

export const NO_GROUPS = { in: noGroups('in'), out: noGroups('out') } as const;
