import { overlaps } from '../../simulation/blocks.js';
import type { SubnetRow, VpcRow } from './state.js';
import type { Birthplace } from './birthplace.js';
import { formatIpv4, parseBlock, parseIpv4 } from './request/cidr.js';
import { isMain } from './route-table/route-table-view.js';
import { newSubnet, zonesOf, type Zone } from './subnet/zones.js';
import { newVpc } from './new-vpc.js';

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
 * Creates a default subnet in the first /20 of the default VPC that overlaps no subnet; undefined if there
 * is none.
 */
export function newDefaultSubnet(place: Birthplace, vpc: VpcRow, zone: Zone): SubnetRow | undefined {
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
