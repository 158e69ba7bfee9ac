import type { GroupTarget, LoadBalancer, TargetGroup } from '../../model/load-balancer.js';
import type { Missing } from '../check.js';
import { refusedOr } from '../gap-facts.js';
import type { Verdict } from '../finding.js';
import { answerThoughSick, failsOpen, mayGetCalls } from '../target/fail-open.js';
import { backendSteps } from './backend.js';
import type { End } from './end.js';
import { unknownStep, verdictOf, type Step, type Way } from './step.js';
import type { Taken } from './taken.js';
import type { World } from './world.js';

const CHECK = 'path/load-balancer';

/** A target that may get calls, with its group. */
export interface Candidate {
  readonly group: TargetGroup;
  readonly target: GroupTarget;
}

/** What a load balancer behind a load balancer does with a call. */
export type Nested = (balancer: LoadBalancer, way: Way) => Iterable<Taken>;

/**
 * Whether a load balancer hands a call to a healthy target that it reaches: in its own zone where it does not balance across
 * zones. One that is reached is enough. Where none is healthy, sick ones that answer get the call.
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/network/network-load-balancers.html#cross-zone-load-balancing
 */
export function* targetSteps(
  world: World,
  balancer: LoadBalancer,
  groups: readonly TargetGroup[],
  way: Way,
  nested: Nested,
): Generator<Taken> {
  if (groups.some(({ kind }) => kind === 'lambda')) {
    yield { way, step: passed(groups, 'a function, which always takes calls') };
    return;
  }
  const unread = groups.find(({ targets }) => targets === undefined);
  const all = groups.flatMap((group) => (group.targets ?? []).map((target): Candidate => ({ group, target })));
  const zone = way.to.place?.subnet.zone;
  const usable = all.filter((one) => takesCalls(world, one) === 'pass');
  const near = usable.filter((one) => serves(world, balancer, one, zone) === 'pass');
  if (near.length > 0) {
    const where = zone === undefined || near.length === usable.length ? '' : ` for ${zone}`;
    yield { way, step: passed(groups, `${near.length} of ${all.length} targets healthy${where}`) };
    yield* reachable(world, balancer, near, way, nested);
    return;
  }
  const maybe = usable.filter((one) => serves(world, balancer, one, zone) === 'unknown');
  const open = all.filter(
    (one) => takesCalls(world, one) === 'unknown' && serves(world, balancer, one, zone) !== 'fail',
  );
  if (maybe.length > 0) yield { way, step: zoneUnknown(world, balancer, maybe, way.to) };
  else if (unread !== undefined) yield { way, step: healthUnread(world, unread) };
  else if (open.length > 0) yield { way, step: healthUnknown(world, open) };
  else {
    const here = all.filter((one) => serves(world, balancer, one, zone) !== 'fail');
    const sick = groups.flatMap((group) => answering(here.filter((one) => one.group === group)));
    if (sick.length === 0) {
      const isOpen = failsOpen(world.index, targetsOf(here));
      if (all.every((one) => takesCalls(world, one) === 'fail'))
        yield { way, step: nobodyHealthy(balancer, groups, all, isOpen) };
      else yield { way, step: nobodyInZone(balancer, groups, zone, isOpen) };
      return;
    }
    const unplaced = sick.filter((one) => serves(world, balancer, one, zone) === 'unknown');
    if (unplaced.length > 0) yield { way, step: zoneUnknown(world, balancer, unplaced, way.to) };
    else {
      const text = `no target healthy, ${sick.length} get calls all the same and answer`;
      yield { way, step: passed(groups, text) };
      yield* reachable(world, balancer, sick, way, nested);
    }
  }
}

function targetsOf(candidates: readonly Candidate[]): readonly GroupTarget[] {
  return candidates.map(({ target }) => target);
}

/** Those of a group's targets that get calls although none is healthy, and answer them. */
function answering(own: readonly Candidate[]): readonly Candidate[] {
  return answerThoughSick(targetsOf(own)) ? own.filter(({ target }) => mayGetCalls(target)) : [];
}

/** The way to the targets: the first that is reached, else the first of which nobody knows, else the first. */
function reachable(
  world: World,
  balancer: LoadBalancer,
  near: readonly Candidate[],
  way: Way,
  nested: Nested,
): readonly Taken[] {
  let worst: { readonly verdict: Verdict; readonly taken: readonly Taken[] } | undefined;
  for (const candidate of near) {
    const taken = [...backendSteps(world, balancer, candidate, way, nested)];
    const verdict = verdictOf(taken.map(({ step }) => step));
    if (verdict === 'pass') return taken;
    if (worst === undefined || (worst.verdict === 'fail' && verdict === 'unknown')) worst = { verdict, taken };
  }
  return worst?.taken ?? [];
}

/** `unavailable`: nobody checks its health, so that it counts as healthy, if it is known to run. */
function takesCalls({ index }: World, { group, target: { id, health } }: Candidate): Verdict {
  if (health === 'unavailable' && group.kind === 'instance' && listsInstances(index.region)) {
    const found = index.find('instances', id);
    if (found.is !== 'found') return 'unknown';
    return found.value.state === 'running' ? 'pass' : found.value.state === 'stopped' ? 'fail' : 'unknown';
  }
  if (health === 'healthy' || health === 'unavailable') return 'pass';
  return health === 'unknown' ? 'unknown' : 'fail';
}

/** On AWS backends are known by their interfaces, and no snapshot lists instances. */
function listsInstances({ provider, instances }: World['index']['region']): boolean {
  return provider !== 'aws' || instances !== undefined;
}

function serves(
  world: World,
  { crossZone }: LoadBalancer,
  { group, target }: Candidate,
  zone: string | undefined,
): Verdict {
  // Where the group's own setting could not be read, that of the load balancer may not be the one that holds.
  const unread = group.crossZone === undefined && world.index.missing('targetGroups', group.id) !== undefined;
  const crosses = unread ? undefined : (group.crossZone ?? crossZone);
  if (crosses === true || target.zone === 'all') return 'pass';
  const zones = target.zone === undefined ? zonesOf(world, group, target) : [target.zone];
  if (zones === undefined || zone === undefined) return 'unknown';
  if (zones.includes(zone)) return 'pass';
  return crosses === undefined ? 'unknown' : 'fail';
}

/** The zones that a target stands in, by its interfaces or address. */
function zonesOf(world: World, { kind, networkId }: TargetGroup, { id }: GroupTarget): readonly string[] | undefined {
  if (kind === 'load-balancer') {
    const found = world.index.find('loadBalancers', id);
    return found.is === 'found' ? found.value.zones : undefined;
  }
  const own =
    kind === 'instance'
      ? world.interfacesOf(id)
      : [networkId === undefined ? undefined : world.interfaceAt(networkId, id)].flatMap((one) => one ?? []);
  const zones = own.flatMap(({ subnetId }) => {
    const place = world.place(subnetId);
    return place.is === 'found' ? [place.value.subnet.zone] : [];
  });
  return zones.length === 0 ? undefined : zones;
}

function names(groups: readonly TargetGroup[]): string {
  return groups.map(({ name, id }) => name ?? id).join(', ');
}

function passed(groups: readonly TargetGroup[], text: string): Step {
  return {
    check: CHECK,
    hop: 'target health',
    verdict: 'pass',
    tell: () => ({ kind: 'target group', id: groups[0]?.id ?? '', text: `${names(groups)}: ${text}` }),
  };
}

function nobodyHealthy(
  { name }: LoadBalancer,
  groups: readonly TargetGroup[],
  all: readonly Candidate[],
  isOpen: boolean,
): Step {
  return {
    check: CHECK,
    hop: 'target health',
    verdict: 'fail',
    tell: () => {
      const states = all
        .slice(0, 3)
        .map(({ target: { id, health, reason } }) => `${id} ${health}${reason === undefined ? '' : ` (${reason})`}`);
      const text =
        all.length === 0 ? 'no targets' : states.join(', ') + (all.length > 3 ? ` and ${all.length - 3} more` : '');
      return {
        kind: 'target group',
        id: groups[0]?.id ?? '',
        text,
        code: all.length === 0 ? 'ELBV2_LISTENER_HAS_NO_TG' : 'NO_POSSIBLE_DESTINATION',
        because:
          all.length === 0
            ? `${names(groups)} has no targets`
            : `no target of ${names(groups)} is healthy: ${text}${isOpen ? `; ${name} hands calls to them all the same` : ''}`,
        remedy:
          all.length === 0
            ? `Register a target with ${names(groups)}.`
            : `Make a target of ${names(groups)} pass its health check.`,
      };
    },
  };
}

function nobodyInZone(
  { name }: LoadBalancer,
  groups: readonly TargetGroup[],
  zone: string | undefined,
  isOpen: boolean,
): Step {
  return {
    check: CHECK,
    hop: 'zone',
    verdict: 'fail',
    tell: () => ({
      kind: 'target group',
      id: groups[0]?.id ?? '',
      text: `no healthy target in ${zone ?? 'the zone'}, cross-zone off`,
      code: 'ELBV2_NO_TARGETS_IN_AZ',
      because: `no target of ${names(groups)} in ${zone ?? 'the zone'} is healthy, and ${name} does not balance across zones${isOpen ? ': it hands calls to sick ones' : ''}`,
      remedy: `Switch cross-zone load balancing of ${name} on, or register a healthy target in ${zone ?? 'each zone'}.`,
    }),
  };
}

function healthUnread(world: World, { id }: TargetGroup): Step {
  const missing: Missing = world.index.missing('targetGroups', id) ?? {
    what: `the health of the targets of ${id}`,
    remedy: 'Take the snapshot again with credentials that may read target health.',
  };
  return unknownStep(CHECK, 'target health', { kind: 'target group', id }, missing);
}

function healthUnknown(world: World, open: readonly Candidate[]): Step {
  const [first] = open;
  const ids = open.map(({ target }) => target.id);
  // Where nobody checks the health of a machine, whether it runs stands with the machine.
  const missing = refusedOr(world.index, 'instances', first?.target.id, {
    what: `the state of ${ids.slice(0, 3).join(', ')}`,
    remedy: 'Look at the health of the targets in the console of the cloud.',
  });
  return unknownStep(
    CHECK,
    'target health',
    { kind: 'target group', id: first?.group.id ?? '' },
    refusedOr(world.index, 'targetGroups', first?.group.id, missing),
  );
}

function zoneUnknown(
  { index }: World,
  { id, name }: LoadBalancer,
  maybe: readonly Candidate[],
  { place, unplaced }: End,
): Step {
  // Where it is not known in which zone calls come in, nothing else is to be asked.
  if (unplaced !== undefined) return unknownStep(CHECK, 'zone', { kind: 'load balancer', id }, unplaced);
  const zone = place?.subnet.zone;
  const which = maybe
    .map(({ target }) => target.id)
    .slice(0, 3)
    .join(', ');
  const unread: Missing = {
    what: `whether ${name} hands calls of ${zone ?? 'its zones'} to ${which}`,
    remedy:
      'Take the snapshot again with credentials that may read attributes of load balancers and network interfaces.',
  };
  // Cross-zone balancing stands with the load balancer and with the group, the zone of a target with its interface.
  const ofGroup = refusedOr(
    index,
    'targetGroups',
    maybe[0]?.group.id,
    refusedOr(index, 'interfaces', undefined, unread),
  );
  const nested = maybe.find(({ group }) => group.kind === 'load-balancer');
  const ofTarget = nested === undefined ? ofGroup : refusedOr(index, 'loadBalancers', nested.target.id, ofGroup);
  return unknownStep(CHECK, 'zone', { kind: 'load balancer', id }, refusedOr(index, 'loadBalancers', id, ofTarget));
}
