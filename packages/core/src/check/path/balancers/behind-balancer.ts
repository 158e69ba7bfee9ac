import { madeOnce } from '../../../do/world/derived.js';
import type { GroupTarget, LoadBalancer } from '../../../do/model/load-balancer.js';
import {
  type End,
  unknownStep,
  type PathStep,
  type Way,
  isStopped,
  verdictOn,
  type TracedStep,
} from '../model/step.js';
import { ACL_BACK_OUT, ACL_IN } from '../acls/acl-entries.js';
import { aclStep } from '../acls/network-acl.js';
import { refusedOr } from '../../../do/world/index/gap-facts.js';
import type { Missing } from '../../../do/world/views.js';
import type { AddressOwner } from '../sources/owners.js';
import { balancerEnds } from '../sources/balancer-ends.js';
import { SLB_ADDRESS_SPACE, serverGroupStep } from '../groups/security-group.js';
import { spanText } from '../model/span.js';
import type { Candidate, Nested } from './balancers.js';
import { keptByInterface, losesClients, CHECK, lost, endOf } from './member-ends.js';
import { endpointSteps } from './endpoint.js';
import { crossesZones } from './target-zones.js';
import type { World } from '../model/world.js';
import { between, seenFrom, asBackend } from './backend-segment.js';

/**
 * The path from a load balancer to one of its targets: its own groups and network ACL, its subnet's routes, the target's filters, and
 * the return path. The target sees the caller's address where the group preserves it.
 */
export function* backendSteps(
  world: World,
  balancer: LoadBalancer,
  candidate: Candidate,
  way: Way,
  nested: Nested,
): Generator<TracedStep> {
  const { group, target } = candidate;
  const port = target.port ?? group.port;
  if (port === undefined) {
    yield { way, step: lost(target.id, `the port of ${target.id}`) };
    return;
  }

  const called: Way = { ...way, port };
  const steps = (preserves: boolean) => stepsSeen(world, balancer, candidate, called, preserves, nested);
  // Calls over PrivateLink begin at the load balancer's own address, and no setting preserves another one.
  const preserves = way.from === way.to ? false : group.preservesClientAddress;
  yield* preserves === undefined ? eitherWay(world, candidate, called, steps) : steps(preserves);
}

/** The path of a health check to a target: to its own port, if the group has one, and always from the load balancer's address. */
export function healthSteps(
  world: World,
  balancer: LoadBalancer,
  candidate: Candidate,
  way: Way,
): Iterable<TracedStep> {
  const { group, target } = candidate;
  const port = group.healthCheck?.port ?? target.port ?? group.port;
  if (port === undefined) return [];

  return stepsSeen(world, balancer, candidate, { ...way, port }, false, () => []);
}

/** The path to a target, by whether it sees the caller's address or the load balancer's. */
function stepsSeen(
  world: World,
  balancer: LoadBalancer,
  candidate: Candidate,
  way: Way,
  preserves: boolean,
  nested: Nested,
): Iterable<TracedStep> {
  const { group, target } = candidate;
  if (group.kind === 'load-balancer') return nestedSteps(world, balancer, candidate, way, preserves, nested);
  if (balancer.behindNetworkAcl === false) return fromOutside(world, target, way, preserves);

  // Where targets do not see the caller, the path is the same for all callers, and for all listeners that forward to them.
  return preserves
    ? backendWay(world, candidate, way, seenFrom(way.from, way.to, true), endOf(world, candidate, way.to), nested)
    : sharedWay(world, candidate, way, nested);
}

/**
 * The address that targets see depends on the group's setting, and the setting was not read: only what holds for both
 * settings is reported. Both are reported as seen by the caller, because the answer depends on the caller.
 */
function* eitherWay(
  world: World,
  { group, target }: Candidate,
  way: Way,
  steps: (preserves: boolean) => Iterable<TracedStep>,
): Generator<TracedStep> {
  const [kept, own] = [[...steps(true)], [...steps(false)]];
  const [verdict, other] = [kept, own].map(verdictOn);
  if (verdict === 'pass' && other === 'pass') {
    yield* kept;
    return;
  }

  const { id, name = id } = group;
  const stop = [...kept, ...own].find(({ step }) => step.verdict === 'fail');
  const setting = verdict === 'fail' ? 'on' : 'off';
  const unread: Missing = {
    what: `client IP preservation of ${name}`,
    remedy: 'Take the snapshot again with credentials that may read attributes of target groups.',
  };
  const missing = refusedOr(world.index, 'targetGroups', id, unread);
  const aside =
    missing !== unread || verdict === other || stop === undefined
      ? undefined
      : () => ({ setting, stop: stop.step.describe(stop.way) }) as const;
  const what = { kind: 'target group', id };
  const from = seenFrom(way.from, way.to, true);
  yield { way: { ...way, from }, step: unknownStep(CHECK, `load balancer to ${target.id}`, what, missing, aside) };
  // The call is blocked in both cases, so the failure is certain.
  if (verdict === 'fail' && other === 'fail') yield* own;
}

function sharedWay(world: World, candidate: Candidate, way: Way, nested: Nested): readonly TracedStep[] {
  const { group, target } = candidate;
  const { port } = way;
  const own = madeOnce(world, 'ways behind load balancers', way.to, () => new Map<string, readonly TracedStep[]>());
  const key = `${group.kind} ${port} ${target.id}`;
  const known = own.get(key);
  if (known !== undefined) return known;

  const owned = endOf(world, candidate, way.to);
  const made = [...backendWay(world, candidate, { ...way, from: way.to }, way.to, owned, nested)];
  // The handling by a load balancer behind it depends on the call.
  if ('check' in owned || (owned.balancer ?? owned.endpoint) === undefined) own.set(key, made);
  return made;
}

/** The path to an address or an instance, and through a load balancer that has the address. */
function* backendWay(
  world: World,
  { target: { id } }: Candidate,
  way: Way,
  seen: End,
  owned: AddressOwner | PathStep,
  nested: Nested,
): Generator<TracedStep> {
  if ('check' in owned) {
    yield { way, step: owned };
    return;
  }

  const { end, balancer, endpoint, doubt } = owned;
  const called: Way = { from: seen, to: end, port: way.port };
  if (seen !== way.to && losesClients(owned)) {
    yield { way: called, step: keptByInterface(id, end) };
    return;
  }

  const taken = [...between(way.to, seen, end, way.port, id)];
  yield* taken;
  if (isStopped(taken)) return;

  if (doubt !== undefined) yield { way: called, step: asBackend(doubt, id) };
  if (balancer !== undefined) yield* nested(balancer, called);
  if (endpoint !== undefined) yield* endpointSteps(end.place?.world ?? world, endpoint, called, nested);
}

/**
 * Routes do not apply to load balancers outside the user's subnets; the target's network ACL does, and its
 * groups may see a preserved client.
 */
function* fromOutside(world: World, { id }: GroupTarget, way: Way, preserves: boolean): Generator<TracedStep> {
  const [own] = world.interfacesOf(id);
  const found = world.index.region.instances === undefined ? undefined : world.index.find('instances', id);
  const subnetId = own?.subnetId ?? (found?.is === 'found' ? found.value.subnetId : undefined);
  const place = subnetId === undefined ? undefined : world.place(subnetId);
  if (place?.is !== 'found') {
    const missing = place?.is === 'unknown' ? place.missing : undefined;
    yield { way, step: lost(id, `the subnet of ${id}`, missing ?? world.index.missing('instances', id)) };
    return;
  }

  const from: End = preserves
    ? way.from
    : {
        text: `${way.to.owner ?? way.to.text} (${spanText(SLB_ADDRESS_SPACE)})`,
        span: SLB_ADDRESS_SPACE,
        behindNetworkAcl: false,
      };
  const groups = world.groupSet(own?.securityGroupIds ?? (found?.is === 'found' ? found.value.securityGroupIds : []));
  const to: End = {
    text: id,
    span: place.value.spans[0] ?? SLB_ADDRESS_SPACE,
    place: place.value,
    groups,
    behindNetworkAcl: true,
  };
  const seen: Way = { from, to, port: way.port };
  yield { way: seen, step: asBackend(aclStep(ACL_IN, place.value, from, way.port), id) };
  const dropped = preserves ? serverGroupStep(world, from, to, way.port) : undefined;
  if (dropped !== undefined) yield { way: seen, step: asBackend(dropped, id) };
  yield { way: seen, step: asBackend(aclStep(ACL_BACK_OUT, place.value, from, way.port), id) };
}

/** A load balancer behind another gets calls at each of its addresses. */
function* nestedSteps(
  world: World,
  balancer: LoadBalancer,
  { group, target: { id } }: Candidate,
  way: Way,
  preserves: boolean,
  nested: Nested,
): Generator<TracedStep> {
  const node = way.to;
  const found = world.index.find('loadBalancers', id);
  if (found.is !== 'found') {
    const missing =
      found.is === 'unknown' ? found.missing : { what: `load balancer ${id}`, remedy: 'Take the snapshot again.' };
    yield { way, step: unknownStep(CHECK, 'load balancer', { kind: 'load balancer', id }, missing) };
    return;
  }

  const all = balancerEnds(world, found.value);
  const crosses = crossesZones(world, balancer, group);
  const ends = calledEnds(all, way.to, crosses);
  if (ends.length === 0) {
    yield { way, step: lost(id, `the addresses of ${found.value.name}`, world.index.missing('interfaces')) };
    return;
  }

  const seen = seenFrom(way.from, node, preserves);
  const follow = (end: End): readonly TracedStep[] => {
    const taken = [...between(node, seen, end, way.port, found.value.name)];
    return isStopped(taken) ? taken : [...taken, ...nested(found.value, { from: seen, to: end, port: way.port })];
  };
  const ways = ends.map(follow);
  const verdicts = ways.map(verdictOn);
  yield* ways[verdicts.indexOf('fail')] ?? ways[verdicts.indexOf('unknown')] ?? ways[0] ?? [];
  if (crosses !== undefined || verdicts.includes('fail')) return;

  const far = all.filter((end) => !ends.includes(end) && verdictOn(follow(end)) !== 'pass');
  if (far.length > 0) yield { way: { ...way, from: seen }, step: lost(id, `the use of ${far[0]?.text ?? id}`) };
}

/**
 * The addresses of a load balancer behind another that are certainly called: those of the zone of the calls, where cross-zone load
 * balancing may be off; else all.
 */
function calledEnds(all: readonly End[], { place }: End, crosses: boolean | undefined): readonly End[] {
  if (crosses === true || place === undefined) return all;

  const near = all.filter((end) => end.place?.subnet.zone === place.subnet.zone);
  return near.length > 0 ? near : all;
}
