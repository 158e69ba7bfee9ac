import { defined } from '../../../ground/defined.js';
import type { GroupTarget, LoadBalancer, TargetGroup } from '../../../do/model/load-balancer.js';
import type { Verdict } from '../../../do/findings/finding.js';
import {
  answersCalls,
  unhealthyTargetsAnswer,
  failsOpen,
  failsOver,
  mayGetCalls,
  leavesDns,
  leftDns,
} from './group-health.js';
import { refusesHttp1 } from './listener-protocol.js';
import { backendSteps } from './behind-balancer.js';
import { stopOfAllChecks, withHealth } from './health-evidence.js';
import { listsMachines } from '../machine.js';
import { type Way, verdictOn, type TracedStep } from '../model/step.js';
import {
  failedOver,
  healthUnknown,
  healthUnread,
  noHealthyTarget,
  noHealthyTargetInZone,
  partOfCalls,
  passed,
  stillStarting,
  stopped,
  targetsOutOfReach,
  thresholdUnread,
  wrongVersion,
  zoneUnknown,
  type UnhealthyGroup,
} from './target-health-steps.js';
import { areCutOffFromChecks, causeOf } from './blocked-checks.js';
import { areInTransition, noMembers, settling } from './registrars.js';
import { outsideZones, afterPlan, crossesZones, serves } from './target-zones.js';
import type { World } from '../model/world.js';
import type { Nested, Candidate } from './balancers.js';

/**
 * Whether the calls that a load balancer forwards to a group arrive: it has healthy targets (in the zone of the calls, where cross-zone
 * load balancing is off), and reaches each of them, as each receives a part. Where none is healthy, unhealthy ones receive the calls.
 * @param part how many of the calls the group gets, where it is not all of them: `90 %`
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/network/network-load-balancers.html#cross-zone-load-balancing
 */
export function* targetSteps(
  world: World,
  balancer: LoadBalancer,
  group: TargetGroup,
  way: Way,
  nested: Nested,
  part?: string,
): Generator<TracedStep> {
  const short = leavesDns(world, balancer, group, way.to.place?.subnet.zone);
  if (short === undefined) {
    yield* groupSteps(world, balancer, group, way, nested, part);
    return;
  }

  const taken = [...groupSteps(world, balancer, group, way, nested, part)];
  const stop = taken.find(({ step }) => step.verdict === 'fail');
  yield { way, step: leftDns(balancer, group, short, stop) };
  if (stop === undefined) yield* taken;
}

function* groupSteps(
  world: World,
  balancer: LoadBalancer,
  group: TargetGroup,
  way: Way,
  nested: Nested,
  part: string | undefined,
): Generator<TracedStep> {
  if (refusesHttp1(group)) {
    yield { way, step: wrongVersion(group) };
    return;
  }

  const { targets } = group;
  if (targets === undefined) {
    yield { way, step: healthUnread(world, group) };
    return;
  }

  const all = targets.map((target) => afterPlan(world, balancer, { group, target }));
  const unhealthy: UnhealthyGroup = { balancer, group, all, isOpen: false, part, cause: undefined };
  if (group.kind === 'lambda' && all.length > 0) {
    yield { way, step: passed(group, 'a Lambda function, which always accepts calls') };
    return;
  }

  const zone = way.to.place?.subnet.zone;
  const standing = all.map((one) => ({ one, is: standingOf(world, one), here: serves(world, balancer, one, zone) }));
  const those = (is: Standing, ...here: readonly Verdict[]): readonly Candidate[] =>
    standing.filter((each) => each.is === is && here.includes(each.here)).map(({ one }) => one);
  const near = those('takes', 'pass');
  if (near.length > 0) {
    const where = zone === undefined || near.length === those('takes', 'pass', 'unknown', 'fail').length;
    const called = unshifted(world, balancer, group, near);
    const idle = called.length === near.length ? '' : `, ${near.length - called.length} of them in a shifted zone`;
    const text = `${near.length} of ${all.length} targets healthy${where ? '' : ` for ${zone}`}${idle}`;
    yield { way, step: passed(group, part === undefined ? text : `${text}; receives ${part} of the calls`) };
    const lost = those('lost', 'pass');
    if (lost.length > 0) yield { way, step: stopped(group, lost, near.length + lost.length) };
    const used = standing.filter(({ one, here }) => here === 'pass' && mayGetCalls(one.target)).map(({ one }) => one);
    const others = used.filter((one) => !near.includes(one));
    const over = failsOver(world.index, group, targetsOf(used), near.length);
    const rest = over === true ? others : [];
    if (over !== true) yield* outOfReach(world, balancer, group, others, way);
    const silent = rest.filter(({ target }) => !answersCalls(target));
    if (silent.length > 0) yield { way, step: failedOver(group, silent, { healthy: near.length, sent: used.length }) };
    yield* eachReached(world, balancer, [...called, ...rest.filter(({ target }) => answersCalls(target))], way, nested);
    // It is unknown whether these receive calls: a step that stops calls to them may stop a part.
    const unsure = { zone: those('takes', 'unknown'), health: those('unknown', 'pass', 'unknown') };
    const isBlocked = (one: Candidate): boolean => waysTo(world, balancer, [one], way, nested)[0]?.verdict !== 'pass';
    if (over === undefined && others.some((one) => !answersCalls(one.target) || isBlocked(one)))
      yield { way: asCaller(way), step: thresholdUnread(world, group) };
    const far = [...unsure.zone.filter(isBlocked), ...those('lost', 'unknown')];
    if (far.length > 0) yield { way: asCaller(way), step: zoneUnknown(world, balancer, far, way.to) };
    const open = unsure.health.filter((one) => one.target.health === 'unavailable' || isBlocked(one));
    if (open.length > 0) yield { way: asCaller(way), step: healthUnknown(world, open) };
    return;
  }

  const maybe = those('takes', 'unknown');
  const open = those('unknown', 'pass', 'unknown');
  if (maybe.length > 0) yield { way, step: zoneUnknown(world, balancer, maybe, way.to) };
  else if (open.length > 0) yield { way, step: healthUnknown(world, open) };
  else {
    const here = standing.filter((each) => each.here !== 'fail').map(({ one }) => one);
    const isOpen = failsOpen(world.index, targetsOf(here));
    const called = here.filter(({ target }) => mayGetCalls(target));
    const isNoneHealthy = standing.every(({ is }) => is === 'none' || is === 'lost');
    const isReached =
      isOpen &&
      isNoneHealthy &&
      areCutOffFromChecks(world, balancer, called, way) &&
      waysTo(world, balancer, called, way, nested).every(({ verdict }) => verdict !== 'fail');
    const answering = isReached || unhealthyTargetsAnswer(targetsOf(here)) ? called : [];
    const cause = causeOf(world, balancer, group, here, way);
    if (answering.length === 0) {
      const lost = those('lost', 'pass', 'unknown');
      if (lost.length > 0) yield { way, step: stopped(group, lost, lost.length) };
      else if (isNoneHealthy) {
        const starting = settling(world.index, group.id, targets);
        const why =
          outsideZones(world, balancer, here) ??
          (areInTransition(targets) ? noMembers(world.index, group.id) : undefined);
        if (starting !== undefined) yield { way, step: stillStarting(group, starting) };
        else yield { way, step: noHealthyTarget({ ...unhealthy, isOpen, cause, why }) };
      } else {
        const { emptyZonesLeaveDns } = world.index.clouds.network(world.index.region);
        yield { way, step: noHealthyTargetInZone({ ...unhealthy, isOpen }, zone, emptyZonesLeaveDns) };
      }
      return;
    }

    const unplaced = answering.filter((one) => serves(world, balancer, one, zone) === 'unknown');
    if (unplaced.length > 0) yield { way, step: zoneUnknown(world, balancer, unplaced, way.to) };
    else {
      const text = `no target healthy, but ${answering.length} receive calls and answer`;
      yield { way, step: { ...passed(group, text), ...defined({ cause }) } };
      yield* eachReached(world, balancer, answering, way, nested);
    }
  }
}

/**
 * The healthy targets that get new calls while a zonal shift is active: with cross-zone load balancing those of the other zones, unless
 * there are none. Without it, the shift removes the address of the zone from the DNS name alone.
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/network/zonal-shift.html
 */
function unshifted(
  world: World,
  balancer: LoadBalancer,
  group: TargetGroup,
  near: readonly Candidate[],
): readonly Candidate[] {
  const others = near.filter(({ target }) => target.shifted !== true);
  return others.length > 0 && crossesZones(world, balancer, group) === true ? others : near;
}

function targetsOf(candidates: readonly Candidate[]): readonly GroupTarget[] {
  return candidates.map(({ target }) => target);
}

/** A path of this caller, as a new object: paths that are the same for all callers are shared, and its steps are reported for this one. */
function asCaller(way: Way): Way {
  return { ...way, from: { ...way.from } };
}

interface Followed {
  readonly verdict: Verdict;
  readonly taken: readonly TracedStep[];
}

function waysTo(
  world: World,
  balancer: LoadBalancer,
  candidates: readonly Candidate[],
  way: Way,
  nested: Nested,
): readonly Followed[] {
  return candidates.map((candidate) => {
    const derived = [...backendSteps(world, balancer, candidate, way, nested)];
    const taken = withHealth(world, balancer, candidate, way, derived);
    return { verdict: verdictOn(taken), taken };
  });
}

/**
 * The path to targets that each get a share of the calls: the first that is not reached, else the first that
 * is unknown.
 */
function eachReached(
  world: World,
  balancer: LoadBalancer,
  sent: readonly Candidate[],
  way: Way,
  nested: Nested,
): readonly TracedStep[] {
  const ways = waysTo(world, balancer, sent, way, nested);
  const lost = ways.filter(({ verdict }) => verdict === 'fail');
  const [first] = lost;
  if (first === undefined) {
    const unknown = ways.filter(({ verdict }) => verdict === 'unknown');
    const warned = ways.find(({ taken }) => taken.some(({ step }) => step.warns === true));
    return unknown.length === 0 ? ((warned ?? ways[0])?.taken ?? []) : factsOf(unknown);
  }
  if (lost.length === sent.length) return first.taken;

  const cut = cutOff(
    world,
    balancer,
    sent.filter((_, at) => ways[at]?.verdict === 'fail'),
    way,
  );
  const left = sent.filter((one) => !cut.some((each) => each.one === one));
  const [{ group } = {}] = left;
  if (cut[0] !== undefined && group && failsOver(world.index, group, targetsOf(sent), left.length) === false) {
    const step = targetsOutOfReach(
      group,
      cut.map(({ one }) => one.target.id),
      cut[0].cause,
    );
    return [{ way, step }, ...eachReached(world, balancer, left, way, nested)];
  }

  return first.taken.map((taken): TracedStep => {
    const { step } = taken;
    return step.verdict === 'fail' ? { ...taken, step: partOfCalls(step, lost.length, sent.length) } : taken;
  });
}

/** The first of some paths, and the missing facts of the others, each once. */
function factsOf(unknown: readonly Followed[]): readonly TracedStep[] {
  const seen = new Set<string>();
  return unknown.flatMap(({ taken }, at) =>
    taken.filter(({ step, way }) => {
      if (step.verdict !== 'unknown') return at === 0;

      const { text } = step.describe(way);
      const isNew = !seen.has(text);
      seen.add(text);
      return isNew;
    }),
  );
}

/** Targets that a plan takes from health checks as well as from calls: the others get all calls. Today their health is reported. */
function cutOff(world: World, balancer: LoadBalancer, lost: readonly Candidate[], way: Way) {
  if (world.isToday) return [];

  return lost.flatMap((one) => {
    const stop = stopOfAllChecks(world, balancer, one, way);
    return stop === undefined ? [] : [{ one, cause: stop.step.describe(stop.way) }];
  });
}

/** Unhealthy targets beside healthy ones, where it is known what blocks their health checks: the others get all calls. */
function* outOfReach(
  world: World,
  balancer: LoadBalancer,
  group: TargetGroup,
  others: readonly Candidate[],
  way: Way,
): Generator<TracedStep> {
  const blocked = others.flatMap((one) => {
    const cause = causeOf(world, balancer, group, [one], way)?.();
    return cause === undefined ? [] : [{ id: one.target.id, cause }];
  });
  const [first] = blocked;
  if (first !== undefined)
    yield {
      way,
      step: targetsOutOfReach(
        group,
        blocked.map(({ id }) => id),
        first.cause,
      ),
    };
}

/** `lost`: it gets calls, and does not run. `none`: it gets none. */
type Standing = 'takes' | 'lost' | 'none' | 'unknown';

/** `unavailable`: its health is not checked, so that it counts as healthy, whether it runs or not. */
function standingOf({ index }: World, { group, target: { id, health } }: Candidate): Standing {
  if (health === 'unavailable' && group.kind === 'instance' && listsMachines(index)) {
    const found = index.find('instances', id);
    if (found.is !== 'found') return 'unknown';

    return found.value.state === 'running' ? 'takes' : found.value.state === 'stopped' ? 'lost' : 'unknown';
  }
  if (health === 'healthy' || health === 'unavailable') return 'takes';

  return health === 'unknown' ? 'unknown' : 'none';
}
