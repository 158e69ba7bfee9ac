import { returnReasons } from './reasons/route.js';
import { ACL_BACK_IN, ACL_BACK_OUT, ACL_IN, ACL_OUT, aclAt, type AclAt } from './acls/acl-entries.js';
import { aclStep } from './acls/network-acl.js';
import { failStep, type End, unknownStep, type PathStep, type Way, type TracedStep } from './model/step.js';
import type { SubnetPlace } from './model/world.js';
import type { References } from './groups/judge.js';
import { routeTo } from './routes/route.js';
import { groupStep } from './groups/security-group.js';
import { onReturnPath } from './reasons/reason.js';
import type { Missing } from '../../do/world/views.js';
import type { Arrival, Gates } from './routes/arrival.js';

/** A path from one end to another, whose network is known. */
export interface Segment {
  readonly way: Way;
  /** The caller that the receiver sees, where that is not the sender: a load balancer may preserve its caller's address. */
  readonly seen?: End | undefined;
  /** The destination of the routes; undefined where the sender is outside the user's networks. */
  readonly arrival: Arrival | undefined;
}

/**
 * The call itself, hop by hop: the sender's groups and network ACL, the routes, the receiver's network ACL and groups. Steps are
 * requested one by one, so that nothing is computed after a stop.
 */
export function* callSteps({ way, seen = way.from, arrival }: Segment): Generator<TracedStep> {
  const { from, to, port } = way;
  const inside = isInside(from, to, arrival);
  if (from.groups !== undefined && from.place !== undefined) {
    const references = referencesOf(arrival, 'out');
    yield { way, step: groupStep('out', from.groups, to, { port, references, lists: from.place.world }) };
  }
  if (!inside) yield* edge(ACL_OUT, from, to, way);
  if (arrival !== undefined) {
    for (const step of arrival.steps) yield { way, step };
    if (arrival.at === undefined) return;

    yield* gateSteps(arrival.gates, way, to.place, CALL);
  }
  if (arrival?.at?.kind === 'hidden') {
    const check = arrival.steps.at(-1)?.check ?? 'path/route';
    yield { way, step: unknownStep(check, 'far side', { kind: 'address', id: to.text }, arrival.at.missing) };
    return;
  }

  const entering: Way = seen === from ? way : { from: seen, to, port };
  if (!inside && !isGate(arrival?.gates, to.place)) yield* edge(ACL_IN, to, seen, entering);
  const world = to.place?.world ?? from.place?.world;
  if (to.groups !== undefined && world !== undefined) {
    const references = referencesOf(arrival, 'in');
    yield { way: entering, step: groupStep('in', to.groups, seen, { port, references, lists: world }) };
  }
}

/** The return path of the answer, as far as it is stateless: network ACLs and routes. */
export function* answerSteps({ way, seen = way.from, arrival }: Segment): Generator<TracedStep> {
  const { from, to } = way;
  if (isInside(from, to, arrival)) return;

  yield* edge(ACL_BACK_OUT, to, seen, seen === from ? way : { ...way, from: seen });
  // Without its subnet, its routes are unknown; where it is behind a network ACL, that was reported above.
  if (to.place === undefined && to.unplaced !== undefined && !to.behindNetworkAcl && from.place !== undefined) {
    const what = { kind: 'address', id: to.text };
    yield { way, step: unknownStep('path/return', 'route, answer', what, to.unplaced) };
  }
  const back = to.place === undefined || from.place === undefined ? undefined : routeTo(to.place, from);
  if (back !== undefined) {
    const reverse: Way = { from: to, to: from, port: way.port };
    for (const step of back.steps) yield { way: reverse, step: asAnswer(step) };
    if (back.at === undefined) return;

    const { at } = back;
    if (at.kind !== 'network') {
      // The rest of its path is not in the snapshot: whether it arrives is unknown.
      const missing = at.kind === 'hidden' ? at.missing : notSentBack(at.behind, from, to);
      const what = { kind: 'address', id: from.text };
      yield { way: reverse, step: unknownStep('path/return', 'far side, answer', what, missing) };
    } else if (at.networkId !== from.networkId) yield { way, step: misrouted(at.networkId) };
    yield* gateSteps(back.gates, way, from.place, ANSWER);
  }
  const gates = back?.gates ?? arrival?.gates;
  // From outside the cloud, answers also pass through the router's subnet.
  if (back === undefined && gates !== undefined && gates.near !== from.place) {
    yield { way, step: aclStep(ANSWER.far, gates.near, from, way.port) };
  }
  if (!isGate(gates, from.place)) yield* edge(ACL_BACK_IN, from, to, way);
}

/** Network ACLs and routes do not apply to traffic within one subnet. */
function isInside(from: End, to: End, arrival: Arrival | undefined): boolean {
  return from.place !== undefined && from.place === to.place && arrival?.gates === undefined;
}

function* edge(at: AclAt, own: End, other: End, way: Way): Generator<TracedStep> {
  if (!own.behindNetworkAcl) return;

  if (own.place !== undefined) yield { way, step: aclStep(at, own.place, other, way.port) };
  else if (own.networkId !== undefined) {
    const missing = own.unplaced ?? {
      what: `the subnet of ${own.text}`,
      remedy: 'Take the snapshot again with credentials that may read subnets.',
    };
    yield { way, step: unknownStep(at.check, at.hop, { kind: 'address', id: own.text }, missing) };
  }
}

interface GateSide {
  readonly near: AclAt;
  readonly far: AclAt;
  /** The end that the packet goes to, as named on the path of the call. */
  readonly to: 'from' | 'to';
}

const CALL: GateSide = {
  near: aclAt('call', 'network ACL in, transit gateway', 'in', 'to'),
  far: aclAt('call', 'network ACL out, transit gateway', 'out', 'from'),
  to: 'to',
};
const ANSWER: GateSide = {
  near: aclAt('answer', 'network ACL in, transit gateway, answer', 'in', 'from'),
  far: aclAt('answer', 'network ACL out, transit gateway, answer', 'out', 'to'),
  to: 'from',
};

/**
 * The network ACLs of a router's own subnets: into its subnet from the sender, out of it to the receiver; none between it and a
 * receiver in its subnet.
 * @see https://docs.aws.amazon.com/vpc/latest/tgw/tgw-nacls.html
 */
function* gateSteps(
  gates: Gates | undefined,
  way: Way,
  last: SubnetPlace | undefined,
  side: GateSide,
): Generator<TracedStep> {
  if (gates === undefined) return;

  const [sender, receiver] = side.to === 'to' ? [way.from, way.to] : [way.to, way.from];
  yield { way, step: aclStep(side.near, gates.near, sender, way.port) };
  for (const gate of gates.far) {
    if (gate !== last) yield { way, step: aclStep(side.far, gate, receiver, way.port) };
  }
}

function isGate(gates: Gates | undefined, place: SubnetPlace | undefined): boolean {
  return gates !== undefined && place !== undefined && (gates.near === place || gates.far.includes(place));
}

function referencesOf(arrival: Arrival | undefined, direction: 'in' | 'out'): References {
  return arrival === undefined ? 'lost' : arrival.references[direction];
}

function asAnswer(step: PathStep): PathStep {
  return {
    ...step,
    check: 'path/return',
    hop: `${step.hop}, answer`,
    describe: (way) => onReturnPath(step.describe(way)),
  };
}

/** The routes of the receiver send answers out of the cloud, although the caller is inside. */
function notSentBack(behind: string, from: End, to: End): Missing {
  return {
    what: `the routing of answers to ${from.text} behind ${behind}`,
    remedy: `Route ${from.text} back to ${from.networkId ?? 'its network'} in the route table of ${to.text}.`,
  };
}

function misrouted(networkId: string): PathStep {
  return failStep('path/return', 'route, answer', ({ from, to }) => ({
    kind: 'network',
    id: networkId,
    text: `the answer arrives in ${networkId}`,
    code: 'DISCONNECTED_VPCS',
    ...returnReasons.ANSWER_ASTRAY({ to: to.text, from: from.text, reached: networkId, network: from.networkId }),
  }));
}
