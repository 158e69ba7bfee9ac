import type { Listener, ListenerAction, LoadBalancer, TargetGroup } from '../../model/load-balancer.js';
import type { Missing } from '../../world/views.js';
import { refusedOr } from '../../world/index/gap-facts.js';
import { decidingAction, handOn, mayRefuse, remedyForLogin, tokenMissing } from '../listener-rules/deciding.js';
import { nameOfGroup } from './group-health.js';
import { partText, sharesOf, type Shares } from '../listener-rules/shares.js';
import { unknownStep, type Step, type Way } from '../step.js';
import { verdictOn, type Taken } from '../taken.js';
import { targetSteps, type Nested } from './target-health.js';
import { nameOf } from './target-words.js';
import type { World } from '../world.js';

const CHECK = 'path/load-balancer';

/** The groups that a load balancer hands calls to, and how these share them. */
export interface Handing {
  readonly groups: readonly TargetGroup[];
  readonly shares: Shares;
}

/** What actions hand calls to; a step where they answer by themselves, where no group gets any, or one is not known. */
export function handingOf(world: World, listener: Listener, actions: NonNullable<Listener['actions']>): Handing | Step {
  if (actions.length > 1 && !handOn(actions)) return answersItself(listener, actions);
  const shares = sharesOf(actions);
  const { ids, isSure, weights, idle } = shares;
  if (ids.length === 0) return idle.length > 0 ? allIdle(idle) : answersItself(listener, actions);
  const shared = known.get(world) ?? new Map<string, Handing>();
  known.set(world, shared);
  const key = ids.length === 1 ? (ids[0] ?? '') : `${isSure} ${ids.join(' ')} ${weights?.join(' ') ?? ''}`;
  const there = shared.get(key);
  if (there !== undefined) return there;
  const groups: TargetGroup[] = [];
  for (const id of ids) {
    const found = world.index.find('targetGroups', id);
    if (found.is === 'found') groups.push(found.value);
    else {
      const missing = found.is === 'unknown' ? found.missing : unread(`target group ${id}`);
      return unknownStep(CHECK, 'target health', { kind: 'target group', id }, missing);
    }
  }
  const made: Handing = { groups, shares };
  shared.set(key, made);
  return made;
}

/** A step of what forwards only calls that bring something. */
export function guardStep(actions: NonNullable<Listener['actions']>, id: string, who: string): Step | undefined {
  return mayRefuse(actions) ? unknownStep(CHECK, 'listener', { kind: 'listener', id }, tokenMissing(who)) : undefined;
}

/** By their ids: the listeners of a load balancer mostly lead to the same. */
const known = new WeakMap<World, Map<string, Handing>>();

/**
 * What becomes of calls that are handed to some groups: each group that gets a part of them has to take them, as no other steps in.
 * Where it is not known how they share calls, one that does not take them may be one that gets none.
 */
export function* handedTo(
  world: World,
  balancer: LoadBalancer,
  { groups, shares }: Handing,
  way: Way,
  nested: Nested,
): Generator<Taken> {
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
  const told = stop?.step.tell(stop.way);
  const missing = refusedOr(world.index, 'listeners', undefined, {
    what: `how many calls ${balancer.name} hands to ${groups.map(nameOf).join(' and ')} each (${told?.because ?? ''})`,
    remedy: 'Take the snapshot again: it then says the weights of target groups.',
  });
  const what = { kind: 'load balancer', id: balancer.id };
  // Told as of the caller alone: another one may be stopped by nothing.
  yield { way: { ...way, from: { ...way.from } }, step: unknownStep(CHECK, 'target health', what, missing) };
}

function allIdle(ids: readonly string[]): Step {
  const names = ids.map(nameOfGroup).join(' and ');
  return {
    check: CHECK,
    hop: 'target health',
    verdict: 'fail',
    tell: () => ({
      kind: 'target group',
      id: ids[0] ?? '',
      text: 'weight 0',
      code: 'ELBV2_LISTENER_HAS_NO_TG',
      why: { code: 'WEIGHTS_ZERO', params: { groups: ids.map(nameOfGroup) } },
      because: `calls are handed to ${names}, each of which has the weight 0: no group gets any`,
      remedy: `Give a weight to one of ${names}.`,
    }),
  };
}

function answersItself({ id }: Listener, actions: readonly ListenerAction[]): Step {
  const decides = decidingAction(actions);
  const text = decides === undefined ? 'has no action' : `${decides.kind} ${decides.statusCode ?? ''}`.trim();
  return {
    check: CHECK,
    hop: 'listener',
    verdict: 'fail',
    tell: () => ({
      kind: 'listener',
      id,
      text,
      why: { code: 'LISTENER_ANSWERS', params: { does: text } },
      because: `the listener answers by itself (${text}) and forwards nothing`,
      remedy:
        decides?.kind === 'authenticate'
          ? remedyForLogin('the listener')
          : 'Name a listener that forwards to a target group.',
    }),
  };
}

function unread(what: string): Missing {
  return {
    what,
    remedy: 'Take the snapshot again with credentials that may read load balancers, rules and target health.',
  };
}
