import { overlaps } from '../../simulation/addresses.js';
import type { SubnetRow, VpcRow } from './state.js';
import type { Birthplace } from './birthplace.js';
import { formatIpv4, parseBlock, parseIpv4 } from './request/text-rules.js';
import { isMain, newRouteTable } from './route-table/route-table-view.js';
import { newSubnet, zonesOf, type Zone } from './subnet/zones.js';
import type { TagRow } from '../state/given.js';
import { newNetworkAcl } from './network-acl/network-acl.js';
import { newSecurityGroup } from './security-group/rule-identity.js';

const DEFAULT_BLOCK = '172.31.0.0/16';
const SUBNET_BITS = 20;
const SUBNETS = 16;

/**
 * Makes the default VPC: 172.31.0.0/16 with a /20 in each availability zone, and a way out through an internet gateway.
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/default-vpc-components.html
 */
export function newDefaultVpc(place: Birthplace): VpcRow {
  const vpc = newVpc(place, { cidrBlock: DEFAULT_BLOCK, isDefault: true, instanceTenancy: 'default', tags: {} });
  const gateway = { id: place.id('igw-'), ownerId: place.account, vpcId: vpc.id, tags: {} };
  place.ec2.internetGateways.set(gateway.id, gateway);
  for (const table of place.ec2.routeTables.values()) {
    if (table.vpcId !== vpc.id || !isMain(table)) continue;

    table.routes.push({
      destination: '0.0.0.0/0',
      kind: 'ipv4',
      targetKind: 'internet-gateway',
      targetId: gateway.id,
      origin: 'CreateRoute',
    });
  }
  for (const zone of zonesOf(place.region, place.account)) {
    if (zone.type === 'availability-zone') newDefaultSubnet(place, vpc, zone);
  }
  return vpc;
}

/**
 * Creates a default subnet in the first /20 of the default VPC that overlaps no subnet; undefined if there is none.
 */
function newDefaultSubnet(place: Birthplace, vpc: VpcRow, zone: Zone): SubnetRow | undefined {
  const taken = [...place.ec2.subnets.values()]
    .filter((subnet) => subnet.vpcId === vpc.id)
    .map((subnet) => parseBlock(subnet.cidrBlock));
  const base = parseIpv4(vpc.cidrBlock.split('/')[0] ?? '') ?? 0;
  for (let index = 0; index < SUBNETS; index += 1) {
    const block = parseBlock(`${formatIpv4(base + index * 2 ** (32 - SUBNET_BITS))}/${SUBNET_BITS}`);
    if (block === undefined || taken.some((other) => other && overlaps(other, block))) continue;

    return newSubnet(place, vpc, { cidrBlock: block.text, zone, isDefault: true, tags: {} });
  }
  return undefined;
}

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
