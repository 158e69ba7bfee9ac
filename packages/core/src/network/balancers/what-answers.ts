import { standsInSubnets } from '../../world/link-facts.js';
import type { Listener, ListenerRule, LoadBalancer } from '../../model/load-balancer.js';
import type { CheckInput, IntegrationView, LinkView, Missing, TargetView } from '../../world/views.js';
import { readSpan, type Span } from '../span.js';
import { answersTo, rulesOf, type Answer } from './answers.js';
import { ANY_CALL, assumeHosts, callsOf, type Call } from './calls.js';

/** The possible answers to the calls of one route. */
export interface Answered {
  readonly call: Call;
  /** The only one where it is sure. */
  readonly answers: readonly Answer[];
}

/** A listener's answers to the calls of each route of a target; or why its rules are unknown. */
export function whatAnswers(
  input: Pick<CheckInput, 'assumed'>,
  integration: IntegrationView,
  target: TargetView,
  balancer: LoadBalancer,
  listener: Listener,
): readonly Answered[] | Missing {
  const { link } = integration;
  const rules = rulesOf(link.region, balancer, listener);
  if (!('length' in rules)) return rules;
  if (rules.length === 0) return byDefault(integration, target, listener);
  const from = callersOf(link);
  const calls = callsOf(integration, target);
  assumeHosts(input, calls, rules);
  return calls.map((call) => ({ call, answers: answersTo(listener, rules, call, from) }));
}

/**
 * Most listeners have no rules: then all calls get one answer, and the calls are determined only when a
 * message needs them.
 */
function byDefault(integration: IntegrationView, target: TargetView, listener: Listener): readonly Answered[] {
  const known = defaults.get(target);
  if (known?.listener === listener) return known.answered;
  const answers = [{ actions: listener.actions ?? [] }];
  const answered: Answered[] = [new ByDefault(integration, target, 0, answers)];
  for (let at = 1; at < target.routeKeys.length; at += 1)
    answered.push(new ByDefault(integration, target, at, answers));
  defaults.set(target, { listener, answered });
  return answered;
}

/** The default answer for the calls of one route. The calls are determined on request. */
class ByDefault implements Answered {
  constructor(
    private readonly integration: IntegrationView,
    private readonly target: TargetView,
    private readonly route: number,
    readonly answers: readonly Answer[],
  ) {}

  get call(): Call {
    return callsOf(this.integration, this.target)[this.route] ?? ANY_CALL;
  }
}

/** Several checks ask what answers the calls of a target. */
const defaults = new WeakMap<TargetView, { readonly listener: Listener; readonly answered: readonly Answered[] }>();

/** Every answer that some call may get, each once. */
export function answersIn(answered: readonly Answered[]): readonly Answer[] {
  const first = answered[0];
  const isOne = answered.length === 1 || answered.every(({ answers }) => answers === first?.answers);
  if (first?.answers.length === 1 && isOne) return first.answers;
  const all = new Map<ListenerRule | undefined, Answer>();
  for (const { answers } of answered) for (const answer of answers) all.set(answer.rule, answer);
  return [...all.values()];
}

/** The blocks that calls of a link come from, where its subnets were read. */
export function callersOf(view: LinkView): readonly Span[] | undefined {
  if (!standsInSubnets(view)) return undefined;
  const { region, subnetIds } = view;
  const spans = subnetIds.map((id) => {
    const subnet = region.find('subnets', id);
    return subnet.is === 'found' ? readSpan(subnet.value.cidrBlock) : undefined;
  });
  const read = spans.flatMap((span) => span ?? []);
  return read.length === spans.length && read.length > 0 ? read : undefined;
}
