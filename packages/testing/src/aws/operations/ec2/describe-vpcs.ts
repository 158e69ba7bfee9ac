import type { DescribeVpcsRequest, DescribeVpcsResult } from '@aws-sdk/client-ec2';
import { ec2Operation } from '../../ec2/request/ec2-operation.js';
import type { FilterTable } from '../../ec2/request/filters.js';
import { ID } from '../../ec2/request/ids.js';
import { listRows } from '../../ec2/request/list-rows.js';
import { vpcView } from '../../ec2/vpc/vpc-view.js';
import type { VpcRow } from '../../state/ec2-state.js';

/** @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeVpcs.html (Filter.N) */
const FILTERS: FilterTable<VpcRow> = {
  cidr: (row) => row.cidrBlock,
  cidrBlock: (row) => row.cidrBlock,
  'cidr-block': (row) => row.cidrBlock,
  'cidr-block-association.cidr-block': (row) => row.cidrBlocks.map((block) => block.cidrBlock),
  'cidr-block-association.association-id': (row) => row.cidrBlocks.map((block) => block.associationId),
  'cidr-block-association.state': (row) => row.cidrBlocks.map((block) => block.state),
  'dhcp-options-id': (row) => row.dhcpOptionsId,
  dhcpOptionsId: (row) => row.dhcpOptionsId,
  'ipv6-cidr-block-association.ipv6-cidr-block': (row) => row.ipv6CidrBlocks.map((block) => block.cidrBlock),
  'ipv6-cidr-block-association.ipv6-pool': (row) => row.ipv6CidrBlocks.map(() => 'Amazon'),
  'ipv6-cidr-block-association.association-id': (row) => row.ipv6CidrBlocks.map((block) => block.associationId),
  'ipv6-cidr-block-association.state': (row) => row.ipv6CidrBlocks.map((block) => block.state),
  'is-default': (row) => row.isDefault,
  isDefault: (row) => row.isDefault,
  'owner-id': (row) => row.ownerId,
  state: () => 'available',
  'vpc-id': (row) => row.id,
};

/** @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeVpcs.html */
export const describeVpcs = ec2Operation({
  name: 'DescribeVpcs',
  kind: 'read',
  run: (call, input: DescribeVpcsRequest): DescribeVpcsResult => {
    const { rows, next } = listRows(input, {
      list: 'DescribeVpcs',
      rows: call.state.ec2.vpcs,
      filters: FILTERS,
      tagsOf: (row) => row.tags,
      ids: { wanted: input.VpcIds, kind: ID.vpc, member: 'vpcIds' },
    });
    return { Vpcs: rows.map(vpcView), NextToken: next };
  },
});
