import type { Instance, NetworkInterface } from '@postern/core/snapshot';
import type { InstanceRow, InterfaceRow } from '../vpc/state.js';
import { madeId, type Building } from './building.js';

const STATUSES = new Map<string, InstanceRow['status']>(
  (['Pending', 'Starting', 'Running', 'Stopping', 'Stopped'] as const).map((status) => [status.toLowerCase(), status]),
);
/** How long a change in progress takes from the snapshot on. */
const SETTLE_MS = 20_000;

/** Network interfaces and ECS instances; each instance keeps the interface that has its address, or gets one. */
export function loadInterfaces(building: Building): void {
  const { snapshot, state } = building;
  const { interfaces, instances } = state.network;
  const primaries = new Map<string, string>();
  for (const eni of snapshot.interfaces) {
    const machine = snapshot.instances?.find(({ id }) => id === eni.attachedTo);
    const isPrimary = machine !== undefined && !primaries.has(machine.id) && holdsFirst(eni, machine);
    if (isPrimary) primaries.set(machine.id, eni.id);
    interfaces.set(eni.id, interfaceOf(building, eni, isPrimary));
  }
  for (const machine of snapshot.instances ?? []) {
    const known =
      primaries.get(machine.id) ?? [...interfaces.values()].find((row) => row.instanceId === machine.id)?.id;
    const primaryInterfaceId = known ?? madeId('eni', machine.id);
    if (known === undefined) interfaces.set(primaryInterfaceId, interfaceFor(building, primaryInterfaceId, machine));
    instances.set(machine.id, instanceOf(building, machine, primaryInterfaceId));
  }
  holdAddresses(building);
}

function holdsFirst(eni: NetworkInterface, { addresses }: Instance): boolean {
  const [first] = addresses;
  return first === undefined || eni.addresses.includes(first);
}

function interfaceOf({ state, now, snapshot }: Building, eni: NetworkInterface, isPrimary: boolean): InterfaceRow {
  const [primaryIpAddress = '', ...more] = eni.addresses.filter((address) => !address.includes(':'));
  const ipv6 = eni.addresses.filter((address) => address.includes(':'));
  return {
    id: eni.id,
    vpcId: eni.networkId,
    vSwitchId: eni.subnetId,
    zoneId: state.network.vSwitches.get(eni.subnetId)?.zoneId ?? '',
    primaryIpAddress,
    ...(more.length === 0 ? {} : { secondaryIpAddresses: more }),
    ...(ipv6.length === 0 ? {} : { ipv6Addresses: ipv6 }),
    sourceDestCheck: eni.sourceDestinationCheck,
    ownerId: eni.account === snapshot.account ? undefined : eni.account,
    macAddress: '00:16:3e:00:00:01',
    type: isPrimary ? 'Primary' : 'Secondary',
    // This text identifies the interfaces of gateway instances.
    description: eni.linkId === undefined ? '' : `API Gateway ${eni.linkId}`,
    securityGroupIds: [...eni.securityGroupIds],
    instanceId: eni.attachedTo,
    serviceManaged: eni.linkId !== undefined || eni.managed === true,
    ...(eni.inUse === false ? { status: 'Available' } : {}),
    createdAt: now,
    tags: {},
  };
}

function interfaceFor({ now }: Building, id: string, machine: Instance): InterfaceRow {
  const [primaryIpAddress = ''] = machine.addresses;
  return {
    id,
    vpcId: machine.networkId ?? '',
    vSwitchId: machine.subnetId ?? '',
    zoneId: machine.zone ?? '',
    primaryIpAddress,
    macAddress: '00:16:3e:00:00:01',
    type: 'Primary',
    description: '',
    securityGroupIds: [...machine.securityGroupIds],
    instanceId: machine.id,
    serviceManaged: false,
    createdAt: now,
    tags: {},
  };
}

function instanceOf({ now, lack, later }: Building, machine: Instance, primaryInterfaceId: string): InstanceRow {
  const known = STATUSES.get(machine.nativeState.toLowerCase());
  if (known === undefined) lack(`the state ${machine.nativeState} of ${machine.id}: it is stopped here`);
  const status = known ?? 'Stopped';
  if (status !== 'Running' && status !== 'Stopped') {
    later({ after: SETTLE_MS, kind: 'network.instance', data: { id: machine.id, from: status } });
  }
  return {
    id: machine.id,
    name: machine.name ?? '',
    hostName: '',
    description: '',
    imageId: '',
    instanceType: '',
    vpcId: machine.networkId ?? '',
    vSwitchId: machine.subnetId ?? '',
    zoneId: machine.zone ?? '',
    primaryInterfaceId,
    status,
    deletionProtection: false,
    createdAt: now,
    tags: {},
  };
}

/**
 * The interfaces show which addresses are in use. A vSwitch whose number of free addresses is not known has
 * used those.
 */
function holdAddresses({ state, snapshot }: Building): void {
  const { interfaces, addresses, vSwitches } = state.network;
  const counted = new Set(snapshot.subnets.filter((one) => one.freeAddresses !== undefined).map(({ id }) => id));
  for (const row of interfaces.values()) {
    for (const address of [row.primaryIpAddress, ...(row.secondaryIpAddresses ?? [])]) {
      if (address === '') continue;
      addresses.set(`${row.vpcId}/${address}`, row.id);
      const vSwitch = vSwitches.get(row.vSwitchId);
      if (vSwitch !== undefined && !counted.has(vSwitch.id)) vSwitch.usedAddresses += 1;
    }
  }
}
