import type { InstanceNetworkInterfaceSpecification, RunInstancesRequest } from '@aws-sdk/client-ec2';
import { type AwsCall, ServiceError } from '../../operation/operation.js';
import type { InterfaceRow } from '../state.js';
import type { InstanceRow } from './state.js';
import { isHeld } from '../network-interface/interface-view.js';
import { newInterface } from '../network-interface/network-interface.js';
import {
  invalidCombination,
  invalidMember,
  invalidValue,
  missingParameter,
  need,
  refuse,
} from '../request/text-rules.js';
import { checkId, getRow, needRow, ID } from '../request/ids.js';
import { tagsFrom } from '../request/family.js';
import { deleteInterface, newAttachment } from '../vpc/network.js';
import { start, optionsOf } from './instances.js';
import { defaultSubnet, newVolumes } from './volumes.js';

/** Instances of an account and region. The real limit counts virtual CPUs by type of instance [I]. */
const MOST_INSTANCES = 1_000;
/** Members that EC2 refuses beside network interfaces, in its words: https://github.com/aws/aws-sdk-php/issues/231 */
const NOT_WITH_INTERFACES = [
  ['SubnetId', 'subnet ID'],
  ['SecurityGroupIds', 'security groups'],
  ['SecurityGroups', 'security groups'],
  ['PrivateIpAddress', 'private IP address'],
  ['Ipv6AddressCount', 'IPv6 address count'],
  ['Ipv6Addresses', 'IPv6 addresses'],
] as const;

/**
 * Launches up to `MaxCount` instances: as many as addresses and limits allow, but not fewer than `MinCount`.
 * @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_RunInstances.html
 * @throws {ServiceError} `MissingParameter`, `InvalidParameterValue`, `InvalidParameterCombination`,
 *   `InvalidAMIID.Malformed`, `InstanceLimitExceeded`, `VPCIdNotSpecified`, `MissingInput`, and those of a new
 *   interface; nothing is launched then.
 */
export function launch(call: AwsCall, input: RunInstancesRequest): readonly InstanceRow[] {
  const ImageId = need(input.ImageId, 'ImageId');
  checkId(ImageId, { prefix: 'ami-', noun: 'image id', notFound: '', malformed: 'InvalidAMIID.Malformed' });
  const { KeyName, ClientToken = '', InstanceType = 'm1.small' } = input;
  if (!/^[a-z0-9-]+\.[a-z0-9-]+$/.test(InstanceType))
    throw invalidValue(`Invalid value '${InstanceType}' for InstanceType.`);

  const [min, max] = counts(call, input);
  const specifications = interfacesWanted(call, input, max);
  const { own, ofInterfaces, ofVolumes } = tagsWanted(input);
  const options = optionsOf(call, input);
  const launched: InstanceRow[] = [];
  const reservationId = call.id('r-');
  for (let AmiLaunchIndex = 0; AmiLaunchIndex < max; AmiLaunchIndex += 1) {
    const id = call.id('i-');
    let interfaces: readonly InterfaceRow[];
    try {
      interfaces = attachAll(call, id, specifications, ofInterfaces);
    } catch (error) {
      if (!(error instanceof ServiceError)) throw error;
      if (launched.length >= min) break;

      for (const one of launched) undo(call, one);
      throw error;
    }
    const [{ zoneId = '', zoneName = '' } = {}] = interfaces;
    const row: InstanceRow = {
      id,
      reservationId,
      ownerId: call.account,
      fields: { ImageId, InstanceType, KeyName, ClientToken, AmiLaunchIndex },
      options,
      zoneId,
      zoneName,
      state: 'pending',
      since: call.now,
      tags: { ...own },
    };
    launched.push(row);
    call.state.ec2.instances.set(id, row);
  }
  for (const row of launched) {
    newVolumes(call, row, input.BlockDeviceMappings, ofVolumes);
    start(call, row);
  }
  return launched;
}

/** @throws {ServiceError} `InvalidParameterValue`, `InstanceLimitExceeded`. The sentences on counts are [U]. */
function counts(
  call: AwsCall,
  { MinCount: min = 0, MaxCount: max = 0 }: RunInstancesRequest,
): readonly [number, number] {
  if (min < 1) throw invalidMember('minCount', min, 'The minimum is 1.');
  if (max < min) throw invalidMember('maxCount', max, 'It must not be less than minCount.');

  const alive = [...call.state.ec2.instances.values()].filter(({ state }) => state !== 'terminated').length;
  const free = MOST_INSTANCES - alive;
  if (min > free) {
    throw new ServiceError(
      'InstanceLimitExceeded',
      `You have requested more instances (${min}) than your current instance limit of ${MOST_INSTANCES} allows for the specified instance type.`,
    );
  }

  return [min, Math.min(max, free)];
}

/** The interfaces of each instance, the primary one at index 0. */
function interfacesWanted(
  call: AwsCall,
  input: RunInstancesRequest,
  max: number,
): readonly InstanceNetworkInterfaceSpecification[] {
  const given = input.NetworkInterfaces ?? [];
  if (given.length === 0) return [fromInstance(call, input, max)];

  for (const [member, noun] of NOT_WITH_INTERFACES) {
    if (input[member] === undefined) continue;

    throw invalidCombination(
      `Network interfaces and an instance-level ${noun} may not be specified on the same request`,
    );
  }
  const indexes = given.map(({ DeviceIndex }) => need(DeviceIndex, 'deviceIndex'));
  if (new Set(indexes).size < indexes.length) throw invalidValue('Each device index must be used once.'); // [U]
  if (!indexes.includes(0)) throw missingParameter('a network interface of device index 0'); // [U]

  for (const one of given) checkSpecification(one, max);
  const ids = given.flatMap(({ NetworkInterfaceId }) => NetworkInterfaceId ?? []);
  if (new Set(ids).size < ids.length) throw invalidValue('Each network interface must be used once.'); // [U]

  const zones = new Set(given.map((one) => zoneOf(call, one)));
  if (zones.size > 1) throw invalidValue('All network interfaces must be in one Availability Zone.'); // [U]

  return given.toSorted((a, b) => (a.DeviceIndex ?? 0) - (b.DeviceIndex ?? 0));
}

function fromInstance(call: AwsCall, input: RunInstancesRequest, max: number): InstanceNetworkInterfaceSpecification {
  const { SubnetId = defaultSubnet(call, input.Placement).id, SecurityGroupIds = [], SecurityGroups = [] } = input;
  const { vpcId } = getRow(call.state.ec2, ID.subnet, SubnetId);
  const { PrivateIpAddress, Ipv6AddressCount, Ipv6Addresses } = input;
  if (max > 1) refuseForSeveral({ PrivateIpAddress, Ipv6Addresses });
  const named = SecurityGroups.map((name) => groupNamed(call, vpcId, name));
  return {
    DeviceIndex: 0,
    SubnetId,
    Groups: [...SecurityGroupIds, ...named],
    PrivateIpAddress,
    Ipv6AddressCount,
    Ipv6Addresses,
  };
}

/** @throws {ServiceError} `InvalidGroup.NotFound` */
function groupNamed({ state }: AwsCall, vpcId: string, name: string): string {
  const group = [...state.ec2.securityGroups.values()].find((row) => row.vpcId === vpcId && row.name === name);
  if (group !== undefined) return group.id;

  const message = `The security group '${name}' does not exist in VPC '${vpcId}'`;
  throw new ServiceError('InvalidGroup.NotFound', message);
}

/** One address, or one interface, cannot be that of several instances. The sentence is [U]. */
function refuseForSeveral(members: Readonly<Record<string, unknown>>): void {
  const [name] = Object.keys(members).filter((member) => members[member] !== undefined);
  if (name === undefined) return;

  throw invalidCombination(`The parameter ${name} cannot be used when more than one instance is launched`);
}

function checkSpecification(one: InstanceNetworkInterfaceSpecification, max: number): void {
  refuse(one, ['Ipv4Prefixes', 'Ipv4PrefixCount', 'Ipv6Prefixes', 'Ipv6PrefixCount', 'PrimaryIpv6']);
  refuse(one, ['AssociateCarrierIpAddress', 'EnaSrdSpecification', 'ConnectionTrackingSpecification', 'EnaQueueCount']);
  if (one.AssociatePublicIpAddress === true) refuse(one, ['AssociatePublicIpAddress']);
  if ((one.NetworkCardIndex ?? 0) > 0) refuse(one, ['NetworkCardIndex']);
  const { NetworkInterfaceId, PrivateIpAddress, PrivateIpAddresses, Ipv6Addresses, SubnetId, Groups } = one;
  if (max > 1) refuseForSeveral({ NetworkInterfaceId, PrivateIpAddress, PrivateIpAddresses, Ipv6Addresses });
  if (NetworkInterfaceId === undefined) return;

  const beside = Object.entries({ SubnetId, Groups, PrivateIpAddress, PrivateIpAddresses, Ipv6Addresses });
  const [member] = beside.find(([, value]) => value !== undefined) ?? [];
  if (member === undefined) return;

  throw invalidCombination(`A network interface ID and ${member} may not be specified for the same network interface`); // [U]
}

function zoneOf({ state: { ec2 } }: AwsCall, one: InstanceNetworkInterfaceSpecification): string {
  if (one.NetworkInterfaceId !== undefined) {
    return getRow(ec2, ID.networkInterface, one.NetworkInterfaceId).zoneName;
  }

  return needRow(ec2, ID.subnet, one.SubnetId).zoneName;
}

/** Tags of the instances, and of what is created with them. */
function tagsWanted({ TagSpecifications = [] }: RunInstancesRequest): {
  readonly own: InstanceRow['tags'];
  readonly ofInterfaces: RunInstancesRequest['TagSpecifications'];
  readonly ofVolumes: InstanceRow['tags'];
} {
  const ofType = (type: string) => TagSpecifications.filter(({ ResourceType }) => ResourceType === type);
  const [ofInterfaces, ofVolumes] = [ofType('network-interface'), ofType('volume')];
  const others = TagSpecifications.filter((one) => !ofInterfaces.includes(one) && !ofVolumes.includes(one));
  tagsFrom(ofInterfaces, 'network-interface');
  return { own: tagsFrom(others, 'instance'), ofInterfaces, ofVolumes: tagsFrom(ofVolumes, 'volume') };
}

/** Creates or takes the interfaces of one instance. @throws {ServiceError} with nothing created or attached */
function attachAll(
  call: AwsCall,
  instanceId: string,
  specifications: readonly InstanceNetworkInterfaceSpecification[],
  TagSpecifications: RunInstancesRequest['TagSpecifications'],
): readonly InterfaceRow[] {
  const rows: InterfaceRow[] = [];
  const created: InterfaceRow[] = [];
  try {
    for (const one of specifications) {
      if (one.NetworkInterfaceId === undefined) {
        const row = newInterface(call, { ...one, TagSpecifications } as Parameters<typeof newInterface>[1]);
        created.push(row);
        rows.push(row);
      } else rows.push(freeInterface(call, one.NetworkInterfaceId));
    }
  } catch (error) {
    for (const { id } of created) deleteInterface(call, id);
    throw error;
  }
  for (const [at, row] of rows.entries()) {
    const { DeviceIndex = 0, DeleteOnTermination = created.includes(row) } = specifications[at] ?? {};
    const own = { InstanceId: instanceId, DeviceIndex, DeleteOnTermination };
    row.attachment = newAttachment(call, 'eni-attach-', call.account, own);
  }
  return rows;
}

/** @throws {ServiceError} `InvalidNetworkInterface.InUse`, and those of an ID that nothing has */
function freeInterface({ state: { ec2 } }: AwsCall, id: string): InterfaceRow {
  const row = getRow(ec2, ID.networkInterface, id);
  if (!isHeld(row)) return row;

  throw new ServiceError('InvalidNetworkInterface.InUse', `Interface: [${id}] in use.`);
}

/** Takes back an instance of a launch that is refused. Given interfaces are those of single instances only. */
function undo(call: AwsCall, { id }: InstanceRow): void {
  call.state.ec2.instances.delete(id);
  for (const one of call.state.ec2.interfaces.values()) {
    if (one.attachment?.InstanceId === id) deleteInterface(call, one.id);
  }
}
