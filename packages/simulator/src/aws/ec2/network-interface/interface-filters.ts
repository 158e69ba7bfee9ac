import type { AwsCall } from '../../operation/call.js';
import type { InterfaceRow } from '../state.js';
import type { FilterTable } from '../request/filters.js';
import { interfaceStatus } from './interface-status.js';
import { privateDnsName, publicDnsName } from './interface-view.js';

/** @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeNetworkInterfaces.html (Filter.N) */
export const interfaceFilters = (call: AwsCall): FilterTable<InterfaceRow> => ({
  'association.allocation-id': () => undefined,
  'association.association-id': () => undefined,
  'addresses.association.owner-id': (row) => publicOwner(row),
  'addresses.association.public-ip': (row) => row.publicIpAddress,
  'addresses.primary': (row) => row.addresses.map((address) => address === row.privateIpAddress),
  'addresses.private-ip-address': (row) => row.addresses,
  'association.ip-owner-id': (row) => publicOwner(row),
  'association.public-ip': (row) => row.publicIpAddress,
  'association.public-dns-name': (row) => publicDnsName(call, row),
  'attachment.attach-time': (row) => row.attachment && new Date(row.attachment.attachTimeMs).toISOString(),
  'attachment.attachment-id': (row) => row.attachment?.attachmentId,
  'attachment.delete-on-termination': (row) => row.attachment?.deleteOnTermination,
  'attachment.device-index': (row) => row.attachment?.deviceIndex,
  'attachment.instance-id': (row) => row.attachment?.instanceId,
  'attachment.instance-owner-id': (row) => row.attachment?.instanceOwnerId,
  'attachment.status': (row) => row.attachment?.status,
  'availability-zone': (row) => row.zoneName,
  'availability-zone-id': (row) => row.zoneId,
  description: (row) => row.description,
  'group-id': (row) => row.groupIds,
  'group-name': (row) => row.groupIds.map((id) => call.state.ec2.securityGroups.get(id)?.name),
  'ipv6-addresses.ipv6-address': (row) => row.ipv6Addresses,
  'interface-type': (row) => row.interfaceType,
  'mac-address': (row) => row.macAddress,
  'network-interface-id': (row) => row.id,
  'operator.managed': (row) => row.operator !== undefined,
  'operator.principal': (row) => row.operator,
  'owner-id': (row) => row.ownerId,
  'private-dns-name': (row) => privateDnsName(call, row, row.privateIpAddress),
  'private-ip-address': (row) => row.addresses,
  'requester-id': (row) => row.requesterId,
  'requester-managed': (row) => row.requesterManaged,
  'source-dest-check': (row) => row.sourceDestCheck,
  status: (row) => interfaceStatus(row),
  'subnet-id': (row) => row.subnetId,
  'vpc-id': (row) => row.vpcId,
});

const publicOwner = (row: InterfaceRow): string | undefined =>
  row.publicIpAddress === undefined ? undefined : (row.requesterId ?? 'amazon');
