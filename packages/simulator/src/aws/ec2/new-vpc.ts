import type { VpcRow } from './state.js';
import type { TagRow } from '../state/tag-row.js';
import type { Birthplace } from './birthplace.js';
import { newNetworkAcl } from './network-acl/new-network-acl.js';
import { newRouteTable } from './route-table/route-table-view.js';
import { newSecurityGroup } from './security-group/rule-identity.js';

interface NewVpc {
  readonly cidrBlock: string;
  readonly ipv6CidrBlock?: string | undefined;
  readonly isDefault: boolean;
  readonly instanceTenancy: 'default' | 'dedicated';
  readonly tags: TagRow;
}

/**
 * Creates a VPC and what every VPC has from the start: a main route table, a default network ACL and a
 * default security group. A default VPC has host names in DNS from the start, others do not.
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/create-vpc.html
 */
export function newVpc(place: Birthplace, wanted: NewVpc): VpcRow {
  const row: VpcRow = {
    id: place.id('vpc-'),
    ownerId: place.account,
    cidrBlock: wanted.cidrBlock,
    cidrBlocks: [{ associationId: place.id('vpc-cidr-assoc-'), cidrBlock: wanted.cidrBlock, state: 'associated' }],
    ipv6CidrBlocks: wanted.ipv6CidrBlock === undefined ? [] : [ipv6Association(place, wanted.ipv6CidrBlock)],
    isDefault: wanted.isDefault,
    instanceTenancy: wanted.instanceTenancy,
    dhcpOptionsId: [...place.ec2.dhcpOptions.keys()][0] ?? 'default',
    enableDnsSupport: true,
    enableDnsHostnames: wanted.isDefault,
    enableNetworkAddressUsageMetrics: false,
    tags: wanted.tags,
  };
  place.ec2.vpcs.set(row.id, row);
  newRouteTable(place, row, true, {});
  newNetworkAcl(place, row.id, true, {});
  newSecurityGroup(place, { vpcId: row.id, name: 'default', description: 'default VPC security group', tags: {} });
  return row;
}

/** Ties an IPv6 block to a VPC. */
export function ipv6Association(place: Birthplace, cidrBlock: string): VpcRow['ipv6CidrBlocks'][number] {
  const associationId = place.id('vpc-cidr-assoc-');
  return { associationId, cidrBlock, state: 'associated', networkBorderGroup: place.region };
}

/** A /56 as Amazon assigns them. No other VPC in this region has it. */
export function amazonIpv6Block(place: Birthplace): string {
  const taken = new Set([...place.ec2.vpcs.values()].flatMap((vpc) => vpc.ipv6CidrBlocks.map((row) => row.cidrBlock)));
  for (;;) {
    const group = Math.floor(place.random() * 0xff_ff) + 1;
    const block = `2600:1f00:${group.toString(16)}:${(Math.floor(place.random() * 255) + 1).toString(16)}00::/56`;
    if (!taken.has(block)) return block;
  }
}
