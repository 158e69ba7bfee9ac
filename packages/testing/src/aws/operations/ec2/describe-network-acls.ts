import type { DescribeNetworkAclsRequest, DescribeNetworkAclsResult } from '@aws-sdk/client-ec2';
import { ec2Operation } from '../../ec2/request/ec2-operation.js';
import type { FilterTable } from '../../ec2/request/filters.js';
import { ID } from '../../ec2/request/ids.js';
import { listRows } from '../../ec2/request/list-rows.js';
import { networkAclView } from '../../ec2/network-acl/network-acl-view.js';
import type { NetworkAclRow } from '../../state/ec2-state.js';

/** Protocols have names in filters and numbers in responses; either is accepted. */
const PROTOCOL_NAMES: Readonly<Record<string, string>> = { '1': 'icmp', '6': 'tcp', '17': 'udp', '58': 'icmpv6' };

/** @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeNetworkAcls.html (Filter.N) */
const FILTERS: FilterTable<NetworkAclRow> = {
  'association.association-id': (row) => row.associations.map((association) => association.id),
  'association.network-acl-id': (row) => row.associations.map(() => row.id),
  'association.subnet-id': (row) => row.associations.map((association) => association.subnetId),
  default: (row) => row.isDefault,
  'entry.cidr': (row) => row.entries.map((entry) => entry.cidrBlock),
  'entry.icmp.code': (row) => row.entries.map((entry) => entry.icmpCode),
  'entry.icmp.type': (row) => row.entries.map((entry) => entry.icmpType),
  'entry.ipv6-cidr': (row) => row.entries.map((entry) => entry.ipv6CidrBlock),
  'entry.port-range.from': (row) => row.entries.map((entry) => entry.fromPort),
  'entry.port-range.to': (row) => row.entries.map((entry) => entry.toPort),
  'entry.protocol': (row) => row.entries.flatMap(({ protocol }) => [protocol, PROTOCOL_NAMES[protocol]]),
  'entry.rule-action': (row) => row.entries.map((entry) => entry.action),
  'entry.egress': (row) => row.entries.map((entry) => entry.egress),
  'entry.rule-number': (row) => row.entries.map((entry) => entry.ruleNumber),
  'network-acl-id': (row) => row.id,
  'owner-id': (row) => row.ownerId,
  'vpc-id': (row) => row.vpcId,
};

/** @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeNetworkAcls.html */
export const describeNetworkAcls = ec2Operation({
  name: 'DescribeNetworkAcls',
  kind: 'read',
  run: (call, input: DescribeNetworkAclsRequest): DescribeNetworkAclsResult => {
    const { rows, next } = listRows(input, {
      list: 'DescribeNetworkAcls',
      rows: call.state.ec2.networkAcls,
      filters: FILTERS,
      tagsOf: (row) => row.tags,
      ids: { wanted: input.NetworkAclIds, kind: ID.networkAcl, member: 'networkAclIds' },
    });
    return { NetworkAcls: rows.map(networkAclView), NextToken: next };
  },
});
