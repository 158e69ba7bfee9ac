import type { AwsCall } from '../../operation/operation.js';
import type { InterfaceRow } from '../state.js';
import type { InstanceRow } from './state.js';
import { interfaceFilters } from '../network-interface/interface-view.js';
import type { FilterTable } from '../request/filters.js';
import { instanceView } from './instance-view.js';
import { interfacesOf } from './instances.js';

/** Documented filters on what no simulated instance has: they are accepted, and nothing matches. */
const NOTHING = `affinity block-device-mapping.attach-time block-device-mapping.delete-on-termination
  block-device-mapping.device-name block-device-mapping.status block-device-mapping.volume-id boot-mode
  capacity-reservation-id capacity-reservation-specification.capacity-reservation-preference
  capacity-reservation-specification.capacity-reservation-target.capacity-reservation-id
  capacity-reservation-specification.capacity-reservation-target.capacity-reservation-resource-group-arn
  current-instance-boot-mode dns-name enclave-options.enabled hibernation-options.configured host-id
  iam-instance-profile.arn iam-instance-profile.id instance-lifecycle ip-address kernel-id
  maintenance-options.auto-recovery metadata-options.http-endpoint metadata-options.http-protocol-ipv4
  metadata-options.http-protocol-ipv6 metadata-options.http-put-response-hop-limit metadata-options.http-tokens
  metadata-options.instance-metadata-tags metadata-options.state
  network-interface.addresses.association.allocation-id network-interface.addresses.association.association-id
  network-interface.addresses.association.carrier-ip network-interface.addresses.association.customer-owned-ip
  network-interface.addresses.association.ip-owner-id network-interface.addresses.association.public-dns-name
  network-interface.addresses.association.public-ip network-interface.association.allocation-id
  network-interface.association.association-id network-interface.association.carrier-ip
  network-interface.association.customer-owned-ip network-interface.association.ip-owner-id
  network-interface.association.public-dns-name network-interface.association.public-ip
  network-interface.attachment.network-card-index network-interface.deny-all-igw-traffic
  network-interface.ipv4-prefixes.ipv4-prefix network-interface.ipv6-addresses.is-primary-ipv6
  network-interface.ipv6-native network-interface.ipv6-prefixes.ipv6-prefix network-interface.outpost-arn
  network-interface.public-dns-name network-performance-options.bandwidth-weighting operator.managed operator.principal
  outpost-arn placement-group-name placement-partition-number platform platform-details
  private-dns-name-options.enable-resource-name-dns-a-record
  private-dns-name-options.enable-resource-name-dns-aaaa-record private-dns-name-options.hostname-type product-code
  product-code.type ramdisk-id requester-id spot-instance-request-id tpm-support usage-operation
  usage-operation-update-time`.split(/\s+/);

/** @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeInstances.html (Filter.N) */
export function instanceFilters(call: AwsCall): FilterTable<InstanceRow> {
  const primary = (row: InstanceRow): InterfaceRow | undefined => interfacesOf(call.state.ec2, row.id)[0];
  const view = (row: InstanceRow) => instanceView(call, row);
  return {
    ...Object.fromEntries(NOTHING.map((name) => [name, () => undefined])),
    ...ofInterfaces(call),
    architecture: (row) => view(row).Architecture,
    'availability-zone': (row) => row.zoneName,
    'availability-zone-id': (row) => row.zoneId,
    'client-token': (row) => row.clientToken,
    'ebs-optimized': (row) => view(row).EbsOptimized,
    'ena-support': (row) => view(row).EnaSupport,
    hypervisor: (row) => view(row).Hypervisor,
    'image-id': (row) => row.imageId,
    'instance-id': (row) => row.id,
    'instance-state-code': (row) => view(row).State?.Code,
    'instance-state-name': (row) => row.state,
    'instance-type': (row) => row.instanceType,
    'instance.group-id': (row) => primary(row)?.groupIds,
    'instance.group-name': (row) => view(row).SecurityGroups?.map(({ GroupName }) => GroupName),
    'ipv6-address': (row) => primary(row)?.ipv6Addresses,
    'key-name': (row) => row.keyName,
    'launch-index': (row) => row.launchIndex,
    'launch-time': (row) => new Date(row.launchedAt).toISOString(),
    'monitoring-state': (row) => view(row).Monitoring?.State,
    'owner-id': (row) => row.ownerId,
    'private-dns-name': (row) => view(row).PrivateDnsName || undefined,
    'private-ip-address': (row) => primary(row)?.privateIpAddress,
    reason: (row) => row.transitionReason || undefined,
    'reservation-id': (row) => row.reservationId,
    'root-device-name': (row) => view(row).RootDeviceName,
    'root-device-type': (row) => view(row).RootDeviceType,
    'source-dest-check': (row) => primary(row)?.sourceDestCheck,
    'state-reason-code': (row) => view(row).StateReason?.Code,
    'state-reason-message': (row) => view(row).StateReason?.Message,
    'subnet-id': (row) => primary(row)?.subnetId,
    tenancy: (row) => view(row).Placement?.Tenancy,
    'virtualization-type': (row) => view(row).VirtualizationType,
    'vpc-id': (row) => primary(row)?.vpcId,
  };
}

/** `network-interface.<name>`: what the list of network interfaces filters by, on those of an instance. */
function ofInterfaces(call: AwsCall): FilterTable<InstanceRow> {
  const own = (row: InstanceRow): readonly InterfaceRow[] => interfacesOf(call.state.ec2, row.id);
  const names = Object.entries(interfaceFilters(call)).flatMap(([name, valuesOf]) => {
    const full = `network-interface.${name}`;
    if (NOTHING.includes(full) || NOT_OF_INSTANCES.has(name)) return [];
    return [[full, (row: InstanceRow) => own(row).flatMap((one) => valuesOf(one))] as const];
  });
  return {
    ...Object.fromEntries(names),
    'network-interface.ipv6-address': (row) => own(row).flatMap(({ ipv6Addresses }) => ipv6Addresses),
    'network-interface.addresses.private-dns-name': (row) =>
      instanceView(call, row).NetworkInterfaces?.flatMap(({ PrivateIpAddresses = [] }) =>
        PrivateIpAddresses.map(({ PrivateDnsName }) => PrivateDnsName),
      ),
    'network-interface.tag-key': (row) => own(row).flatMap(({ tags }) => Object.keys(tags)),
    'network-interface.tag-value': (row) => own(row).flatMap(({ tags }) => Object.values(tags)),
  };
}

/** Filters of network interfaces that the list of instances does not document. */
const NOT_OF_INSTANCES = new Set(['availability-zone-id', 'interface-type']);
