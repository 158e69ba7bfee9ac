import { endpointsOf } from '../cloud-native/control/service.js';
import type { Destination } from '../../simulation/world/cloud.js';
import { answered, type Moment } from './answered.js';
import type { Connection, Finding } from '../connects/connection.js';
import { connects } from '../connects/connects.js';
import { meaningsOf, type Meaning } from './destinations.js';

/**
 * Whether a gateway instance, or a gateway of Cloud-native API Gateway, reaches everything that a destination means to it. Undefined for an instance
 * that does not exist. IDs differ from region to region.
 */
export function reaches(
  { alibaba, now, conditionAt }: Moment,
  linkId: string,
  to: Destination,
  port?: number,
): Connection | undefined {
  const ofGateway = reachedByGateway({ alibaba, now, conditionAt }, linkId, to, port);
  if (ofGateway) return ofGateway;

  const state = [...alibaba.regions.values()].find(({ cloudApi }) => cloudApi.instances.has(linkId));
  const link = state?.cloudApi.instances.get(linkId);
  if (!state || !link) return undefined;

  const asked = { alibaba, region: state.name, checks: conditionAt && { now, conditionAt } };
  const one = (meaning: Meaning): Connection => {
    if ('by' in meaning) return stopped(meaning);
    if ('address' in meaning) return connects(asked, linkId, meaning.address, meaning.port);

    const nobody: Finding = { by: 'domain', because: `No API group has the domain ${meaning.domain}.` };
    return answered({ alibaba, now }, linkId, meaning.domain) ?? stopped(nobody);
  };
  return together(meaningsOf({ state, link }, to, port).map(one));
}

/** What a gateway reaches: an address, or a service of its own, by its ID, at all of its endpoints. */
function reachedByGateway(
  { alibaba, now, conditionAt }: Moment,
  gatewayId: string,
  to: Destination,
  port: number | undefined,
): Connection | undefined {
  const state = [...alibaba.regions.values()].find(({ apig }) => apig.gateways.has(gatewayId));
  if (!state) return undefined;

  const asked = { alibaba, region: state.name, checks: conditionAt && { now, conditionAt } };
  const service = typeof to === 'string' ? undefined : state.apig.services.get(to.targetId);
  const places = service
    ? endpointsOf(alibaba, service)
    : [{ address: typeof to === 'string' ? to : to.targetId, port }];
  return together(places.map((place) => connects(asked, gatewayId, place.address, port ?? place.port)));
}

/** All are reached, or one that is not decides. */
function together(results: readonly Connection[]): Connection {
  const [first, ...more] = results;
  if (first === undefined) return { connects: true, by: 'target', because: 'It calls nothing in a VPC.', sources: [] };
  if (more.length === 0) return first;

  const lost = results.filter((result) => !result.connects);
  const deciding = lost.find(({ undecided }) => undecided === undefined) ?? lost[0] ?? first;
  return { ...deciding, sources: results.flatMap(({ sources }) => sources) };
}

function stopped(finding: Finding): Connection {
  return { connects: false, ...finding, sources: [] };
}
