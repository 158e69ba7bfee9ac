import { stating, PASSED, type Judgement, type Statement } from '../../findings/statement.js';
import type { targetAnswersWords } from './words/answers.words.js';
import { part } from '../../findings/subject.js';
import type { Listener } from '../../model/load-balancer.js';
import type { CheckInput, Missing } from '../../world/views.js';
import type { Evidence } from '../../findings/finding.js';
import { handsOn, type Answer } from '../../network/listener-rules/answers.js';
import type { Call } from '../../network/listener-rules/calls.js';
import { decidingAction, mayRefuse, tokenMissing } from '../../network/listener-rules/deciding.js';
import { nearMiss } from '../../network/listener-rules/near-miss.js';
import { answersIn, whatAnswers, type Answered } from '../../network/balancers/what-answers.js';
import {
  actionText,
  answerText,
  callText,
  doesText,
  ruleAndActionText,
  ruleText,
  askedHost,
} from '../../network/listener-rules/words.js';
import { aboutTarget } from '../../findings/about.js';
import { listenerEvidence } from '../../findings/evidence.js';
import { missingEvidence } from '../../findings/missing.js';
import { resourceOf } from '../../text/resource.js';
import { balancedTargets, type BalancedTarget } from '../../network/balancers/balancers.js';

const { fails, holds, unsure } = stating<(typeof targetAnswersWords)['says']>();

/** `target/answers`. */
export const targetAnswers: Judgement = {
  id: 'target/answers',
  severity: 'error',
  run(input) {
    const said: Statement[] = [];
    for (const one of balancedTargets(input)) {
      const found = one.backend.listener;
      if (found.is !== 'found') continue;
      const outcomes = ofListener(input, one, found.value);
      for (let at = 0; at < outcomes.length; at += 1) said.push(outcomes[at] as Statement);
    }
    return said;
  },
};

function ofListener(input: CheckInput, one: BalancedTarget, listener: Listener): readonly Statement[] {
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
      unsure(
        about,
        'ACTIONS_NOT_READ',
        { protocol: listener.protocol, port: listener.port, balancer: balancer.name || balancer.id },
        missing,
        { evidence: [listenerEvidence(listener)] },
      ),
    ];
  }
  const answered = whatAnswers(input, one, listener);
  if (!('length' in answered)) {
    return [
      unsure(
        about,
        'ACTIONS_NOT_READ',
        { protocol: listener.protocol, port: listener.port, balancer: balancer.name || balancer.id },
        answered,
        { evidence: [listenerEvidence(listener, actionText(decides))] },
      ),
    ];
  }
  const guarded = answersIn(answered).find(({ actions }) => mayRefuse(actions));
  if (guarded !== undefined) {
    const who = guarded.rule === undefined ? name : `${ruleText(guarded.rule)} of ${name}`;
    return [
      unsure(
        about,
        'ACTIONS_NOT_READ',
        { protocol: listener.protocol, port: listener.port, balancer: balancer.name || balancer.id },
        tokenMissing(who),
        { evidence: [listenerEvidence(listener, actionText(decides))] },
      ),
    ];
  }
  const never = answered.filter(({ answers }) => !answers.some(handsOn));
  const open = answered.filter(({ answers }) => answers.some(handsOn) && !answers.every(handsOn));
  if (never.length + open.length === 0) {
    const passed = holds(input, about, 'FORWARDS', () => ({
      params: {
        byRules: answersIn(answered).some(({ rule }) => rule !== undefined),
        protocol: listener.protocol,
        port: listener.port,
        balancer: balancer.name || balancer.id,
      },
      evidence: [listenerEvidence(listener, actionText(decides)), ...ruleEvidence(answersIn(answered))],
    }));
    return [passed];
  }
  return [
    ...alike(never).map((group) => answersItself(one, listener, name, group, never.length === answered.length)),
    ...alike(open).map((group) => mayAnswerItself(one, name, group)),
  ];
}

const ALL_PASSED: readonly Statement[] = [PASSED];

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
): Statement {
  const [first] = answers;
  const decides = decidingAction(first?.actions ?? []);
  if (first?.rule === undefined || decides === undefined) {
    const text = decides === undefined ? 'no action' : actionText(decides);
    const misses = calls.flatMap((call) => nearMiss(integration.link, balancer, listener, call) ?? []);
    return fails(aboutTarget(integration, target), 'LISTENER_ANSWERS', {
      params: {
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
      evidence: [listenerEvidence(listener, text)],
    });
  }
  return fails(
    aboutTarget(integration, target, part('listener rule', first.rule.id, `rule ${first.rule.priority}`)),
    'RULE_ANSWERS',
    {
      params: {
        ruleText: ruleText(first.rule),
        name,
        calls: calls.map(callText),
        actionText: actionText(decides),
        kind: decides.kind,
      },
      evidence: ruleEvidence(answers),
    },
  );
}

function mayAnswerItself({ integration, target }: BalancedTarget, name: string, { calls, answers }: Alike): Statement {
  const which = calls.map(callText).join(', ');
  const own = answers.filter((answer) => !handsOn(answer));
  const texts = own.map((answer) => `${answerText(answer)} (${doesText(answer)})`);
  const [first] = answers;
  const what = `which calls of ${which} match ${first?.rule === undefined ? 'its rules' : ruleText(first.rule)}`;
  const rule =
    first?.rule === undefined ? undefined : part('listener rule', first.rule.id, `rule ${first.rule.priority}`);
  return {
    verdict: 'unknown',
    ...aboutTarget(integration, target, rule),
    evidence: [...ruleEvidence(answers), missingEvidence({ what })],
    code: 'RULE_MAY_ANSWER',
    params: {
      name,
      calls: calls.map(callText),
      texts,
      hasRule: first?.rule !== undefined,
      priority: first?.rule?.priority,
      host: askedHost(calls[0], answers),
    },
  };
}

function ruleEvidence(answers: readonly Answer[]): readonly Evidence[] {
  return answers.flatMap(({ rule }) =>
    rule === undefined ? [] : [{ kind: 'listener rule', id: rule.id, text: ruleAndActionText(rule) }],
  );
}
