import type {
  GroupIdentifier,
  Instance,
  InstanceNetworkInterface,
  InstanceState,
  Reservation,
  StateReason,
} from '@aws-sdk/client-ec2';
import type { AwsCall } from '../../operation/operation.js';
import type { InterfaceRow } from '../state.js';
import type { InstanceRow } from './state.js';
import { privateDnsName } from '../network-interface/interface-view.js';
import { tagList } from '../request/tags.js';
import { interfacesOf, optionViews } from './instances.js';
import { ROOT_DEVICE, mappingsOf } from './volumes.js';

/** @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_InstanceState.html */
const CODES = { pending: 0, running: 16, 'shutting-down': 32, terminated: 48, stopping: 64, stopped: 80 } as const;

/** A state as the API shows it: a code and a name. */
export function stateView(state: InstanceRow['state']): InstanceState {
  return { Code: CODES[state], Name: state };
}

/** The launches of some instances, in their order. */
export function reservationViews(call: AwsCall, rows: readonly InstanceRow[]): Reservation[] {
  const views = new Map<string, Reservation & { readonly Instances: Instance[] }>();
  for (const row of rows) {
    const view = views.get(row.reservationId) ?? {
      ReservationId: row.reservationId,
      OwnerId: row.ownerId,
      Groups: [],
      Instances: [],
    };
    view.Instances.push(instanceView(call, row));
    views.set(row.reservationId, view);
  }
  return [...views.values()];
}

/**
 * An instance as the API shows it. A terminated one has no network any more [I]. What is the same for every
 * simulated instance (the name of the root device, hardware virtualization) does not depend on its image.
 */
export function instanceView(call: AwsCall, row: InstanceRow): Instance {
  const interfaces = interfacesOf(call.state.ec2, row.id);
  const [primary] = interfaces;
  return {
    InstanceId: row.id,
    ...row.fields,
    State: stateView(row.state),
    StateReason: stateReason(row),
    Placement: {
      AvailabilityZone: row.zoneName,
      AvailabilityZoneId: row.zoneId,
      GroupName: '',
      Tenancy: 'default',
    },
    ...optionViews(call, row),
    SubnetId: primary?.subnetId,
    VpcId: primary?.vpcId,
    PrivateIpAddress: primary?.privateIpAddress,
    PrivateDnsName: (primary && privateDnsName(call, primary, primary.privateIpAddress)) ?? '',
    PublicDnsName: '',
    Ipv6Address: primary?.ipv6Addresses[0],
    SourceDestCheck: primary?.sourceDestCheck,
    SecurityGroups: primary ? groupsOf(call, primary) : [],
    NetworkInterfaces: interfaces.map((one) => interfaceOf(call, one)),
    Architecture: 'x86_64',
    Hypervisor: 'xen',
    VirtualizationType: 'hvm',
    RootDeviceType: 'ebs',
    RootDeviceName: ROOT_DEVICE,
    BlockDeviceMappings: mappingsOf(call.state.ec2, row.id),
    EnaSupport: true,
    ProductCodes: [],
    Tags: tagList(row.tags),
  };
}

function stateReason({ state, fields }: InstanceRow): StateReason | undefined {
  if (state === 'pending') return { Code: 'pending', Message: 'pending' };
  if (fields.StateTransitionReason === '') return undefined;

  const Code = 'Client.UserInitiatedShutdown';
  return { Code, Message: `${Code}: User initiated shutdown` };
}

function interfaceOf(call: AwsCall, row: InterfaceRow): InstanceNetworkInterface {
  const { InstanceId: _, InstanceOwnerId: __, ...attachment } = row.attachment ?? {};
  const name = privateDnsName(call, row, row.privateIpAddress);
  return {
    NetworkInterfaceId: row.id,
    InterfaceType: row.interfaceType,
    Description: row.description,
    Status: 'in-use',
    SubnetId: row.subnetId,
    VpcId: row.vpcId,
    OwnerId: row.ownerId,
    MacAddress: row.macAddress,
    PrivateIpAddress: row.privateIpAddress,
    PrivateDnsName: name,
    PrivateIpAddresses: row.addresses.map((address) => ({
      PrivateIpAddress: address,
      PrivateDnsName: privateDnsName(call, row, address),
      Primary: address === row.privateIpAddress,
    })),
    Ipv6Addresses: row.ipv6Addresses.map((address) => ({ Ipv6Address: address, IsPrimaryIpv6: false })),
    SourceDestCheck: row.sourceDestCheck,
    Groups: groupsOf(call, row),
    Attachment: attachment,
  };
}

function groupsOf({ state }: AwsCall, { groupIds }: InterfaceRow): GroupIdentifier[] {
  return groupIds.map((id) => ({ GroupId: id, GroupName: state.ec2.securityGroups.get(id)?.name }));
}
