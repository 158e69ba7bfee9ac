import type { Instance, InstanceNetworkInterface, Reservation } from '@aws-sdk/client-ec2';

type Values = (reservation: Reservation) => unknown;

const of =
  (values: (instance: Instance) => unknown): Values =>
  ({ Instances = [] }) =>
    Instances.map(values);
const ofInterfaces = (values: (row: InstanceNetworkInterface) => unknown): Values =>
  of(({ NetworkInterfaces = [] }) => NetworkInterfaces.flatMap(values));
/** Documented filters on what no simulated instance has. */
const nothing = (prefix: string, names: string): Readonly<Record<string, undefined>> =>
  Object.fromEntries(names.split(' ').map((name) => [`${prefix}${name}`, undefined]));

/** Every documented filter of `DescribeInstances`, with an instance's values as the answer shows them. */
export const instanceFilters: Readonly<Record<string, Values | undefined>> = {
  ...nothing('', 'affinity boot-mode capacity-reservation-id current-instance-boot-mode dns-name host-id ip-address'),
  ...nothing('', 'enclave-options.enabled hibernation-options.configured instance-lifecycle kernel-id platform'),
  ...nothing('', 'iam-instance-profile.arn iam-instance-profile.id maintenance-options.auto-recovery outpost-arn'),
  ...nothing(
    '',
    'network-performance-options.bandwidth-weighting operator.managed operator.principal platform-details',
  ),
  ...nothing(
    '',
    'placement-group-name placement-partition-number product-code product-code.type ramdisk-id requester-id',
  ),
  ...nothing('', 'spot-instance-request-id tpm-support usage-operation usage-operation-update-time'),
  ...nothing('block-device-mapping.', 'attach-time delete-on-termination device-name status volume-id'),
  ...nothing('capacity-reservation-specification.', 'capacity-reservation-preference'),
  ...nothing(
    'capacity-reservation-specification.capacity-reservation-target.',
    'capacity-reservation-id capacity-reservation-resource-group-arn',
  ),
  ...nothing('metadata-options.', 'http-endpoint http-protocol-ipv4 http-protocol-ipv6 http-put-response-hop-limit'),
  ...nothing('metadata-options.', 'http-tokens instance-metadata-tags state'),
  ...nothing(
    'private-dns-name-options.',
    'enable-resource-name-dns-a-record enable-resource-name-dns-aaaa-record hostname-type',
  ),
  ...nothing('network-interface.addresses.association.', 'allocation-id association-id carrier-ip customer-owned-ip'),
  ...nothing('network-interface.addresses.association.', 'ip-owner-id public-dns-name public-ip'),
  ...nothing('network-interface.association.', 'allocation-id association-id carrier-ip customer-owned-ip ip-owner-id'),
  ...nothing('network-interface.association.', 'public-dns-name public-ip'),
  ...nothing('network-interface.', 'attachment.network-card-index deny-all-igw-traffic ipv4-prefixes.ipv4-prefix'),
  ...nothing('network-interface.', 'ipv6-addresses.is-primary-ipv6 ipv6-native ipv6-prefixes.ipv6-prefix outpost-arn'),
  ...nothing('network-interface.', 'public-dns-name operator.principal'),
  architecture: of(({ Architecture }) => Architecture),
  'availability-zone': of(({ Placement }) => Placement?.AvailabilityZone),
  'availability-zone-id': of(({ Placement }) => Placement?.AvailabilityZoneId),
  'client-token': of(({ ClientToken }) => ClientToken),
  'ebs-optimized': of(({ EbsOptimized }) => EbsOptimized),
  'ena-support': of(({ EnaSupport }) => EnaSupport),
  hypervisor: of(({ Hypervisor }) => Hypervisor),
  'image-id': of(({ ImageId }) => ImageId),
  'instance-id': of(({ InstanceId }) => InstanceId),
  'instance-state-code': of(({ State }) => State?.Code),
  'instance-state-name': of(({ State }) => State?.Name),
  'instance-type': of(({ InstanceType }) => InstanceType),
  'instance.group-id': of(({ SecurityGroups }) => SecurityGroups?.map(({ GroupId }) => GroupId)),
  'instance.group-name': of(({ SecurityGroups }) => SecurityGroups?.map(({ GroupName }) => GroupName)),
  'ipv6-address': of(({ Ipv6Address }) => Ipv6Address),
  'key-name': of(({ KeyName }) => KeyName),
  'launch-index': of(({ AmiLaunchIndex }) => AmiLaunchIndex),
  'launch-time': of(({ LaunchTime }) => LaunchTime?.toISOString()),
  'monitoring-state': of(({ Monitoring }) => Monitoring?.State),
  'owner-id': ({ OwnerId }) => OwnerId,
  'private-dns-name': of(({ PrivateDnsName }) => PrivateDnsName || undefined),
  'private-ip-address': of(({ PrivateIpAddress }) => PrivateIpAddress),
  reason: of(({ StateTransitionReason }) => StateTransitionReason || undefined),
  'reservation-id': ({ ReservationId }) => ReservationId,
  'root-device-name': of(({ RootDeviceName }) => RootDeviceName),
  'root-device-type': of(({ RootDeviceType }) => RootDeviceType),
  'source-dest-check': of(({ SourceDestCheck }) => SourceDestCheck),
  'state-reason-code': of(({ StateReason }) => StateReason?.Code),
  'state-reason-message': of(({ StateReason }) => StateReason?.Message),
  'subnet-id': of(({ SubnetId }) => SubnetId),
  tenancy: of(({ Placement }) => Placement?.Tenancy),
  'virtualization-type': of(({ VirtualizationType }) => VirtualizationType),
  'vpc-id': of(({ VpcId }) => VpcId),
  'network-interface.addresses.primary': ofInterfaces((row) => row.PrivateIpAddresses?.map(({ Primary }) => Primary)),
  'network-interface.addresses.private-dns-name': ofInterfaces((row) =>
    row.PrivateIpAddresses?.map(({ PrivateDnsName }) => PrivateDnsName),
  ),
  'network-interface.addresses.private-ip-address': ofInterfaces((row) =>
    row.PrivateIpAddresses?.map(({ PrivateIpAddress }) => PrivateIpAddress),
  ),
  'network-interface.attachment.attach-time': ofInterfaces(({ Attachment }) => Attachment?.AttachTime?.toISOString()),
  'network-interface.attachment.attachment-id': ofInterfaces(({ Attachment }) => Attachment?.AttachmentId),
  'network-interface.attachment.delete-on-termination': ofInterfaces(
    ({ Attachment }) => Attachment?.DeleteOnTermination,
  ),
  'network-interface.attachment.device-index': ofInterfaces(({ Attachment }) => Attachment?.DeviceIndex),
  'network-interface.attachment.instance-id': of(({ InstanceId }) => InstanceId),
  'network-interface.attachment.instance-owner-id': ofInterfaces(({ OwnerId }) => OwnerId),
  'network-interface.attachment.status': ofInterfaces(({ Attachment }) => Attachment?.Status),
  'network-interface.availability-zone': of(({ Placement }) => Placement?.AvailabilityZone),
  'network-interface.description': ofInterfaces(({ Description }) => Description),
  'network-interface.group-id': ofInterfaces(({ Groups }) => Groups?.map(({ GroupId }) => GroupId)),
  'network-interface.group-name': ofInterfaces(({ Groups }) => Groups?.map(({ GroupName }) => GroupName)),
  'network-interface.ipv6-address': ofInterfaces((row) => row.Ipv6Addresses?.map(({ Ipv6Address }) => Ipv6Address)),
  'network-interface.ipv6-addresses.ipv6-address': ofInterfaces((row) =>
    row.Ipv6Addresses?.map(({ Ipv6Address }) => Ipv6Address),
  ),
  'network-interface.mac-address': ofInterfaces(({ MacAddress }) => MacAddress),
  'network-interface.network-interface-id': ofInterfaces(({ NetworkInterfaceId }) => NetworkInterfaceId),
  'network-interface.operator.managed': ofInterfaces(({ Operator }) => Operator?.Managed ?? false),
  'network-interface.owner-id': ofInterfaces(({ OwnerId }) => OwnerId),
  'network-interface.private-dns-name': ofInterfaces(({ PrivateDnsName }) => PrivateDnsName),
  'network-interface.private-ip-address': ofInterfaces((row) =>
    row.PrivateIpAddresses?.map(({ PrivateIpAddress }) => PrivateIpAddress),
  ),
  'network-interface.requester-id': undefined, // the answer does not show it
  'network-interface.requester-managed': undefined, // the answer does not show it
  'network-interface.source-dest-check': ofInterfaces(({ SourceDestCheck }) => SourceDestCheck),
  'network-interface.status': ofInterfaces(({ Status }) => Status),
  'network-interface.subnet-id': ofInterfaces(({ SubnetId }) => SubnetId),
  'network-interface.tag-key': undefined, // the answer does not show it
  'network-interface.tag-value': undefined, // the answer does not show it
  'network-interface.vpc-id': ofInterfaces(({ VpcId }) => VpcId),
};
