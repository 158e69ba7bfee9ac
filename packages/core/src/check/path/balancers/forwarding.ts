import { loadBalancerReasons } from '../reasons/load-balancer.js';
import { targetHealthReasons } from '../reasons/target-health.js';
import type { Listener, ListenerAction, LoadBalancer, TargetGroup } from '../../../do/model/load-balancer.js';
import type { Missing } from '../../../do/world/views.js';
import { refusedOr } from '../../../do/world/index/gap-facts.js';
import {
  decidingAction,
  handOn,
  mayRefuse,
  refusalMissing,
  partText,
  sharesOf,
  type Shares,
} from '../listener-rules/deciding.js';
import { looksAtCaller } from '../listener-rules/answers.js';
import { nameOfGroup } from './group-health.js';
import { failStep, unknownStep, type PathStep, type Way, verdictOn, type TracedStep } from '../model/step.js';
import { targetSteps } from './target-health.js';
import type { Nested } from './balancers.js';
import { nameOf } from './target-health-steps.js';
import { spanText } from '../model/span.js';
import type { World } from '../model/world.js';

const CHECK = 'path/load-balancer';

/** The groups that a load balancer forwards calls to, and their shares. */
export interface Forwarding {
  readonly groups: readonly TargetGroup[];
  readonly shares: Shares;
}

/**
 * The groups that actions forward calls to; a step where the actions answer themselves, where no group
 * receives calls, or one is unknown.
 */
export function forwardingOf(
  world: World,
  listener: Listener,
  actions: NonNullable<Listener['actions']>,
): Forwarding | PathStep {
  if (actions.length > 1 && !handOn(actions)) return answersItself(listener, actions);

  const shares = sharesOf(actions);
  const { ids, isSure, weights, idle } = shares;
  if (ids.length === 0 && idle.length > 0) return allIdle(idle);
  if (ids.length === 0) return handOn(actions) ? groupsUnread(world, listener) : answersItself(listener, actions);

  // By the IDs: most listeners of a load balancer have the same groups.
  const shared = world.derived('forwardings', () => new Map<string, Forwarding>());
  const key = ids.length === 1 ? (ids[0] ?? '') : `${isSure} ${ids.join(' ')} ${weights?.join(' ') ?? ''}`;
  const cached = shared.get(key);
  if (cached !== undefined) return cached;

  const groups: TargetGroup[] = [];
  for (const id of ids) {
    const found = world.index.find('targetGroups', id);
    if (found.is === 'found') groups.push(found.value);
    else {
      const missing = found.is === 'unknown' ? found.missing : unread(`target group ${id}`);
      return unknownStep(CHECK, 'target health', { kind: 'target group', id }, missing);
    }
  }
  const computed: Forwarding = { groups, shares };
  shared.set(key, computed);
  return computed;
}

/** The step of an action that forwards only calls with credentials. */
export function rulesStep(actions: NonNullable<Listener['actions']>, id: string, who: string): PathStep | undefined {
  return mayRefuse(actions)
    ? unknownStep(CHECK, 'listener', { kind: 'listener', id }, refusalMissing(actions, who))
    : undefined;
}

/**
 * The steps of calls that are forwarded to some groups: each group that receives a part has to accept it, since no other group does.
 * Where the shares are unknown, a group that does not accept calls may be one that receives none.
 */
export function* forwardedTo(
  world: World,
  balancer: LoadBalancer,
  { groups, shares }: Forwarding,
  way: Way,
  nested: Nested,
): Generator<TracedStep> {
  if (shares.isSure) {
    for (const group of groups) yield* targetSteps(world, balancer, group, way, nested, partText(shares, group.id));
    return;
  }

  const ways = groups.map((group) => [...targetSteps(world, balancer, group, way, nested)]);
  const verdicts = ways.map(verdictOn);
  const lost = ways[verdicts.indexOf('fail')];
  if (lost === undefined) {
    for (const taken of ways) yield* taken;
    return;
  }
  if (verdicts.every((verdict) => verdict === 'fail')) {
    yield* lost;
    return;
  }

  const stop = lost.find(({ step }) => step.verdict === 'fail');
  const weights: Missing = {
    what: `the weights with which ${balancer.name} forwards calls to ${groups.map(nameOf).join(' and ')}`,
    remedy: 'Take the snapshot again: it then contains the weights of target groups.',
  };
  const missing = refusedOr(world.index, 'listeners', undefined, weights);
  const aside = missing !== weights || stop === undefined ? undefined : () => ({ stop: stop.step.describe(stop.way) });
  const what = { kind: 'load balancer', id: balancer.id };
  // Reported for this caller only: another one may not be stopped.
  yield { way: { ...way, from: { ...way.from } }, step: unknownStep(CHECK, 'target health', what, missing, aside) };
}

function allIdle(ids: readonly string[]): PathStep {
  return failStep(CHECK, 'target health', () => ({
    kind: 'target group',
    id: ids[0] ?? '',
    text: 'weight 0',
    code: 'ELBV2_LISTENER_HAS_NO_TG',
    ...targetHealthReasons.WEIGHTS_ZERO({ groups: ids.map(nameOfGroup) }),
  }));
}

/** A listener that forwards calls, and the snapshot does not say to which groups. */
function groupsUnread({ index }: World, { id }: Listener): PathStep {
  const missing = index.missing('listeners', id) ?? unread(`the target groups of ${id}`);
  return unknownStep(CHECK, 'listener', { kind: 'listener', id }, missing);
}

function answersItself({ id, rules = [] }: Listener, actions: readonly ListenerAction[]): PathStep {
  const decides = decidingAction(actions);
  const text = decides === undefined ? 'has no action' : `${decides.kind} ${decides.statusCode ?? ''}`.trim();
  const forwarding = rules.filter((rule) => handOn(rule.actions));
  const sources = forwarding.every(looksAtCaller)
    ? forwarding.flatMap(({ conditions }) =>
        conditions.flatMap((one) => (one.kind === 'source' ? (one.values ?? []) : [])),
      )
    : [];
  return failStep(CHECK, 'listener', ({ from }) => ({
    kind: 'listener',
    id,
    text,
    ...loadBalancerReasons.LISTENER_ANSWERS({
      does: text,
      isLogin: decides?.kind === 'authenticate',
      hasRules: forwarding.length > 0,
      ...(sources.length > 0 && { sources, from: spanText(from.span) }),
    }),
  }));
}

export function unread(what: string): Missing {
  return {
    what,
    remedy: 'Take the snapshot again with credentials that may read load balancers, rules and target health.',
  };
}
