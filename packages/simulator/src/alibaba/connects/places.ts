import { readBlock } from '../../simulation/addresses.js';
import type { Choose } from '../../simulation/open-questions.js';
import { addressOfInstance, addressOwner } from '../vpc/network.js';
import type { InterfaceRow } from '../vpc/state.js';
import type { AlibabaRegionState } from '../state/alibaba-state.js';
import type { Finding, Target } from './connection.js';

/** The private address of a caller's target; undefined where there is none. */
export function privateAddress(state: AlibabaRegionState, given: string): string | undefined {
  if (given.startsWith('lb-')) return state.slb.loadBalancers.get(given)?.Address;
  if (!given.startsWith('i-')) return given;

  const instance = state.network.instances.get(given);
  return instance && addressOfInstance(state, instance);
}

/** Who has an address of a VPC. */
export function findTarget(state: AlibabaRegionState, vpcId: string, address: string): Target | Finding {
  const owner = addressOwner(state, vpcId, address);
  const eni = owner?.kind === 'interface' ? owner.interface : owner ? undefined : furtherOwner(state, vpcId, address);
  const vSwitch = eni && state.network.vSwitches.get(eni.vSwitchId);
  if (eni && vSwitch) return { kind: 'interface', state, address, eni, vSwitch };

  const balancer = owner?.kind === 'load-balancer' ? state.slb.loadBalancers.get(owner.loadBalancerId) : undefined;
  if (balancer) return { kind: 'load-balancer', state, address, balancer };

  return { by: 'target', because: `Nothing has the address ${address} in ${vpcId}.` };
}

/** The interface that has an address beside its primary one, such as an IPv6 address. */
function furtherOwner({ network }: AlibabaRegionState, vpcId: string, address: string): InterfaceRow | undefined {
  const wanted = readBlock(address)?.text;
  return [...network.interfaces.values()].find(
    (row) =>
      row.vpcId === vpcId &&
      [...(row.secondaryIpAddresses ?? []), ...(row.ipv6Addresses ?? [])].some(
        (text) => readBlock(text)?.text === wanted,
      ),
  );
}

/** An interface that is attached to nothing answers nothing, and neither does an instance that does not run. */
export function interfaceStops({ network }: AlibabaRegionState, eni: InterfaceRow): Finding | undefined {
  if (eni.status === 'Available') return { by: 'target', because: `${eni.id} is attached to nothing: Available.` };
  if (eni.instanceId === undefined) return undefined;

  const status = network.instances.get(eni.instanceId)?.Status ?? 'gone';
  return status === 'Running' ? undefined : { by: 'target', because: `${eni.instanceId} is ${status}.` };
}

/** What the service that put an interface there, such as a load balancer other than a CLB, does with calls to it is not documented. */
export function serviceStops(
  { id, serviceManaged, primaryIpAddress }: InterfaceRow,
  choose: Choose,
): Finding | undefined {
  if (!serviceManaged) return undefined;

  const question = `what the service that put ${id} there does with calls to ${primaryIpAddress}`;
  return choose(question, 2) === 0
    ? undefined
    : { by: 'target', because: `The service behind ${id} takes no calls there.` };
}
