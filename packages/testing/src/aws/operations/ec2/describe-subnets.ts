import type { DescribeSubnetsRequest, DescribeSubnetsResult } from '@aws-sdk/client-ec2';
import { ec2Operation } from '../../ec2/request/ec2-operation.js';
import type { FilterTable } from '../../ec2/request/filters.js';
import { ID } from '../../ec2/request/ids.js';
import { listRows } from '../../ec2/request/list-rows.js';
import { freeAddressCount } from '../../ec2/vpc/network.js';
import { subnetArn, subnetView } from '../../ec2/subnet/subnet-view.js';
import type { AwsCall } from '../../call.js';
import type { SubnetRow } from '../../state/ec2-state.js';

/** @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeSubnets.html (Filter.N) */
const filters = (call: AwsCall): FilterTable<SubnetRow> => ({
  'availability-zone': (row) => row.zoneName,
  availabilityZone: (row) => row.zoneName,
  'availability-zone-id': (row) => row.zoneId,
  availabilityZoneId: (row) => row.zoneId,
  'available-ip-address-count': (row) => freeAddressCount(call.state, row.id),
  'cidr-block': (row) => row.cidrBlock,
  cidr: (row) => row.cidrBlock,
  cidrBlock: (row) => row.cidrBlock,
  'customer-owned-ipv4-pool': () => undefined,
  'default-for-az': (row) => row.isDefault,
  defaultForAz: (row) => row.isDefault,
  'enable-dns64': (row) => row.enableDns64,
  'enable-lni-at-device-index': (row) => row.enableLniAtDeviceIndex,
  'ipv6-cidr-block-association.ipv6-cidr-block': (row) => row.ipv6CidrBlocks.map((block) => block.cidrBlock),
  'ipv6-cidr-block-association.association-id': (row) => row.ipv6CidrBlocks.map((block) => block.associationId),
  'ipv6-cidr-block-association.state': (row) => row.ipv6CidrBlocks.map((block) => block.state),
  'ipv6-native': (row) => row.ipv6Native,
  'map-customer-owned-ip-on-launch': () => false,
  'map-public-ip-on-launch': (row) => row.mapPublicIpOnLaunch,
  'outpost-arn': () => undefined,
  'owner-id': (row) => row.ownerId,
  'private-dns-name-options-on-launch.hostname-type': (row) => row.hostnameType,
  'private-dns-name-options-on-launch.enable-resource-name-dns-a-record': (row) => row.enableResourceNameDnsA,
  'private-dns-name-options-on-launch.enable-resource-name-dns-aaaa-record': (row) => row.enableResourceNameDnsAaaa,
  state: (row) => row.state,
  'subnet-arn': (row) => subnetArn(call, row),
  'subnet-id': (row) => row.id,
  'vpc-id': (row) => row.vpcId,
});

/** @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeSubnets.html */
export const describeSubnets = ec2Operation({
  name: 'DescribeSubnets',
  kind: 'read',
  run: (call, input: DescribeSubnetsRequest): DescribeSubnetsResult => {
    const { rows, next } = listRows(input, {
      list: 'DescribeSubnets',
      rows: call.state.ec2.subnets,
      filters: filters(call),
      tagsOf: (row) => row.tags,
      ids: { wanted: input.SubnetIds, kind: ID.subnet, member: 'subnetIds' },
    });
    return { Subnets: rows.map((row) => subnetView(call, row)), NextToken: next };
  },
});
