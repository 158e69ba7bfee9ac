import { loadBalancerReasons } from '../reasons/load-balancer.js';
import { fewText } from '../../../ground/text/quantities.js';
import type { Listener, ListenerRule } from '../../../do/model/load-balancer.js';
import { madeIn, madeOnce, type DerivedOwner } from '../../../do/world/derived.js';
import type { Verdict } from '../../../do/findings/finding.js';
import { answersTo, handsOn, looksAtCaller, losesSome, type RuleAnswer } from '../listener-rules/answers.js';
import { ANY_CALLS, type Call } from '../listener-rules/calls.js';
import { decidingAction } from '../listener-rules/deciding.js';
import { answersIn } from './target-zones.js';
import type { Answered } from './balancers.js';
import {
  answerText,
  arrivalText,
  askedHost,
  comparedPart,
  doesText,
  ruleAndActionText,
} from '../listener-rules/words.js';
import type { Span } from '../model/span.js';
import { unsureStep, failStep, passStep, type PathStep, type Way, verdictOn, type TracedStep } from '../model/step.js';
import type { HopText } from '../reasons/reason.js';

const CHECK = 'path/load-balancer';

/** How hops are called that rules decide. */
export const RULE_HOP = 'listener rule';

/** A listener, and the result of its rules for the calls. */
export interface AnsweredListener {
  readonly listener: Listener;
  readonly answered: readonly Answered[];
}

/** The result of rules for calls; undefined where none of the calls may match one. */
export function ruledBy(
  owner: DerivedOwner,
  listener: Listener,
  rules: readonly ListenerRule[],
  calls: readonly Call[] = ANY_CALLS,
  from: Span,
): AnsweredListener | undefined {
  if (rules.some(looksAtCaller)) return decide(listener, rules, calls, from);

  // What does not depend on the caller is the same on all paths.
  const own = madeOnce(owner, 'ruled calls', calls, () => new Map<Listener, AnsweredListener | undefined>());
  return madeIn(own, listener, () => decide(listener, rules, calls, from));
}

function decide(
  listener: Listener,
  rules: readonly ListenerRule[],
  calls: readonly Call[],
  from: Span,
): AnsweredListener | undefined {
  const answered = calls.map((call) => ({ call, answers: answersTo(listener, rules, call, [from]) }));
  return answered.every(({ answers }) => answers.every(({ rule }) => rule === undefined))
    ? undefined
    : { listener, answered };
}

interface Followed {
  readonly verdict: Verdict;
  readonly taken: readonly TracedStep[];
}

/**
 * The steps that result from rules. Where calls of a route certainly reach no target, or some of them: what stops them.
 * Otherwise the result of each answer that calls may get; `unknown` where that answer would stop them and it
 * is unknown whether they get it.
 */
export function* ruledSteps(
  { answered }: AnsweredListener,
  way: Way,
  follow: (answer: RuleAnswer) => Iterable<TracedStep>,
): Generator<TracedStep> {
  const followed = new Map<ListenerRule | undefined, Followed>();
  const ofAnswer = (answer: RuleAnswer): Followed => {
    const known = followed.get(answer.rule);
    if (known !== undefined) return known;

    const taken = handsOn(answer) ? [...follow(answer)] : [];
    const verdict = handsOn(answer) ? verdictOn(taken) : 'fail';
    followed.set(answer.rule, { verdict, taken });
    return { verdict, taken };
  };
  const isLost = (answer: RuleAnswer): boolean => ofAnswer(answer).verdict === 'fail';
  for (const { call, answers } of answered) {
    const lost = answers.every(isLost) ? answers[0] : losesSome(answers, isLost);
    if (lost === undefined) continue;

    yield { way, step: handsOn(lost) ? decidedBy(lost, [call]) : answersItself(lost, call) };
    yield* ofAnswer(lost).taken;
    return;
  }

  for (const answer of answersIn(answered)) {
    const own = ofAnswer(answer);
    const calls = answered.filter(({ answers }) => answers.some(({ rule }) => rule === answer.rule));
    if (own.verdict !== 'fail') {
      yield {
        way,
        step: decidedBy(
          answer,
          calls.map(({ call }) => call),
        ),
      };
      yield* own.taken;
      continue;
    }

    const [one] = calls.filter(({ answers }) => answers.length > 1);
    const stop = own.taken.find(({ step }) => step.verdict === 'fail');
    if (one !== undefined) yield { way: stop?.way ?? way, step: mayStop(answer, one, stop?.step) };
  }
}

function routesText(calls: readonly Call[]): string {
  return fewText(calls.map(arrivalText));
}

function whatIs({ rule }: RuleAnswer): Pick<HopText, 'kind' | 'id'> {
  return rule === undefined ? { kind: 'listener rule', id: 'default' } : { kind: 'listener rule', id: rule.id };
}

function textOf(answer: RuleAnswer): string {
  return answer.rule === undefined ? `the default action → ${doesText(answer)}` : ruleAndActionText(answer.rule);
}

function decidedBy(answer: RuleAnswer, calls: readonly Call[]): PathStep {
  return passStep(CHECK, RULE_HOP, () => ({ ...whatIs(answer), text: `${routesText(calls)}: ${textOf(answer)}` }));
}

function answersItself(answer: RuleAnswer, call: Call): PathStep {
  return failStep(CHECK, RULE_HOP, () => ({
    ...whatIs(answer),
    text: textOf(answer),
    ...loadBalancerReasons.RULE_ANSWERS({
      call: arrivalText(call),
      rule: answer.rule?.id,
      answer: answerText(answer),
      does: doesText(answer),
      isLogin: decidingAction(answer.actions)?.kind === 'authenticate',
    }),
  }));
}

/** Some calls may match a rule that stops them, or may match none. */
function mayStop(answer: RuleAnswer, { call, answers }: Answered, stop: PathStep | undefined): PathStep {
  return unsureStep(CHECK, RULE_HOP, (way) => ({
    ...whatIs(answer),
    text: `not known: the calls that match it; ${textOf(answer)}`,
    ...loadBalancerReasons.RULE_MAY_STOP({
      call: arrivalText(call),
      rule: answer.rule?.id,
      answer: answerText(answer),
      does: doesText(answer),
      stop: stop?.describe(way),
      host: askedHost(call, answers),
      compared: comparedPart(call, answers),
    }),
  }));
}
