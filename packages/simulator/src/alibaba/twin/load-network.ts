import type { Instance, NetworkInterface, RouteEntry, SecurityGroupRule } from '@postern/core/internal/snapshot';
import type {
  InstanceRow,
  InterfaceRow,
  RouteEntryRow,
  SecurityGroupPeerRow,
  SecurityGroupRuleRow,
} from '../vpc/state.js';
import { newInstance } from '../ecs/instance.js';
import { madeId, type Building, rangeOf } from './api-rows.js';
import { readBlock } from '../../simulation/addresses.js';

const STATUSES = new Map<string, InstanceRow['Status']>(
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

function instanceOf(building: Building, machine: Instance, primaryInterfaceId: string): InstanceRow {
  const { snapshot, now, lack, later } = building;
  const known = STATUSES.get(machine.nativeState.toLowerCase());
  if (known === undefined) lack(`the state ${machine.nativeState} of ${machine.id}: it is stopped here`);
  const status = known ?? 'Stopped';
  if (status !== 'Running' && status !== 'Stopped') {
    later({ after: SETTLE_MS, kind: 'network.instance', data: { id: machine.id, from: status } });
  }
  const place = { now, region: snapshot.region };
  return newInstance(place, {
    InstanceId: machine.id,
    InstanceName: machine.name ?? '',
    Status: status,
    ZoneId: machine.zone ?? '',
    vpcId: machine.networkId ?? '',
    vSwitchId: machine.subnetId ?? '',
    primaryInterfaceId,
  });
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

/** The type names of CreateRouteEntry for next hops whose own type is not known. */
const HOP_WORDS: Readonly<Partial<Record<RouteEntry['nextHop']['kind'], string>>> = {
  peering: 'VpcPeer',
  'transit-gateway': 'Attachment',
  'vpn-gateway': 'VpnGateway',
  'virtual-gateway': 'VpnGateway',
  'express-connect': 'RouterInterface',
  interface: 'NetworkInterface',
  instance: 'Instance',
  nat: 'NatGateway',
  internet: 'Ipv4Gateway',
  endpoint: 'GatewayEndpoint',
};

/** Route tables with their entries. A VPC whose own table was not read gets an empty one. */
export function loadRouteTables({ snapshot, state, now, lack }: Building): void {
  const { vpcs, routeTables } = state.network;
  for (const table of snapshot.routeTables ?? []) {
    if (table.routes === undefined) lack(`the entries of route table ${table.id}`);
    routeTables.set(table.id, {
      id: table.id,
      vpcId: table.networkId,
      kind: table.main ? 'System' : 'Custom',
      name: '',
      description: '',
      // Those to vSwitches and to the cloud's own services follow from the VPC.
      entries: (table.routes ?? []).filter(({ origin }) => origin !== 'local').map((route) => entryOf(table.id, route)),
      createdAt: now,
      tags: {},
    });
  }
  for (const { id: vpcId, routeTableId } of vpcs.values()) {
    if (routeTables.has(routeTableId)) continue;

    const row = { id: routeTableId, vpcId, kind: 'System' as const, name: '', description: '' };
    routeTables.set(routeTableId, { ...row, entries: [], createdAt: now, tags: {} });
  }
}

function entryOf(tableId: string, route: RouteEntry): RouteEntryRow {
  const { nextHop, cidrBlock, prefixListId, state, origin } = route;
  const destinationCidrBlock = cidrBlock ?? prefixListId ?? '';
  const of = `${tableId} ${destinationCidrBlock} ${nextHop.id ?? ''}`;
  return {
    id: madeId('rte', of),
    destinationCidrBlock,
    nextHopType: nextHop.native ?? HOP_WORDS[nextHop.kind] ?? '',
    nextHopId: nextHop.id ?? '',
    name: '',
    description: '',
    ...(origin === 'propagated' ? { type: nextHop.native === 'Ecr' ? 'ECR' : 'CEN' } : {}),
    ...(state === 'unknown' ? { status: 'Pending' } : {}),
    ...(state === 'blackhole' ? { enabled: false } : {}),
  };
}

/** Security groups with their rules. */
export function loadSecurityGroups(building: Building): void {
  const { snapshot, state, now } = building;
  for (const group of snapshot.securityGroups) {
    state.network.securityGroups.set(group.id, {
      id: group.id,
      vpcId: group.networkId,
      name: group.name,
      description: '',
      type: group.kind === 'enterprise' ? 'enterprise' : 'normal',
      innerAccessPolicy: group.intraGroup === 'allow' ? 'Accept' : 'Drop',
      rules: group.rules.map((rule, index) => ruleOf(building, `${group.id} ${index}`, rule)),
      createdAt: now,
      tags: { ...group.tags },
    });
  }
}

function ruleOf({ snapshot, now }: Building, of: string, rule: SecurityGroupRule): SecurityGroupRuleRow {
  return {
    id: rule.id ?? madeId('sgr', of),
    direction: rule.direction === 'out' ? 'egress' : 'ingress',
    policy: rule.action === 'drop' ? 'Drop' : 'Accept',
    priority: rule.priority ?? 1,
    protocol: protocolOf(rule.protocol),
    portRange: rangeOf(rule),
    portListId: rule.portListId,
    ownCidrBlock: rule.narrowed?.ownCidrBlock,
    sourcePorts: rule.narrowed?.sourcePorts,
    peer: peerOf(rule, snapshot.account),
    nicType: 'intranet',
    description: rule.description ?? '',
    createdAt: now,
  };
}

function peerOf(rule: SecurityGroupRule, account: string): SecurityGroupPeerRow {
  const { cidrBlock, prefixListId, securityGroupId } = rule;
  if (prefixListId !== undefined) return { kind: 'prefixList', prefixListId };
  if (securityGroupId !== undefined) {
    return { kind: 'group', groupId: securityGroupId, account: rule.peerAccount ?? account };
  }

  const block = cidrBlock ?? '';
  return { kind: readBlock(block)?.family === 6 ? 'ipv6Block' : 'block', cidrBlock: block };
}

function protocolOf(text: string): SecurityGroupRuleRow['protocol'] {
  return (/^icmpv6$/i.test(text) ? 'ICMPv6' : text.toUpperCase()) as SecurityGroupRuleRow['protocol'];
}
