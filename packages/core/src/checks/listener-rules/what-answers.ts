import type { Listener, ListenerRule, LoadBalancer } from '../../model/load-balancer.js';
import type { IntegrationView, LinkView, Missing, TargetView } from '../check.js';
import { readSpan, type Span } from '../path/span.js';
import { answersTo, rulesOf, type Answer } from './answers.js';
import { callsOf, type Call } from './calls.js';

/** What may become of the calls of one route. */
export interface Answered {
  readonly call: Call;
  /** The only one where it is sure. */
  readonly answers: readonly Answer[];
}

/** What a listener does with the calls of each route of a target; or why its rules are not known. */
export function whatAnswers(
  integration: IntegrationView,
  target: TargetView,
  balancer: LoadBalancer,
  listener: Listener,
): readonly Answered[] | Missing {
  const { link } = integration;
  const rules = rulesOf(link.region, balancer, listener);
  if (!('length' in rules)) return rules;
  const from = rules.length === 0 ? undefined : callersOf(link);
  return callsOf(integration, target).map((call) => ({ call, answers: answersTo(listener, rules, call, from) }));
}

/** Every answer that some call may get, each once. */
export function answersIn(answered: readonly Answered[]): readonly Answer[] {
  const all = new Map<ListenerRule | undefined, Answer>();
  for (const { answers } of answered) for (const answer of answers) all.set(answer.rule, answer);
  return [...all.values()];
}

/** The blocks that calls of a link come from, where it stands in subnets that were read. */
function callersOf({ link, region, subnetIds }: LinkView): readonly Span[] | undefined {
  if (link !== undefined && link.kind !== 'vpc-link-v2') return undefined;
  const spans = subnetIds.map((id) => {
    const subnet = region.find('subnets', id);
    return subnet.is === 'found' ? readSpan(subnet.value.cidrBlock) : undefined;
  });
  const read = spans.flatMap((span) => span ?? []);
  return read.length === spans.length && read.length > 0 ? read : undefined;
}
