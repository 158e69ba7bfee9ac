import type { Endpoint, EndpointService } from '../../../do/model/routing.js';
import type { LoadBalancer } from '../../../do/model/load-balancer.js';
import { refusedOr } from '../../../do/world/index/gap-facts.js';
import type { Missing } from '../../../do/world/views.js';
import { groupStep } from '../groups/security-group.js';
import {
  contradicted,
  failStep,
  passStep,
  unknownStep,
  verdictOn,
  warnStep,
  type End,
  type PathStep,
  type TracedStep,
  type Way,
} from '../model/step.js';
import type { World } from '../model/world.js';
import { evidenceReasons } from '../reasons/evidence.js';
import { endpointReasons } from '../reasons/load-balancer.js';
import { balancerEnds } from '../sources/balancer-ends.js';
import type { Nested } from './balancers.js';

const CHECK = 'path/endpoint';
const HOP = 'endpoint';

/** A load balancer of a service, and one of its addresses. */
interface Node {
  readonly balancer: LoadBalancer;
  readonly end: End;
}

/**
 * The path behind an interface of an endpoint: the endpoint, its service, and a node of the service in the same zone, which forwards calls
 * with its own address. The service may be of another account, if the snapshot shows it.
 * @see https://docs.aws.amazon.com/vpc/latest/privatelink/create-endpoint-service.html
 */
export function* endpointSteps(world: World, endpoint: Endpoint, way: Way, nested: Nested): Generator<TracedStep> {
  const own = stateStep(endpoint);
  yield { way, step: own };
  if (own.verdict !== 'pass') return;

  const found = serviceOf(world, endpoint);
  if ('what' in found) {
    yield { way, step: unread(endpoint, found) };
    return;
  }

  const { at, service } = found;
  for (const step of serviceSteps(endpoint, service)) yield { way, step };
  if (service.state === 'deleted') return;

  const nodes = nodesOf(at, service);
  if ('what' in nodes) {
    yield { way, step: unread(endpoint, nodes) };
    return;
  }

  const zone = way.to.place?.subnet.zone;
  const near = nodes.filter(({ end }) => end.place?.subnet.zone === zone);
  if (zone === undefined || near.length === 0) {
    yield { way, step: zoneStep(endpoint, service, nodes, zone) };
    return;
  }

  // One of the load balancers in the zone gets all calls, which is not known: each has to accept them.
  const ways = near.map((node) => [...nodeSteps(at, endpoint, node, way, nested)]);
  const verdicts = ways.map(verdictOn);
  yield* ways[verdicts.indexOf('fail')] ?? ways[verdicts.indexOf('unknown')] ?? ways[0] ?? [];
}

/** The state of an endpoint, which calls wait for. */
function stateStep({ id, state, nativeState, serviceName }: Endpoint): PathStep {
  const what = { kind: 'endpoint', id };
  if (state === 'available')
    return passStep(CHECK, HOP, () => ({ ...what, text: `${nativeState}, to ${serviceName}` }));
  if (state === 'unknown') {
    const missing = { what: `the state of ${id} (${nativeState})`, remedy: `Check ${id} in the console of the cloud.` };
    return unknownStep(CHECK, HOP, what, missing);
  }

  return failStep(CHECK, HOP, () => ({
    ...what,
    text: `is ${nativeState}`,
    code: 'BAD_STATE',
    ...endpointReasons.ENDPOINT_STATE({ endpoint: id, nativeState, service: serviceName, state }),
  }));
}

/** The service of an endpoint, in the account and region that offers it. */
function serviceOf(
  world: World,
  { serviceName, id }: Endpoint,
): { readonly at: World; readonly service: EndpointService } | Missing {
  for (const at of [world, ...world.others()]) {
    if (at.index.region.provider !== world.index.region.provider) continue;

    const [service] = at.index.group('endpointServices', 'name', ({ name }) => [name]).get(serviceName) ?? [];
    if (service !== undefined) return { at, service };
  }
  return refusedOr(world.index, 'endpointServices', undefined, {
    what: `the service ${serviceName} behind ${id}`,
    remedy: `If another account owns ${serviceName}, add a snapshot of it (\`postern check --with FILE\`); otherwise check by hand that it answers.`,
  });
}

/** The service of an endpoint that is available. It accepted the endpoint, and a service with endpoints cannot be deleted. */
function* serviceSteps(
  { id: endpoint, privateDns, nativeState: accepted }: Endpoint,
  service: EndpointService,
): Generator<PathStep> {
  const { id, state, nativeState, privateDnsName, isNameVerified } = service;
  const what = { kind: 'endpoint service', id };
  if (state === 'deleted') {
    const why = endpointReasons.SERVICE_STATE({ service: id, nativeState });
    const stop = failStep(CHECK, HOP, () => ({ ...what, text: `is ${nativeState}`, code: 'BAD_STATE', ...why }));
    const facts = { endpoint, nativeState: accepted };
    yield contradicted(stop, (hop) => evidenceReasons.ENDPOINT_CONTRADICTS({ ...facts, stop: hop }));
  } else if (privateDns === true && privateDnsName !== undefined && isNameVerified === false) {
    const why = endpointReasons.NAME_NOT_VERIFIED({ service: id, name: privateDnsName, endpoint });
    yield warnStep(CHECK, HOP, () => ({ ...what, text: 'name not verified', ...why }));
  }
}

/** Each address of each load balancer of a service, or why they are not known. */
function nodesOf(at: World, { id, loadBalancerIds }: EndpointService): readonly Node[] | Missing {
  const nodes: Node[] = [];
  for (const balancerId of loadBalancerIds) {
    const found = at.index.find('loadBalancers', balancerId);
    const ends = found.is === 'found' ? balancerEnds(at, found.value) : [];
    if (found.is === 'found') for (const end of ends) nodes.push({ balancer: found.value, end });
    if (ends.length > 0) continue;

    const remedy = 'Take the snapshot of that account again with `postern snapshot`, which reads load balancers.';
    return found.is === 'unknown' ? found.missing : { what: `load balancer ${balancerId} of ${id}`, remedy };
  }
  return nodes;
}

/** A zone without a node. That calls are balanced across zones helps only nodes, as far as pages say. */
function zoneStep({ id }: Endpoint, { id: service }: EndpointService, nodes: readonly Node[], zone = ''): PathStep {
  const what = { kind: 'endpoint service', id: service };
  const zones = [...new Set(nodes.flatMap(({ end }) => end.place?.subnet.zone ?? []))];
  const remedy = `Check by hand that ${service} answers calls of ${id} in ${zone || 'its zone'}.`;
  if (
    zone === '' ||
    zones.length === 0 ||
    nodes.some(({ balancer, end }) => balancer.crossZone !== false || end.place === undefined)
  )
    return unknownStep(CHECK, HOP, what, {
      what: `the use of ${service}, with nodes in ${zones.join(', ')}, by ${id} in ${zone}`,
      remedy,
    });

  return failStep(CHECK, HOP, () => ({
    ...what,
    text: `has no node in ${zone}`,
    code: 'VPCE_SERVICE_NOT_INSTALLED_IN_AZ',
    ...endpointReasons.NO_NODE_IN_ZONE({ service, endpoint: id, zone, zones }),
  }));
}

/** What a load balancer does with calls of an endpoint. Its groups apply only if they are enforced, and then see the client itself. */
function* nodeSteps(
  at: World,
  endpoint: Endpoint,
  { balancer, end }: Node,
  way: Way,
  nested: Nested,
): Generator<TracedStep> {
  const { securityGroupIds, privateLinkEnforced, name, id } = balancer;
  const called: Way = { from: way.from, to: end, port: way.port };
  if (securityGroupIds.length > 0 && privateLinkEnforced !== false) {
    const step = groupStep('in', at.groupSet(securityGroupIds), way.from, {
      port: way.port,
      references: 'lost',
      lists: at,
    });
    const setting = {
      what: `the enforcement of the security groups of ${name} for PrivateLink`,
      remedy: `Check the security settings of ${name}.`,
    };
    if (step.verdict === 'fail' && privateLinkEnforced === undefined)
      yield {
        way: called,
        step: unknownStep(CHECK, HOP, { kind: 'load balancer', id }, at.index.missing('loadBalancers', id) ?? setting),
      };
    else yield { way: called, step: { ...step, check: CHECK, hop: `${HOP}: ${step.hop}` } };
    if (step.verdict === 'fail') return;
  }
  yield {
    way: called,
    step: passStep(CHECK, HOP, () => ({ kind: 'load balancer', id, text: `${end.text} for ${endpoint.id}` })),
  };
  yield* nested(balancer, { from: end, to: end, port: way.port }, at);
}

function unread({ id }: Endpoint, missing: Missing): PathStep {
  return unknownStep(CHECK, HOP, { kind: 'endpoint', id }, missing);
}
