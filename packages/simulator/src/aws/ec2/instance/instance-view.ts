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
import { tagList } from '../request/family.js';
import { interfacesOf, optionViews } from './instances.js';
import { ROOT_DEVICE, mappingsOf } from './volumes.js';
import { type FilterTable, shownFilters } from '../request/filters.js';

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

const OF_INSTANCES = `affinity architecture availability-zone=placement.availability-zone
  availability-zone-id=placement.availability-zone-id block-device-mapping.attach-time=block-device-mapping.ebs.attach-time
  block-device-mapping.delete-on-termination=block-device-mapping.ebs.delete-on-termination
  block-device-mapping.device-name block-device-mapping.status=block-device-mapping.ebs.status
  block-device-mapping.volume-id=block-device-mapping.ebs.volume-id boot-mode capacity-reservation-id
  capacity-reservation-specification.capacity-reservation-preference
  capacity-reservation-specification.capacity-reservation-target.capacity-reservation-id
  capacity-reservation-specification.capacity-reservation-target.capacity-reservation-resource-group-arn client-token
  current-instance-boot-mode dns-name=public-dns-name ebs-optimized ena-support enclave-options.enabled
  hibernation-options.configured host-id=placement.host-id hypervisor iam-instance-profile.arn iam-instance-profile.id
  image-id instance-id instance-lifecycle instance-state-code=state.code instance-state-name=state.name instance-type
  instance.group-id=security-group.group-id instance.group-name=security-group.group-name ip-address=public-ip-address
  ipv6-address=network-interface.ipv6-addresses.ipv6-address kernel-id key-name launch-index=ami-launch-index launch-time
  maintenance-options.auto-recovery metadata-options.http-endpoint metadata-options.http-protocol-ipv4
  metadata-options.http-protocol-ipv6 metadata-options.http-put-response-hop-limit metadata-options.http-tokens
  metadata-options.instance-metadata-tags metadata-options.state monitoring-state=monitoring.state
  network-performance-options.bandwidth-weighting operator.managed operator.principal outpost-arn
  placement-group-name=placement.group-name placement-partition-number=placement.partition-number platform
  platform-details private-dns-name private-dns-name-options.enable-resource-name-dns-a-record
  private-dns-name-options.enable-resource-name-dns-aaaa-record private-dns-name-options.hostname-type
  private-ip-address product-code=product-codes.product-code-id product-code.type=product-codes.product-code-type
  ramdisk-id reason=state-transition-reason requester-id root-device-name root-device-type source-dest-check
  spot-instance-request-id state-reason-code=state-reason.code state-reason-message=state-reason.message subnet-id
  tenancy=placement.tenancy tpm-support usage-operation usage-operation-update-time virtualization-type vpc-id`;

const OF_INTERFACES = `addresses.association.allocation-id addresses.association.association-id
  addresses.association.carrier-ip addresses.association.customer-owned-ip addresses.association.ip-owner-id
  addresses.association.public-dns-name addresses.association.public-ip addresses.primary=private-ip-addresses.primary
  addresses.private-dns-name=private-ip-addresses.private-dns-name
  addresses.private-ip-address=private-ip-addresses.private-ip-address association.allocation-id
  association.association-id association.carrier-ip association.customer-owned-ip association.ip-owner-id
  association.public-dns-name association.public-ip attachment.attach-time attachment.attachment-id
  attachment.delete-on-termination attachment.device-index attachment.instance-owner-id=owner-id
  attachment.network-card-index attachment.status deny-all-igw-traffic description group-id=groups.group-id
  group-name=groups.group-name ipv4-prefixes.ipv4-prefix ipv6-address=ipv6-addresses.ipv6-address
  ipv6-addresses.ipv6-address ipv6-addresses.is-primary-ipv6 ipv6-native ipv6-prefixes.ipv6-prefix mac-address
  network-interface-id operator.principal outpost-arn owner-id private-dns-name
  private-ip-address=private-ip-addresses.private-ip-address public-dns-name source-dest-check status subnet-id vpc-id`;

/** @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeInstances.html (Filter.N) */
export function instanceFilters(call: AwsCall): FilterTable<InstanceRow> {
  const interfaces = (row: InstanceRow): readonly InterfaceRow[] => interfacesOf(call.state.ec2, row.id);
  const view = (row: InstanceRow) => instanceView(call, row);
  const ofInterfaces = Object.entries(
    shownFilters(OF_INTERFACES, (row: InstanceRow) => view(row).NetworkInterfaces ?? []),
  ).map(([name, valuesOf]) => [`network-interface.${name}`, valuesOf] as const);
  return {
    ...shownFilters(OF_INSTANCES, view),
    ...Object.fromEntries(ofInterfaces),
    'network-interface.attachment.instance-id': (row) => interfaces(row).map((one) => one.attachment?.InstanceId),
    'network-interface.availability-zone': (row) => interfaces(row).map((one) => one.zoneName),
    'network-interface.operator.managed': (row) => interfaces(row).map((one) => one.operator !== undefined),
    'network-interface.requester-id': (row) => interfaces(row).map((one) => one.requesterId),
    'network-interface.requester-managed': (row) => interfaces(row).map((one) => one.requesterManaged),
    'network-interface.tag-key': (row) => interfaces(row).flatMap(({ tags }) => Object.keys(tags)),
    'network-interface.tag-value': (row) => interfaces(row).flatMap(({ tags }) => Object.values(tags)),
    'owner-id': (row) => row.ownerId,
    'reservation-id': (row) => row.reservationId,
  };
}
