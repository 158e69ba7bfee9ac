import type { Params } from '../../findings/finding.js';
import { missingParams } from '../../findings/missing.js';
import type { SecurityGroupRule } from '../../model/network.js';
import { SOURCE_PORTS, shareText } from '../acls/acl-ports.js';
import { fewText } from '../../text/few-text.js';
import { type FewRule, type Filter, type RankedRule } from './filter.js';
import type { GroupSet } from './group-set.js';
import { leavingRule } from './kept-group.js';
import { type Judgement, type References } from './judge.js';
import { ruleText } from '../../text/rule-words.js';
import { spanText } from '../span.js';
import { more, type Step, type Told, type Way } from '../step.js';
import { firstOf, wantedRule } from './wanted-rule.js';
import { partlyText } from '../whole-span.js';
import { otherOf, addRule, bound, preposition } from './rule-remedy.js';

const CHECK = 'path/security-group';
const HOP = { in: 'security group in', out: 'security group out' } as const;

function evidence({ rule, groupId }: RankedRule): Pick<Told, 'kind' | 'id' | 'text'> {
  const text = ruleText(rule);
  return rule.id === undefined
    ? { kind: 'security group', id: groupId, text }
    : { kind: 'security group rule', id: rule.id, text: `${groupId}: ${text}` };
}

export function allowStep(ranked: RankedRule): Step {
  return { check: CHECK, hop: HOP[ranked.rule.direction], verdict: 'pass', tell: () => evidence(ranked) };
}

export function dropStep(filter: Filter, ranked: RankedRule, references: References): Step {
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
export function fewStep({ direction }: Filter, few: readonly FewRule[]): Step {
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

export function innerStep({ direction }: Filter, groupId: string): Step {
  return {
    check: CHECK,
    hop: HOP[direction],
    verdict: 'pass',
    tell: () => ({ kind: 'security group', id: groupId, text: 'its members reach each other' }),
  };
}

export function implied({ direction, set }: Filter): Step {
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

export function denied(filter: Filter, references: References): Step {
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
export function lostReference(filter: Filter): Step {
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

export function openStep(filter: Filter, { rule, open, missing }: Judgement, references: References): Step {
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

export function partlyStep(filter: Filter, parts: readonly Judgement[], references: References): Step {
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

export function missingGroups(direction: 'in' | 'out', missing: NonNullable<GroupSet['missing']>): Step {
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

export const NO_GROUPS = { in: noGroups('in'), out: noGroups('out') } as const;
