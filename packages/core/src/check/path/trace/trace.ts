import { calledTargetReasons } from '../reasons/load-balancer.js';
import { routeReasons } from '../reasons/route.js';
import type { LinkSpec } from '../../../do/spec.js';
import type { CheckInput, Missing } from '../../../do/world/views.js';
import type { Call } from '../listener-rules/calls.js';
import { admittedStep } from '../routes/accessible-blocks.js';
import type { Destination, Destinations } from '../balancers/destinations.js';
import {
  failStep,
  type End,
  unknownStep,
  type PathStep,
  type Way,
  createTrace,
  type TracedStep,
  type PathTrace,
} from '../model/step.js';
import { unknownGroups } from '../model/group-set.js';
import { answerSteps, callSteps, type Segment } from '../segment.js';
import { balancerSteps } from '../balancers/load-balancer.js';
import { withFlowLog } from './flow-log.js';
import { outsideSteps } from '../routes/outside.js';
import { endpointSteps } from '../balancers/endpoint.js';
import type { Nested } from '../balancers/balancers.js';
import { linkIpv6 } from '../sources/link-source.js';
import { ownerOf, type AddressOwner } from '../sources/owners.js';
import { privateLinkSteps, serviceEnd } from '../balancers/private-link.js';
import { remoteAnswer, type ReturnPaths } from '../routes/return-path.js';
import { routeTo } from '../routes/route.js';
import { sourcesOf } from '../sources/sources.js';
import { callsFrom, type Caller } from '../sources/caller.js';
import { spanText } from '../model/span.js';
import type { Arrival } from '../routes/arrival.js';
import type { World } from '../model/world.js';
import { linkReasons } from '../reasons/link.js';
import type { Link } from '../../../do/model/link.js';
import type { Verdict } from '../../../do/findings/finding.js';

/** The facts that a trace depends on, besides the snapshot. */
export interface TraceContext {
  readonly world: World;
  readonly caller: Caller;
  /** The link as declared, where it is. */
  readonly spec?: LinkSpec | undefined;
  readonly returns: ReturnPaths;
  /** The known calls; undefined: any call. */
  readonly calls?: readonly Call[] | undefined;
  /** Called with the facts of the spec's `assume` that verdicts depend on. */
  readonly assumed?: CheckInput['assumed'] | undefined;
  /** Whether a trace continues after a step that stops it. */
  readonly throughout?: true | undefined;
}

/**
 * Every trace from a link to a target: from each source of its calls to each address and port. Hops are in
 * path order. The first hop that stops a trace ends it.
 */
export function tracesTo(context: TraceContext, { ends, trouble }: Destinations): readonly PathTrace[] {
  const { world, caller } = context;
  const start = startStep(caller);
  const nowhere: Way = { from: emptyEnd(`link ${caller.name}`), to: emptyEnd('the target'), port: 0 };
  // The source and the destination of calls are separate facts: report both where both are unknown.
  const unknownEnds = ends.length === 0 ? [...sourcesOf(world, caller, 4).trouble, ...trouble] : trouble;
  const traces = unknownEnds.map((step) =>
    createTrace(nowhere.from.text, nowhere.to.text, [...begin(start, nowhere), { step, way: nowhere }], false),
  );
  for (const destination of ends) {
    if (callsFrom(world.index.clouds, caller) === 'load balancer') {
      const from = serviceEnd(world, caller, destination);
      const steps = privateLinkSteps(world, caller, destination, context);
      const begun = begin(start, { from, to: destination.end ?? from, port: destination.port });
      traces.push(createTrace(from.text, destination.text, [...begun, ...steps], true));
      continue;
    }

    const { ends: from, trouble: gone } = sourcesOf(world, caller, destination.span.family);
    const way: Way = { ...nowhere, to: bare(destination), port: destination.port };
    for (const step of gone)
      traces.push(createTrace(way.from.text, destination.text, [...begin(start, way), { step, way }], false));
    for (const source of from) {
      const one = trace(context, start, source, destination);
      // What a plan, or a move, changes is not in a flow log.
      traces.push(context.throughout === true ? one : withFlowLog(world, caller, one, source, destination));
    }
  }
  return traces;
}

function begin(start: PathStep | undefined, way: Way): readonly TracedStep[] {
  return start === undefined ? [] : [{ step: start, way }];
}

function trace(context: TraceContext, start: PathStep | undefined, from: End, destination: Destination): PathTrace {
  const taken: TracedStep[] = [];
  const steps = hops(context, start, from, destination);
  for (let next = steps.next(); ; next = steps.next()) {
    if (next.done === true) {
      const newTrace = createTrace(from.text, destination.text, taken, next.value === 'whole');
      return context.throughout === true ? { ...newTrace, taken } : newTrace;
    }

    taken.push(next.value);
    if (next.value.step.verdict === 'fail' && context.throughout !== true) {
      return createTrace(from.text, destination.text, taken, true);
    }
  }
}

/** All steps of a trace; `cut` where the rest of the path is unknown. */
function* hops(
  context: TraceContext,
  start: PathStep | undefined,
  from: End,
  destination: Destination,
): Generator<TracedStep, 'whole' | 'cut'> {
  const { world, caller, spec, returns, calls, assumed } = context;
  const { port, span } = destination;
  const to = destination.end ?? bare(destination);
  const way: Way = { from, to, port };
  if (start !== undefined) yield { step: start, way };
  if (span.family === 6) yield { step: linkIpv6(world, caller), way };
  const admitted = admittedStep(world, caller, spec, span);
  if (admitted !== undefined) yield { step: admitted, way };
  const arrival = from.place === undefined ? undefined : routeTo(from.place, to);
  if (arrival !== undefined && from.place !== undefined) {
    for (const step of outsideSteps(from.place, arrival, to)) yield { step, way };
  }
  const owned = whose(context, destination, arrival);
  if ('check' in owned) {
    yield* callSteps({ way, arrival });
    yield { step: owned, way };
    return 'cut';
  }

  const segment: Segment = { way: { from, to: owned.end, port }, arrival };
  let isLost = false;
  for (const one of callSteps(segment)) {
    yield one;
    isLost = one.step.verdict !== 'pass' && one.step.hop === 'far side';
  }
  if (owned.doubt !== undefined) yield { step: owned.doubt, way };
  if (isLost || (arrival !== undefined && arrival.at === undefined)) return 'cut';
  if (arrival?.at?.kind === 'remote') {
    yield { step: remoteAnswer(returns, arrival.at.behind, to, from), way };
    yield* answerSteps(segment);
    return 'whole';
  }

  const balancer = destination.balancer ?? (owned.balancer && { balancer: owned.balancer, listenerId: undefined });
  const arrivedIn = arrival?.at?.kind === 'network' ? arrival.at.world : world;
  const { endpoint } = owned;
  if (endpoint !== undefined) {
    const behind: Nested = (called, at, of = arrivedIn) =>
      balancerSteps(of, { balancer: called, listenerId: undefined, calls, assumed }, at);
    yield* endpointSteps(arrivedIn, endpoint, segment.way, behind);
  }
  if (balancer !== undefined) yield* balancerSteps(arrivedIn, { ...balancer, calls, assumed }, segment.way);
  yield* answerSteps(segment);
  return 'whole';
}

/**
 * The owner of the called address, where the routes go; a step where the address is unused, or where its
 * owner is unknown.
 */
function whose(
  { world }: TraceContext,
  destination: Destination,
  arrival: Arrival | undefined,
): (AddressOwner & { readonly doubt?: PathStep | undefined }) | PathStep {
  const { end, networkId, span } = destination;
  const at = arrival?.at;
  if (arrival !== undefined && at?.kind !== 'network') {
    if (end !== undefined || at?.kind === 'remote') return { end: end ?? bare(destination) };

    const missing = at?.missing ?? {
      what: `the owner of ${spanText(span)}`,
      remedy: 'Check the hop that is not known.',
    };
    return { end: { ...bare(destination), groups: unknownGroups(missing) } };
  }

  const reached = at?.kind === 'network' ? at.networkId : networkId;
  if (end !== undefined) {
    if (reached === undefined || end.networkId === undefined || reached === end.networkId) return { end };

    return elsewhere(reached, end.networkId);
  }
  if (reached === undefined) {
    const missing = {
      what: `the network of ${spanText(span)}`,
      remedy: 'Declare an instance as the target, or authorize the address in its network.',
    };
    return unknownStep(undefined, 'target', { kind: 'address', id: spanText(span) }, missing);
  }

  const arrivedIn = at?.kind === 'network' ? at.world : world;
  const owner = ownerOf(arrivedIn, reached, span);
  if (owner === 'unused') return addressUnused(spanText(span), reached);
  if ('end' in owner) return owner;

  const place = arrivedIn.placeOf(reached, span);
  const unknownEnd: End = { ...bare(destination), networkId: reached, place, groups: unknownGroups(owner) };
  // Where a read was refused, the address may also be unused.
  const doubt = owner.failed === true ? ownerUnknown(spanText(span), owner) : undefined;
  return { end: unknownEnd, doubt };
}

function bare({ span, networkId }: Destination): End {
  return { text: spanText(span), span, networkId, behindNetworkAcl: true };
}

function emptyEnd(text: string): End {
  return { text, span: { family: 4, start: 0, end: 0 }, behindNetworkAcl: false };
}

function elsewhere(reached: string, networkId: string): PathStep {
  return failStep('path/route', 'route', ({ to }) => ({
    kind: 'network',
    id: reached,
    text: `the routes lead to ${reached}`,
    code: 'DISCONNECTED_VPCS',
    ...routeReasons.LINK_ROUTES_ELSEWHERE({ to: to.text, network: networkId, reached }),
  }));
}

function ownerUnknown(address: string, missing: Missing): PathStep {
  return unknownStep('path/route', 'target', { kind: 'address', id: address }, missing);
}

function addressUnused(address: string, networkId: string): PathStep {
  return failStep('path/route', 'target', () => ({
    kind: 'address',
    id: address,
    text: `not in use in ${networkId}`,
    code: 'NO_POSSIBLE_DESTINATION',
    ...calledTargetReasons.ADDRESS_UNUSED({ address, network: networkId, isRegistered: false }),
  }));
}

const VERDICTS: Readonly<Record<Link['state'], Verdict>> = {
  ready: 'pass',
  pending: 'unknown',
  inactive: 'fail',
  failed: 'fail',
  deleting: 'fail',
  unknown: 'unknown',
};

/** The first step of a trace: the state of the link, or that it is unknown; undefined where the link is known not to exist yet. */
function startStep({ name, link, unseen }: Pick<Caller, 'name' | 'link' | 'unseen'>): PathStep | undefined {
  if (link !== undefined) return linkStep(link);

  return unseen && unknownStep('path/link', 'link', { kind: 'link', id: name }, unseen);
}

/**
 * Whether a link carries calls at all.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-vpc-links.html
 */
function linkStep({ id, state, nativeState, reason }: Link): PathStep {
  const verdict = VERDICTS[state];
  return {
    check: 'path/link',
    hop: 'link',
    verdict,
    describe: () => ({
      kind: 'link',
      id,
      text: nativeState,
      ...(verdict === 'pass'
        ? {}
        : {
            ...(verdict === 'fail' ? { code: 'BAD_STATE' } : {}),
            ...linkReasons.LINK_STATE({ link: id, state, nativeState, reason }),
          }),
    }),
  };
}
