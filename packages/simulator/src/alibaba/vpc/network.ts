import type { AlibabaCall } from '../operation/operation.js';
import type { AlibabaTagRow, InstanceRow, InterfaceRow, SecurityGroupRow, VpcRow, VSwitchRow } from './state.js';
import type { AlibabaRegionState } from '../state/region-state.js';
import { addressHolder, releaseAddress, takeAddress } from './addresses.js';
import { newId } from './request/text-rules.js';
import { getVSwitch } from './request/lookups.js';

export type { InstanceRow, InterfaceRow, SecurityGroupRow, VpcRow, VSwitchRow };

/** The VPC, or undefined where the ID does not exist. */
export function findVpc({ network }: AlibabaRegionState, id: string): VpcRow | undefined {
  return network.vpcs.get(id);
}

/** The vSwitch, or undefined where the ID does not exist. */
export function findVSwitch({ network }: AlibabaRegionState, id: string): VSwitchRow | undefined {
  return network.vSwitches.get(id);
}

/** The security group, or undefined where the ID does not exist. */
export function findSecurityGroup({ network }: AlibabaRegionState, id: string): SecurityGroupRow | undefined {
  return network.securityGroups.get(id);
}

/** The ECS instance, or undefined where the ID does not exist. */
export function findInstance({ network }: AlibabaRegionState, id: string): InstanceRow | undefined {
  return network.instances.get(id);
}

/** An ECS instance's address in its VPC. */
export function addressOfInstance({ network }: AlibabaRegionState, instance: InstanceRow): string | undefined {
  return network.interfaces.get(instance.primaryInterfaceId)?.primaryIpAddress;
}

/** Who holds an address of a VPC: an interface, or an internal load balancer. */
export type AddressOwner =
  | { readonly kind: 'interface'; readonly interface: InterfaceRow }
  | { readonly kind: 'load-balancer'; readonly loadBalancerId: string };

/** The owner of an address of a VPC. Undefined when the address is not in use. */
export function addressOwner(state: AlibabaRegionState, vpcId: string, address: string): AddressOwner | undefined {
  const id = addressHolder(state, vpcId, address);
  if (id === undefined) return undefined;

  const row = state.network.interfaces.get(id);
  return row ? { kind: 'interface', interface: row } : { kind: 'load-balancer', loadBalancerId: id };
}

export interface NewInterface {
  readonly vSwitchId: string;
  readonly securityGroupIds: readonly string[];
  readonly description: string;
  /** Whether a service of the cloud puts it there. */
  readonly serviceManaged: boolean;
  /** `Secondary`, if left out. */
  readonly type?: InterfaceRow['type'] | undefined;
  readonly instanceId?: string | undefined;
  /** Any free one, if left out. */
  readonly primaryIpAddress?: string | undefined;
  readonly tags?: AlibabaTagRow | undefined;
}

/**
 * Creates a network interface, which uses an address of its vSwitch.
 * @throws {AlibabaError} `InvalidVSwitchId.NotFound`; `QuotaExceeded.PrivateIpAddress`; for a requested
 * address, those of `takeAddress`
 */
export function createInterface(call: AlibabaCall, wanted: NewInterface): InterfaceRow {
  const vSwitch = getVSwitch(call.state, wanted.vSwitchId);
  const id = newId(call, 'eni');
  const row: InterfaceRow = {
    id,
    vpcId: vSwitch.vpcId,
    vSwitchId: vSwitch.id,
    zoneId: vSwitch.zoneId,
    primaryIpAddress: takeAddress(call, vSwitch, id, wanted.primaryIpAddress),
    macAddress: newMacAddress(call),
    type: wanted.type ?? 'Secondary',
    description: wanted.description,
    securityGroupIds: [...wanted.securityGroupIds],
    instanceId: wanted.instanceId,
    serviceManaged: wanted.serviceManaged,
    createdAt: call.now,
    tags: { ...wanted.tags },
  };
  call.state.network.interfaces.set(id, row);
  return row;
}

/**
 * Deletes an interface, whether managed or not, and frees its address. Deleting an interface that does not
 * exist succeeds.
 */
export function deleteInterface({ state }: { readonly state: AlibabaRegionState }, id: string): void {
  const row = state.network.interfaces.get(id);
  if (row === undefined) return;

  releaseAddress(state, row.vSwitchId, row.primaryIpAddress);
  state.network.interfaces.delete(id);
}

function newMacAddress(call: AlibabaCall): string {
  const octet = (): string =>
    Math.floor(call.random() * 256)
      .toString(16)
      .padStart(2, '0');
  return `00:16:3e:${octet()}:${octet()}:${octet()}`;
}
