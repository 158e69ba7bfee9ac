import { part } from '../../../do/findings/subject.js';
import type { Listener } from '../../../do/model/load-balancer.js';
import type { CheckInput, Missing } from '../../../do/world/views.js';
import type { Evidence } from '../../../do/findings/finding.js';
import { handsOn, type RuleAnswer } from '../../path/listener-rules/answers.js';
import type { Call } from '../../path/listener-rules/calls.js';
import { decidingAction, mayRefuse, refusalMissing } from '../../path/listener-rules/deciding.js';
import { nearMiss, type NearMiss } from '../../path/listener-rules/near-miss.js';
import { answersIn, whatAnswers } from '../../path/balancers/what-answers.js';
import type { Answered, BalancedTarget } from '../../path/balancers/balanced-target.js';
import {
  actionText,
  answerText,
  callText,
  doesText,
  ruleAndActionText,
  listenerRuleText,
  askedHost,
} from '../../path/listener-rules/words.js';
import { aboutTarget } from '../../../do/findings/about.js';
import { listenerEvidence } from '../../../do/findings/evidence.js';
import { missingEvidence } from '../../../do/findings/missing.js';
import { resourceOf } from '../../../ground/text/resource.js';
import { balancedTargets } from '../../path/balancers/balancers.js';
import { defineCheck } from '../define-check.js';
import { type Say, COUNTED } from '../../../do/findings/say-text.js';
import { hostHint, remedyForLogin } from '../../path/reasons/login.js';
import type { Outcome } from '../../../do/findings/check.js';

/** `target/answers`. */
export const targetAnswers = defineCheck({
  id: 'target/answers',
  severity: 'error',
  title: 'The listener forwards calls and does not answer them itself',
  about:
    'A listener that redirects to HTTPS, often the one on port 80, returns 301 or 308 to API callers, with an ' +
    'address that they cannot reach. A listener with a fixed response returns that response. A listener that ' +
    'requires a login redirects callers without a session to a page, or rejects them. The rules of a listener ' +
    'are evaluated before its default action. For each route of the spec, the first rule that matches the ' +
    'path, the method and the addresses of the link decides. The Host is the one that the route sets, as a ' +
    'constant. Headers, query strings and the values of path parameters such as `{id}` are not known. The ' +
    'result cannot be determined where such a rule may answer calls that other rules or the default action ' +
    'forward. Where a target keeps the path, it also gets what callers write before the path of the route: ' +
    'the name of a stage, or the key of a mapping of a custom domain.',
  codes: ['ACTIONS_NOT_READ', 'FORWARDS', 'LISTENER_ANSWERS', 'RULE_ANSWERS', 'RULE_MAY_ANSWER'],
  *run(input, say) {
    for (const one of balancedTargets(input)) {
      const found = one.backend.listener;
      if (found.is !== 'found') continue;
      yield* ofListener(say, input, one, found.value);
    }
  },
});

function ofListener(say: Say, input: CheckInput, one: BalancedTarget, listener: Listener): readonly Outcome[] {
  if (!input.passes && allHandOn(whatAnswers(input, one, listener))) return ALL_PASSED;
  const { integration, about, balancer } = one;
  const { region } = integration.link;
  const name = `listener ${listener.protocol} ${listener.port} of ${balancer.name || balancer.id}`;
  const decides = decidingAction(listener.actions ?? []);
  if (decides === undefined) {
    const missing = region.missing('listeners', listener.id) ?? {
      what: `the actions of ${resourceOf(listener.id)}`,
      remedy: 'Allow elasticloadbalancing:DescribeListeners for these credentials, then take the snapshot again.',
      permission: 'elasticloadbalancing:DescribeListeners',
    };
    return [
      say.unknown(
        about,
        'ACTIONS_NOT_READ',
        { protocol: listener.protocol, port: listener.port, balancer: balancer.name || balancer.id },
        missing,
        (p) => ({ whether: actionsNotRead(p), evidence: [listenerEvidence(listener)] }),
      ),
    ];
  }
  const answered = whatAnswers(input, one, listener);
  if (!('length' in answered)) {
    return [
      say.unknown(
        about,
        'ACTIONS_NOT_READ',
        { protocol: listener.protocol, port: listener.port, balancer: balancer.name || balancer.id },
        answered,
        (p) => ({ whether: actionsNotRead(p), evidence: [listenerEvidence(listener, actionText(decides))] }),
      ),
    ];
  }
  const guarded = answersIn(answered).find(({ actions }) => mayRefuse(actions));
  if (guarded !== undefined) {
    const who = guarded.rule === undefined ? name : `${listenerRuleText(guarded.rule)} of ${name}`;
    return [
      say.unknown(
        about,
        'ACTIONS_NOT_READ',
        { protocol: listener.protocol, port: listener.port, balancer: balancer.name || balancer.id },
        refusalMissing(guarded.actions, who),
        (p) => ({ whether: actionsNotRead(p), evidence: [listenerEvidence(listener, actionText(decides))] }),
      ),
    ];
  }
  const never = answered.filter(({ answers }) => !answers.some(handsOn));
  const open = answered.filter(({ answers }) => answers.some(handsOn) && !answers.every(handsOn));
  if (never.length + open.length === 0) {
    const passed = say.pass(
      about,
      'FORWARDS',
      () => ({
        byRules: answersIn(answered).some(({ rule }) => rule !== undefined),
        protocol: listener.protocol,
        port: listener.port,
        balancer: balancer.name || balancer.id,
      }),
      (p) => ({
        message: p.byRules
          ? `rules of listener ${p.protocol} ${p.port} of ${p.balancer} forward calls`
          : `listener ${p.protocol} ${p.port} of ${p.balancer} forwards calls`,
        evidence: [listenerEvidence(listener, actionText(decides)), ...ruleEvidence(answersIn(answered))],
      }),
    );
    return [passed];
  }
  return [
    ...alike(never).map((group) => answersItself(say, one, listener, name, group, never.length === answered.length)),
    ...alike(open).map((group) => mayAnswerItself(say, one, name, group)),
  ];
}

const ALL_PASSED: readonly Outcome[] = [COUNTED];

function allHandOn(answered: readonly Answered[] | Missing): boolean {
  return (
    'length' in answered &&
    answered.every(
      ({ answers }) => answers.length > 0 && answers.every((answer) => handsOn(answer) && !mayRefuse(answer.actions)),
    )
  );
}

/** Routes with the same answers are one finding. */
function alike(answered: readonly Answered[]): readonly Alike[] {
  const groups = new Map<string, Alike & { calls: Call[] }>();
  for (const { call, answers } of answered) {
    const key = answers.map(({ rule }) => rule?.id ?? '').join('\n');
    const known = groups.get(key);
    if (known === undefined) groups.set(key, { calls: [call], answers });
    else known.calls.push(call);
  }
  return [...groups.values()];
}

interface Alike {
  readonly calls: readonly Call[];
  readonly answers: readonly RuleAnswer[];
}

function answersItself(
  say: Say,
  { integration, target, balancer }: BalancedTarget,
  listener: Listener,
  name: string,
  { calls, answers }: Alike,
  isAll: boolean,
): Outcome {
  const [first] = answers;
  const decides = decidingAction(first?.actions ?? []);
  if (first?.rule === undefined || decides === undefined) {
    const text = decides === undefined ? 'no action' : actionText(decides);
    const misses = calls.flatMap((call) => nearMiss(integration.link, balancer, listener, call) ?? []);
    return say.fail(
      aboutTarget(integration, target),
      'LISTENER_ANSWERS',
      {
        name,
        hasDecides: decides !== undefined,
        actionText: decides && actionText(decides),
        isAll,
        calls: isAll ? [] : calls.map(callText),
        missesCount: misses.length,
        misses: misses.slice(0, 3),
        does: decides?.kind,
        port: listener.port,
        balancer: balancer.name || balancer.id,
      },
      (facts) => {
        const { name, hasDecides, actionText, isAll, calls, missesCount, does, port, balancer } = facts;
        const misses = facts.misses.map(missText);
        const which = `the listener on port ${port} of ${balancer}`;
        const remedy =
          does === 'authenticate'
            ? remedyForLogin(which)
            : does === 'redirect'
              ? `Write the port of ${balancer} that ${which} redirects to, with tls, or change its default action to forward to a target group.`
              : `Change the default action of ${which} to forward to a target group.`;
        return {
          message: `${name} answers calls itself (${!hasDecides ? 'no action' : actionText}): ${isAll ? 'no call reaches the backend' : `calls of ${calls.join(', ')} do not reach the backend`}${missesCount === 0 ? '' : `; ${misses.join('; ')}`}`,
          remedy:
            missesCount === 0
              ? remedy
              : `Add a rule that matches these calls as the listener receives them. Or: ${remedy}`,
          params: { ...facts, misses },
          evidence: [listenerEvidence(listener, text)],
        };
      },
    );
  }
  return say.fail(
    aboutTarget(integration, target, part('listener rule', first.rule.id, `rule ${first.rule.priority}`)),
    'RULE_ANSWERS',
    {
      ruleText: listenerRuleText(first.rule),
      name,
      calls: calls.map(callText),
      actionText: actionText(decides),
      kind: decides.kind,
    },
    (p) => ({
      message: `${p.ruleText} of ${p.name} answers ${p.calls.join(', ')} itself (${p.actionText}): these calls do not reach the backend`,
      remedy:
        p.kind === 'authenticate'
          ? remedyForLogin('the rule')
          : `Change the rule to forward to a target group, or add a rule before it that forwards ${p.calls.join(', ')}.`,
      evidence: ruleEvidence(answers),
    }),
  );
}

function mayAnswerItself(
  say: Say,
  { integration, target }: BalancedTarget,
  name: string,
  { calls, answers }: Alike,
): Outcome {
  const which = calls.map(callText).join(', ');
  const own = answers.filter((answer) => !handsOn(answer));
  const texts = own.map((answer) => `${answerText(answer)} (${doesText(answer)})`);
  const [first] = answers;
  const what = `which calls of ${which} match ${first?.rule === undefined ? 'its rules' : listenerRuleText(first.rule)}`;
  const rule =
    first?.rule === undefined ? undefined : part('listener rule', first.rule.id, `rule ${first.rule.priority}`);
  return say.unknown(
    aboutTarget(integration, target, rule),
    'RULE_MAY_ANSWER',
    { name, calls: calls.map(callText), texts, hasRule: first?.rule !== undefined, priority: first?.rule?.priority },
    undefined,
    (p) => {
      const hint = hostHint(askedHost(calls[0], answers));
      return {
        message: `cannot determine whether ${p.name} forwards ${p.calls.join(', ')}: ${p.texts.join(' and ')} may answer instead`,
        remedy: `Add a rule before ${p.hasRule ? `rule ${p.priority}` : 'the other rules'} that forwards all calls of ${p.calls.join(', ')} by their path.${hint}`,
        params: { ...p, hostHint: hint },
        evidence: [...ruleEvidence(answers), missingEvidence({ what })],
      };
    },
  );
}

function ruleEvidence(answers: readonly RuleAnswer[]): readonly Evidence[] {
  return answers.flatMap(({ rule }) =>
    rule === undefined ? [] : [{ kind: 'listener rule', id: rule.id, text: ruleAndActionText(rule) }],
  );
}

function actionsNotRead({
  protocol,
  port,
  balancer,
}: {
  readonly protocol: string;
  readonly port: number;
  readonly balancer: string;
}): string {
  return `listener ${protocol} ${port} of ${balancer} forwards calls`;
}

/** `GET /orders arrives as GET /prod/orders; the closest match, rule 10 (path /orders*), needs path /orders*`. */
function missText({ route = 'a call', method, paths, hosts, rule, needs }: NearMiss): string {
  const host = hosts === undefined ? '' : ` to ${hosts.join(' or ')}`;
  return `${route} arrives as ${method} ${paths.join(' or ')}${host}; the closest match, ${rule}, needs ${needs.join(' and ')}`;
}
