import { calledTargetReasons } from '../reasons/called-target.js';
import type { End } from '../model/end.js';
import type { Missing } from '../../../do/world/views.js';
import { ownerOf, primaryInterface, type AddressOwner } from '../sources/owners.js';
import { firstFamily, instanceEnd, interfaceEnd } from '../sources/interface-end.js';
import { routeTo } from '../routes/route.js';
import { readSpan, spanText } from '../model/span.js';
import { unknownStep, type PathStep } from '../model/step.js';
import type { Candidate } from './candidate.js';
import type { World } from '../model/world.js';

export const CHECK = 'path/load-balancer';
const HOP = 'load balancer to target';

/** A fact that is needed to follow the path is missing. */
export function lost(id: string, what: string, missing?: Missing): PathStep {
  const remedy = 'Take the snapshot again with credentials that may read network interfaces and subnets.';
  return unknownStep(CHECK, HOP, { kind: 'target', id }, missing ?? { what, remedy });
}

export function endOf(world: World, { group, target }: Candidate, node: End): AddressOwner | PathStep {
  if (group.kind === 'instance') {
    const own = primaryInterface(world, target.id);
    const [span] = own?.is === 'found' ? firstFamily(own.value.addresses) : [];
    if (own?.is === 'found' && span !== undefined) return { end: interfaceEnd(world, own.value, span) };
    const found = world.index.region.instances === undefined ? undefined : world.index.find('instances', target.id);
    const [address] = found?.is === 'found' ? firstFamily(found.value.addresses) : [];
    if (found?.is === 'found' && address !== undefined) return { end: instanceEnd(world, found.value, address) };
    const unsure = own?.is === 'unknown' ? own.missing : undefined;
    const missing = unsure ??
      world.index.missing('interfaces') ?? {
        what: `the network interface of ${target.id}`,
        remedy: 'Take the snapshot again with credentials that may read network interfaces.',
      };
    return unknownStep(CHECK, HOP, { kind: 'instance', id: target.id }, missing);
  }
  const span = readSpan(target.id);
  if (span === undefined) return lost(target.id, `the address of ${target.id}`);
  if (node.place === undefined) return lost(target.id, `the subnet of ${node.text}`, node.unplaced);
  const bare: End = { text: spanText(span), span, behindNetworkAcl: true };
  const arrival = routeTo(node.place, bare);
  if (arrival.at?.kind !== 'network') return { end: bare };
  const owner = ownerOf(arrival.at.world, arrival.at.networkId, span);
  if (owner === 'unused') return addressUnused(target.id, arrival.at.networkId);
  return 'end' in owner ? owner : unknownStep(CHECK, HOP, { kind: 'address', id: target.id }, owner);
}

function addressUnused(address: string, networkId: string): PathStep {
  return {
    check: CHECK,
    hop: HOP,
    verdict: 'fail',
    describe: () => ({
      kind: 'address',
      id: address,
      text: `not in use in ${networkId}`,
      code: 'UNKNOWN_DESTINATION',
      ...calledTargetReasons.ADDRESS_UNUSED({ address, network: networkId, isRegistered: true }),
    }),
  };
}
