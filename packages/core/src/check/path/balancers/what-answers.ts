import type { Listener, ListenerRule } from '../../../do/model/load-balancer.js';
import type { CheckInput, IntegrationView, Missing, TargetView } from '../../../do/world/views.js';
import { answersTo, rulesOf, type RuleAnswer } from '../listener-rules/answers.js';
import { callersOf } from '../listener-rules/callers.js';
import { ANY_CALL, assumeHosts, callsOf, type Call } from '../listener-rules/calls.js';
import { groupsBehind, type GroupsBehind } from './backend.js';
import type { Answered, BalancedTarget, DefaultAnswers } from './balanced-target.js';

/** A listener's answers to the calls of each route of a target; or why its rules are unknown. */
export function whatAnswers(
  input: Pick<CheckInput, 'assumed'>,
  one: BalancedTarget,
  listener: Listener,
): readonly Answered[] | Missing {
  if (one.byDefault?.listener === listener) return one.byDefault.answered;
  const { integration, target, balancer } = one;
  const { link } = integration;
  const rules = rulesOf(link.region, balancer, listener);
  if (!('length' in rules)) return rules;
  if (rules.length === 0) return (one.byDefault = defaultAnswers(one, listener)).answered;
  const from = one.isBehind === true ? undefined : callersOf(link);
  const calls = callsOf(integration, target);
  assumeHosts(input, calls, rules);
  return calls.map((call) => ({ call, answers: answersTo(listener, rules, call, from) }));
}

/** The groups that a listener sends the calls of a target to. */
export function groupsAnswering(
  { integration, byDefault }: BalancedTarget,
  listener: Listener,
  answered: readonly Answered[],
): GroupsBehind {
  const { region } = integration.link;
  if (byDefault?.answered !== answered) return groupsBehind(region, listener, answersIn(answered));
  return (byDefault.groups ??= groupsBehind(region, listener, answersIn(answered)));
}

/** The calls are determined only when a message needs them. */
function defaultAnswers({ integration, target }: BalancedTarget, listener: Listener): DefaultAnswers {
  const answers = [{ actions: listener.actions ?? [] }];
  const answered: Answered[] = [new ByDefault(integration, target, 0, answers)];
  for (let at = 1; at < target.routeKeys.length; at += 1)
    answered.push(new ByDefault(integration, target, at, answers));
  return { listener, answered, groups: undefined };
}

/** The default answer for the calls of one route. The calls are determined on request. */
class ByDefault implements Answered {
  constructor(
    private readonly integration: IntegrationView,
    private readonly target: TargetView,
    private readonly route: number,
    readonly answers: readonly RuleAnswer[],
  ) {}

  get call(): Call {
    return callsOf(this.integration, this.target)[this.route] ?? ANY_CALL;
  }
}

/** Every answer that some call may get, each once. */
export function answersIn(answered: readonly Answered[]): readonly RuleAnswer[] {
  const first = answered[0];
  const isOne = answered.length === 1 || answered.every(({ answers }) => answers === first?.answers);
  if (first?.answers.length === 1 && isOne) return first.answers;
  const all = new Map<ListenerRule | undefined, RuleAnswer>();
  for (const { answers } of answered) for (const answer of answers) all.set(answer.rule, answer);
  return [...all.values()];
}
