import type { AwsCall } from '../../operation/operation.js';
import type { InterfaceRow } from '../state.js';
import type { InstanceRow } from './state.js';
import { type FilterTable, shownFilters } from '../request/filters.js';
import { instanceView } from './instance-view.js';
import { interfacesOf } from './instances.js';

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
