import { part } from '../../findings/subject.js';
import type { Listener, ListenerAction } from '../../model/load-balancer.js';
import type { CheckInput, Missing } from '../../world/views.js';
import type { Check, Outcome } from '../../findings/check.js';
import type { Evidence } from '../../findings/finding.js';
import { handsOn, type Answer } from '../../network/listener-rules/answers.js';
import type { Call } from '../../network/listener-rules/calls.js';
import { decidingAction, mayRefuse, remedyForLogin, tokenMissing } from '../../network/listener-rules/deciding.js';
import { nearMiss } from '../../network/listener-rules/near-miss.js';
import { answersIn, whatAnswers, type Answered } from '../../network/listener-rules/what-answers.js';
import {
  actionText,
  answerText,
  callText,
  doesText,
  ruleAndActionText,
  ruleText,
  hostHint,
} from '../../network/listener-rules/words.js';
import { aboutTarget } from '../../findings/about.js';
import { listenerEvidence } from '../../findings/evidence.js';
import { listenerOf } from '../../network/balancers/backend.js';
import { fails, holds, missingEvidence, PASS, unsure } from '../../findings/outcome.js';
import { resourceOf } from '../../text/resource.js';
import { balancedTargets, type BalancedTarget } from '../../network/balancers/balancers.js';

/** `target/answers`. */
export const targetAnswers: Check = {
  id: 'target/answers',
  title: 'The listener forwards calls instead of answering them itself',
  severity: 'error',
  about:
    'A listener that redirects to HTTPS, as port 80 often does, sends 301 or 308 to the callers of the API, with an address that ' +
    'they cannot reach; one with a fixed response answers by itself; one that asks for a login (`authenticate-oidc`, `authenticate-cognito`) sends callers ' +
    'without a session to a page, or refuses them. The rules of the listener go before its default action: for each ' +
    'route of the spec the first rule decides that its calls fit, by their path, method and the addresses of the link. Which host ' +
    'calls name is documented nowhere, and parameters of an integration may set it: write it under `assume.hosts`. Headers and query strings are not ' +
    'known, nor what `{id}` stands for: where such a rule may answer by itself and what else may be done forwards, nobody can say. A path that a custom domain puts before that of a route is in no snapshot and is not looked at.',
  sources: [
    'https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-listeners.html',
    'https://docs.aws.amazon.com/elasticloadbalancing/latest/application/rule-condition-types.html',
    'https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-parameter-mapping.html',
    'https://repost.aws/knowledge-center/api-gateway-500-error-vpc',
  ],
  *run(input) {
    for (const one of balancedTargets(input)) {
      const { region } = one.integration.link;
      const found = listenerOf(region, one.target, one.backend);
      if (found.is !== 'found') continue;
      for (const outcome of ofListener(input, one, found.value)) yield outcome;
    }
  },
};

function ofListener(input: CheckInput, one: BalancedTarget, listener: Listener): readonly Outcome[] {
  const { integration, target, balancer } = one;
  const { region } = integration.link;
  if (!input.passes && allHandOn(whatAnswers(input, integration, target, balancer, listener))) return PASSED;
  const about = aboutTarget(integration, target);
  const name = `listener ${listener.protocol} ${listener.port} of ${balancer.name || balancer.id}`;
  const whether = `${name} forwards calls`;
  const decides = decidingAction(listener.actions ?? []);
  if (decides === undefined) {
    const missing = region.missing('listeners', listener.id) ?? {
      what: `what ${resourceOf(listener.id)} does with calls`,
      remedy: 'Allow elasticloadbalancing:DescribeListeners for these credentials, then take the snapshot again.',
      permission: 'elasticloadbalancing:DescribeListeners',
    };
    return [unsure(about, whether, missing, { evidence: [listenerEvidence(listener)] })];
  }
  const answered = whatAnswers(input, integration, target, balancer, listener);
  if (!('length' in answered)) {
    return [unsure(about, whether, answered, { evidence: [listenerEvidence(listener, actionText(decides))] })];
  }
  const guarded = answersIn(answered).find(({ actions }) => mayRefuse(actions));
  if (guarded !== undefined) {
    const who = guarded.rule === undefined ? name : `${ruleText(guarded.rule)} of ${name}`;
    return [unsure(about, whether, tokenMissing(who), { evidence: [listenerEvidence(listener, actionText(decides))] })];
  }
  const never = answered.filter(({ answers }) => !answers.some(handsOn));
  const open = answered.filter(({ answers }) => answers.some(handsOn) && !answers.every(handsOn));
  if (never.length + open.length === 0) {
    const passed = holds(input, about, () => ({
      message: answersIn(answered).some(({ rule }) => rule !== undefined)
        ? `rules of ${name} forward calls`
        : `${name} forwards calls`,
      evidence: [listenerEvidence(listener, actionText(decides)), ...ruleEvidence(answersIn(answered))],
    }));
    return [passed];
  }
  return [
    ...alike(never).map((group) => answersItself(one, listener, name, group, never.length === answered.length)),
    ...alike(open).map((group) => mayAnswerItself(one, name, group)),
  ];
}

const PASSED: readonly Outcome[] = [PASS];

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
  readonly answers: readonly Answer[];
}

function answersItself(
  { integration, target, balancer }: BalancedTarget,
  listener: Listener,
  name: string,
  { calls, answers }: Alike,
  isAll: boolean,
): Outcome {
  const [first] = answers;
  const decides = decidingAction(first?.actions ?? []);
  const which = calls.map(callText).join(', ');
  if (first?.rule === undefined || decides === undefined) {
    const text = decides === undefined ? 'no action' : actionText(decides);
    const misses = calls.flatMap((call) => nearMiss(integration.link, balancer, listener, call) ?? []);
    const near = misses.length === 0 ? '' : `; ${misses.slice(0, 3).join('; ')}`;
    const who = isAll ? 'no call gets to the backend' : `calls of ${which} do not get to the backend`;
    const remedy = remedyFor(listener, decides, balancer.name || balancer.id);
    return fails(aboutTarget(integration, target), {
      message: `${name} answers by itself (${text}): ${who}${near}`,
      evidence: [listenerEvidence(listener, text)],
      remedy: misses.length === 0 ? remedy : `Write a rule that these calls fit as they come. Or: ${remedy}`,
    });
  }
  return fails(aboutTarget(integration, target, part('listener rule', first.rule.id, `rule ${first.rule.priority}`)), {
    message: `${ruleText(first.rule)} of ${name} answers ${which} by itself (${actionText(decides)}): these calls do not get to the backend`,
    evidence: ruleEvidence(answers),
    remedy:
      decides.kind === 'authenticate'
        ? remedyForLogin('the rule')
        : `Let the rule forward to a target group, or put one before it that forwards ${which}.`,
  });
}

function mayAnswerItself({ integration, target }: BalancedTarget, name: string, { calls, answers }: Alike): Outcome {
  const which = calls.map(callText).join(', ');
  const own = answers.filter((answer) => !handsOn(answer));
  const texts = own.map((answer) => `${answerText(answer)} (${doesText(answer)})`);
  const [first] = answers;
  const what = `which calls of ${which} fit ${first?.rule === undefined ? 'its rules' : ruleText(first.rule)}`;
  const rule =
    first?.rule === undefined ? undefined : part('listener rule', first.rule.id, `rule ${first.rule.priority}`);
  return {
    verdict: 'unknown',
    ...aboutTarget(integration, target, rule),
    message: `nobody can say whether ${name} forwards ${which}: ${texts.join(' and ')} may answer instead`,
    evidence: [...ruleEvidence(answers), missingEvidence({ what, remedy: '' })],
    remedy: `Put a rule before ${first?.rule === undefined ? 'the others' : `rule ${first.rule.priority}`} that forwards all calls of ${which}, by their path.${hostHint(calls[0], answers)}`,
  };
}

function ruleEvidence(answers: readonly Answer[]): readonly Evidence[] {
  return answers.flatMap(({ rule }) =>
    rule === undefined ? [] : [{ kind: 'listener rule', id: rule.id, text: ruleAndActionText(rule) }],
  );
}

function remedyFor({ port }: Listener, decides: ListenerAction | undefined, name: string): string {
  if (decides?.kind === 'authenticate') return remedyForLogin(`the listener on port ${port} of ${name}`);
  return decides?.kind === 'redirect'
    ? `Write the port of ${name} that it redirects to, with tls, or let the listener on port ${port} forward to a target group.`
    : `Let the default action of the listener on port ${port} of ${name} forward to a target group.`;
}
