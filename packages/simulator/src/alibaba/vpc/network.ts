import { type AlibabaCall, AlibabaError } from '../operation/operation.js';
import type { AlibabaTagRow, InstanceRow, InterfaceRow, SecurityGroupRow, VpcRow, VSwitchRow } from './state.js';
import type { AlibabaRegionState } from '../state/alibaba-state.js';
import { newId, addressAt, offsetIn, seconds } from './request/text-rules.js';
import { getVSwitch } from './request/lists.js';
import { readBlock, sizeOf } from '../../simulation/addresses.js';
import { tagPairs } from './request/tags.js';

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

/**
 * The reserved addresses of every vSwitch: the first and the last three.
 * @see https://www.alibabacloud.com/help/en/vpc/user-guide/create-and-manage-vswitch
 */
const RESERVED_AT_START = 1;
const RESERVED_AT_END = 3;

/** How many addresses of a block interfaces and load balancers can have: a /24 has 252. */
export function usableCount(cidrBlock: string): number {
  const block = readBlock(cidrBlock);
  return block === undefined ? 0 : Math.max(0, sizeOf(block) - RESERVED_AT_START - RESERVED_AT_END);
}

/** How many addresses of a vSwitch are free (`AvailableIpAddressCount`). */
export function freeAddressCount({ cidrBlock, usedAddresses }: VSwitchRow): number {
  return usableCount(cidrBlock) - usedAddresses;
}

/** The id of the interface or load balancer that holds an address of a VPC. */
function addressHolder({ network }: AlibabaRegionState, vpcId: string, address: string): string | undefined {
  return network.addresses.get(`${vpcId}/${address}`);
}

/**
 * Assigns an address of a vSwitch to a holder: the requested one, or any free one.
 * @throws {AlibabaError} `QuotaExceeded.PrivateIpAddress`, `InvalidPrivateIpAddress`,
 * `InvalidPrivateIpAddress.Duplicated`
 */
export function takeAddress(call: AlibabaCall, vSwitch: VSwitchRow, holderId: string, wanted?: string): string {
  const address = wanted === undefined ? chooseAddress(call, vSwitch) : checked(call.state, vSwitch, wanted);
  call.state.network.addresses.set(`${vSwitch.vpcId}/${address}`, holderId);
  vSwitch.usedAddresses += 1;
  return address;
}

/** Releases an address. An address that is not in use stays so. */
export function releaseAddress({ network }: AlibabaRegionState, vSwitchId: string, address: string): void {
  const vSwitch = network.vSwitches.get(vSwitchId);
  if (vSwitch && network.addresses.delete(`${vSwitch.vpcId}/${address}`)) vSwitch.usedAddresses -= 1;
}

function checked(state: AlibabaRegionState, vSwitch: VSwitchRow, wanted: string): string {
  const block = readBlock(vSwitch.cidrBlock);
  const offset = block && offsetIn(block, wanted);
  if (block === undefined || offset === undefined || !isUsable(offset, sizeOf(block))) {
    throw new AlibabaError(
      'InvalidPrivateIpAddress',
      'Specified private IP address is not in the CIDR block of virtual switch.',
    );
  }
  if (addressHolder(state, vSwitch.vpcId, wanted) !== undefined) {
    throw new AlibabaError('InvalidPrivateIpAddress.Duplicated', 'Specified private IP address is duplicated.');
  }

  return wanted;
}

function chooseAddress(call: AlibabaCall, vSwitch: VSwitchRow): string {
  const block = readBlock(vSwitch.cidrBlock);
  const count = usableCount(vSwitch.cidrBlock);
  if (block !== undefined && vSwitch.usedAddresses < count) {
    const start = Math.floor(call.random() * count);
    for (let step = 0; step < count; step += 1) {
      const address = addressAt(block, RESERVED_AT_START + ((start + step) % count));
      if (addressHolder(call.state, vSwitch.vpcId, address) === undefined) return address;
    }
  }
  throw new AlibabaError('QuotaExceeded.PrivateIpAddress', "Don't have enough private IPs in this switch");
}

function isUsable(offset: number, size: number): boolean {
  return offset >= RESERVED_AT_START && offset < size - RESERVED_AT_END;
}

/** The members that DescribeVpcs and DescribeVpcAttribute share. */
export function vpcView({ state, region, account }: AlibabaCall, row: VpcRow) {
  const { vSwitches, routeTables } = state.network;
  return {
    CidrBlock: row.cidrBlock,
    CreationTime: seconds(row.createdAt),
    Description: row.description,
    DnsHostnameStatus: 'DISABLED',
    EnabledIpv6: (row.ipv6CidrBlocks ?? []).length > 0,
    Ipv6CidrBlock: row.ipv6CidrBlocks?.[0] ?? '',
    Ipv6CidrBlocks: { Ipv6CidrBlock: (row.ipv6CidrBlocks ?? []).map((block) => ({ Ipv6CidrBlock: block })) },
    IsDefault: false,
    OwnerId: Number(row.ownerId ?? account),
    RegionId: region,
    RouterTableIds: {
      RouterTableIds: [...routeTables.values()].filter(({ vpcId }) => vpcId === row.id).map(({ id }) => id),
    },
    SecondaryCidrBlocks: { SecondaryCidrBlock: row.secondaryCidrBlocks },
    Status: 'Available',
    Tags: { Tag: tagPairs(row.tags) },
    UserCidrs: { UserCidr: [] },
    VRouterId: row.routerId,
    VSwitchIds: { VSwitchId: [...vSwitches.values()].filter(({ vpcId }) => vpcId === row.id).map(({ id }) => id) },
    VpcId: row.id,
    VpcName: row.name,
  };
}

/** A vSwitch as DescribeVSwitches and DescribeVSwitchAttributes answer it. */
export function vSwitchView({ state, account }: AlibabaCall, row: VSwitchRow) {
  return {
    AvailableIpAddressCount: freeAddressCount(row),
    CidrBlock: row.cidrBlock,
    CreationTime: seconds(row.createdAt),
    Description: row.description,
    EnabledIpv6: row.ipv6CidrBlock !== undefined,
    Ipv6CidrBlock: row.ipv6CidrBlock ?? '',
    IsDefault: false,
    NetworkAclId: row.networkAclId ?? '',
    OwnerId: Number(row.ownerId ?? account),
    RouteTable: {
      RouteTableId: row.routeTableId,
      RouteTableType: state.network.routeTables.get(row.routeTableId)?.kind ?? 'System',
    },
    ShareType: '',
    Status: 'Available',
    Tags: { Tag: tagPairs(row.tags) },
    VSwitchId: row.id,
    VSwitchName: row.name,
    VpcId: row.vpcId,
    ZoneId: row.zoneId,
  };
}
