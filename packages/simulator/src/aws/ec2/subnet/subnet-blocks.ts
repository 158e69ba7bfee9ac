import { covers, overlaps, type Block } from '../../../simulation/blocks.js';
import { ServiceError } from '../../operation/service-error.js';
import type { Ec2State, SubnetRow, VpcRow } from '../state.js';
import { parseBlock } from '../request/cidr.js';
import { invalidMember } from '../request/errors.js';
import { ipv4Block } from '../vpc/vpc-blocks.js';

/** @see https://docs.aws.amazon.com/vpc/latest/userguide/subnet-sizing.html */
const SHORTEST = 16;
const LONGEST = 28;
const SHORTEST_IPV6 = 44;
const LONGEST_IPV6 = 64;

/**
 * A new subnet's IPv4 block: /16 to /28, inside one of its VPC's blocks, clear of the other subnets.
 * @throws {ServiceError} `InvalidParameterValue`, `InvalidSubnet.Range`, `InvalidSubnet.Conflict`.
 */
export function subnetBlock(ec2: Ec2State, vpc: VpcRow, text: string): Block {
  const wanted = ipv4Block(text, 'cidrBlock');
  const inSize = wanted.bits >= SHORTEST && wanted.bits <= LONGEST;
  if (!inSize || !isWithin(wanted, vpc.cidrBlocks)) throw invalidRange(text);
  checkConflicts(ec2, vpc, wanted, (subnet) => [subnet.cidrBlock]);
  return wanted;
}

/**
 * A subnet's IPv6 block: /44 to /64 in steps of four, inside one of its VPC's blocks, clear of the other subnets.
 * @throws {ServiceError} `InvalidParameterValue`, `InvalidSubnet.Range`, `InvalidSubnet.Conflict`.
 */
export function subnetIpv6Block(ec2: Ec2State, vpc: VpcRow, text: string): Block {
  const wanted = parseBlock(text);
  if (wanted?.family !== 6) throw invalidMember('ipv6CidrBlock', text, 'This is not a valid CIDR block.');
  const inSize = wanted.bits >= SHORTEST_IPV6 && wanted.bits <= LONGEST_IPV6 && wanted.bits % 4 === 0;
  if (!inSize || !isWithin(wanted, vpc.ipv6CidrBlocks)) throw invalidRange(text);
  checkConflicts(ec2, vpc, wanted, (subnet) => subnet.ipv6CidrBlocks.map((row) => row.cidrBlock));
  return wanted;
}

function isWithin(wanted: Block, blocks: readonly { readonly cidrBlock: string }[]): boolean {
  return blocks.some(({ cidrBlock }) => {
    const outer = parseBlock(cidrBlock);
    return outer !== undefined && covers(outer, wanted);
  });
}

function checkConflicts(ec2: Ec2State, vpc: VpcRow, wanted: Block, blocksOf: (row: SubnetRow) => string[]): void {
  for (const subnet of ec2.subnets.values()) {
    if (subnet.vpcId !== vpc.id) continue;
    for (const text of blocksOf(subnet)) {
      const other = parseBlock(text);
      if (other === undefined || !overlaps(other, wanted)) continue;
      throw new ServiceError('InvalidSubnet.Conflict', `The CIDR '${wanted.text}' conflicts with another subnet`);
    }
  }
}

function invalidRange(text: string): ServiceError {
  return new ServiceError('InvalidSubnet.Range', `The CIDR '${text}' is invalid.`);
}
