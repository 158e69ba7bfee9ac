import { gatewayTraits } from '../../../do/kinds/cloud/gateway-kinds.js';
import { COUNTED, fail, pass, undecided, unknown, type Say, missingEvidence } from '../../../do/findings/say.js';
import { part, aboutTarget, ofRoutes } from '../../../do/findings/subject.js';
import type { Listener } from '../../../do/model/load-balancer.js';
import type { CheckInput, IntegrationView, Missing, TargetView } from '../../../do/world/views.js';
import type { Evidence } from '../../../do/findings/finding.js';
import { handsOn, type RuleAnswer } from '../../path/listener-rules/answers.js';
import type { Call } from '../../path/listener-rules/calls.js';
import { decidingAction, mayRefuse, refusalMissing } from '../../path/listener-rules/deciding.js';
import { nearMiss, type NearMiss } from '../../path/listener-rules/near-miss.js';
import { answersIn, whatAnswers } from '../../path/balancers/target-zones.js';
import { type Answered, type BalancedTarget, balancedTargets } from '../../path/balancers/balancers.js';
import {
  actionText,
  answerText,
  callText,
  comparedPart,
  doesText,
  ruleAndActionText,
  listenerRuleText,
  askedHost,
} from '../../path/listener-rules/words.js';
import { listenerEvidence } from '../../../do/findings/evidence.js';
import { resourceOf } from '../../../ground/text/texts.js';
import { defineCheck } from '../define-check.js';
import { hostHint, remedyForLogin } from '../../path/reasons/link.js';
import type { Outcome } from '../../../do/findings/check.js';

const CODES = {
  ACTIONS_NOT_READ: unknown('listener {protocol} {port} of {balancer} forwards calls'),
  FORWARDS: pass([
    'if byRules: rules of listener {protocol} {port} of {balancer} forward calls',
    'listener {protocol} {port} of {balancer} forwards calls',
  ]),
  LISTENER_ANSWERS: fail(
    '{name} answers calls itself ({actionText|no action}): [if isAll: no call reaches the backend|calls of {calls} do not reach the backend][; {misses:;}]',
    '[{byRule} Or: ][if does=authenticate: {withoutLogin}|if does=redirect: Write the port of {balancer} that the listener on port {port} of {balancer} redirects to, with tls, or change its default action to forward to a target group.|Change the default action of the listener on port {port} of {balancer} to forward to a target group.]',
  ),
  RULE_ANSWERS: fail(
    '{ruleText} of {name} answers {calls} itself ({actionText}): these calls do not reach the backend',
    [
      'if kind=authenticate: {withoutLogin}',
      'Change the rule to forward to a target group, or add a rule before it that forwards {calls}.',
    ],
  ),
  RULE_MAY_ANSWER: undecided('cannot determine whether {name} forwards {calls}: {texts:and} may answer instead', [
    'if compared: Compare the value of {compared} in the rule with the one that the gateway writes: values of conditions are not stored.',
    'Add a rule before [rule {priority}|the other rules] that forwards all calls of {calls} by their path.{hostHint|}',
  ]),
};

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
    'constant. Headers and query strings that callers send, and the values of path parameters such as `{id}`, ' +
    'are not known; those that the gateway writes are compared while a plan is judged. The ' +
    'result cannot be determined where such a rule may answer calls that other rules or the default action ' +
    'forward. Where a target keeps the path, it also gets what callers write before the path of the route: ' +
    'the name of a stage, or the key of a mapping of a custom domain.',
  codes: CODES,
  *run(input, say) {
    for (const one of balancedTargets(input)) {
      const found = one.backend.listener;
      if (found.is !== 'found') continue;

      yield* ofListener(say, input, one, found.value);
    }
  },
});

function ofListener(
  say: Say<typeof CODES>,
  input: CheckInput,
  one: BalancedTarget,
  listener: Listener,
): readonly Outcome[] {
  if (!input.passes && allHandOn(whatAnswers(input, one, listener))) return ALL_PASSED;

  const { integration, about, balancer } = one;
  const { region } = integration.link;
  const { protocol, port } = listener;
  const on = { protocol, port, balancer: balancer.name || balancer.id };
  const name = `listener ${protocol} ${port} of ${on.balancer}`;
  const decides = decidingAction(listener.actions ?? []);
  if (decides === undefined) {
    const missing = region.missing('listeners', listener.id) ?? {
      what: `the actions of ${resourceOf(listener.id)}`,
      remedy: 'Allow elasticloadbalancing:DescribeListeners for these credentials, then take the snapshot again.',
      permission: 'elasticloadbalancing:DescribeListeners',
    };
    return [say.ACTIONS_NOT_READ(about, on, missing, [listenerEvidence(listener)])];
  }

  const evidence = [listenerEvidence(listener, actionText(decides))];
  const answered = whatAnswers(input, one, listener);
  if (!('length' in answered)) return [say.ACTIONS_NOT_READ(about, on, answered, evidence)];

  const guarded = answered.filter(({ answers }) => answers.some(isGuard));
  const sure = answered.filter((each) => !guarded.includes(each));
  const never = sure.filter(({ answers }) => !answers.some(handsOn));
  const open = sure.filter(({ answers }) => answers.some(handsOn) && !answers.every(handsOn));
  if (guarded.length + never.length + open.length === 0) {
    const answers = answersIn(answered);
    const byRules = answers.some(({ rule }) => rule !== undefined);
    return [say.FORWARDS(about, { byRules, ...on }, [...evidence, ...ruleEvidence(answers)])];
  }

  return [
    ...alike(guarded).map(({ calls, answers }) => {
      const { rule, actions = [] } = answers.find(isGuard) ?? {};
      const who = rule === undefined ? name : `${listenerRuleText(rule)} of ${name}`;
      const own = ofRoutes(about, one.target, calls);
      return say.ACTIONS_NOT_READ(own, on, refusalMissing(actions, who), evidence);
    }),
    ...alike(never).map((group) => answersItself(say, one, listener, name, group, never.length === answered.length)),
    ...alike(open).map((group) => mayAnswerItself(say, one, name, group)),
  ];
}

function isGuard({ actions }: RuleAnswer): boolean {
  return mayRefuse(actions);
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
  say: Say<typeof CODES>,
  { integration, target, balancer }: BalancedTarget,
  listener: Listener,
  name: string,
  { calls, answers }: Alike,
  isAll: boolean,
): Outcome {
  const [first] = answers;
  const decides = decidingAction(first?.actions ?? []);
  if (first?.rule === undefined || decides === undefined) {
    const text = decides && actionText(decides);
    const misses = calls.flatMap((call) => nearMiss(integration.link, balancer, listener, call) ?? []);
    const of = balancer.name || balancer.id;
    return say.LISTENER_ANSWERS(
      ofRoutes(aboutTarget(integration, target), target, calls),
      {
        name,
        hasDecides: decides !== undefined,
        actionText: text,
        isAll,
        calls: isAll ? [] : calls.map(callText),
        missesCount: misses.length,
        misses: misses.slice(0, 3).map(missText),
        does: decides?.kind,
        port: listener.port,
        balancer: of,
      },
      {
        evidence: [listenerEvidence(listener, text ?? 'no action')],
        words: {
          withoutLogin: remedyForLogin(`the listener on port ${listener.port} of ${of}`),
          byRule: misses.length === 0 ? undefined : remedyByRule(integration, target, misses),
        },
      },
    );
  }

  const aboutRule = aboutTarget(
    integration,
    target,
    part('listener rule', first.rule.id, `rule ${first.rule.priority}`),
  );
  return say.RULE_ANSWERS(
    ofRoutes(aboutRule, target, calls),
    {
      ruleText: listenerRuleText(first.rule),
      name,
      calls: calls.map(callText),
      actionText: actionText(decides),
      kind: decides.kind,
    },
    { evidence: ruleEvidence(answers), words: { withoutLogin: remedyForLogin('the rule') } },
  );
}

function mayAnswerItself(
  say: Say<typeof CODES>,
  { integration, target }: BalancedTarget,
  name: string,
  { calls, answers }: Alike,
): Outcome {
  const routes = calls.map(callText);
  const own = answers.filter((answer) => !handsOn(answer));
  const texts = own.map((answer) => `${answerText(answer)} (${doesText(answer)})`);
  const rule = answers[0]?.rule;
  const what = `which calls of ${routes.join(', ')} match ${rule === undefined ? 'its rules' : listenerRuleText(rule)}`;
  const about = aboutTarget(integration, target, rule && part('listener rule', rule.id, `rule ${rule.priority}`));
  return say.RULE_MAY_ANSWER(
    ofRoutes(about, target, calls),
    {
      name,
      calls: routes,
      texts,
      hasRule: rule !== undefined,
      priority: rule?.priority,
      compared: calls.map((call) => comparedPart(call, answers)).find((text) => text !== undefined),
      hostHint: hostHint(askedHost(calls[0], answers)),
    },
    undefined,
    [...ruleEvidence(answers), missingEvidence({ what })],
  );
}

/** First that the target does not get what callers write before the path, where a rule then forwards the calls. */
function remedyByRule({ name, spec, link }: IntegrationView, target: TargetView, misses: readonly NearMiss[]): string {
  const rule = 'Add a rule that matches these calls as the listener receives them.';
  if (!misses.some(({ fitsWithoutPrefix }) => fitsWithoutPrefix)) return rule;

  const { sendsOwnPathBy } = gatewayTraits(link.region.clouds, spec.gateway);
  const own =
    spec.owner === 'external' ? sendsOwnPathBy : `Remove path: keep from integrations.${name}.targets.${target.name}.`;
  return own === undefined ? rule : `${own} Or: ${rule}`;
}

function ruleEvidence(answers: readonly RuleAnswer[]): readonly Evidence[] {
  return answers.flatMap(({ rule }) =>
    rule === undefined ? [] : [{ kind: 'listener rule', id: rule.id, text: ruleAndActionText(rule) }],
  );
}

/** `GET /orders arrives as GET /prod/orders; the closest match, rule 10 (path /orders*), needs path /orders*`. */
function missText({ call, method, path, hosts, rule, needs }: NearMiss): string {
  const host = hosts === undefined ? '' : ` to ${hosts.join(' or ')}`;
  return `${call} arrives as ${method} ${path}${host}; the closest match, ${rule}, needs ${needs.join(' and ')}`;
}
