import type { SubnetCidrReservation, Subnet } from '@aws-sdk/client-ec2';
import type { CidrReservationRow, SubnetRow, Ec2State, VpcRow } from '../state.js';
import { arnOf, tagList, tagListOrNone } from '../request/family.js';
import { type AwsCall, ServiceError } from '../../operation/operation.js';
import { invalidCombination, invalidMember, parseBlock } from '../request/text-rules.js';
import { zonesOf, type Zone } from './zones.js';
import { freeAddressCount } from '../vpc/network.js';
import { covers, overlaps, type Block } from '../../../simulation/addresses.js';
import { ipv4Block } from '../vpc/vpc-blocks.js';

/** A subnet CIDR reservation as the API shows it. */
export function reservationView({ id, fields, tags }: CidrReservationRow): SubnetCidrReservation {
  return { SubnetCidrReservationId: id, ...fields, Tags: tagList(tags) };
}

/**
 * The zone that a request names, by name or by id; undefined if it names none.
 * @throws {ServiceError} `InvalidParameterValue`, `InvalidParameterCombination`.
 */
export function findZone(
  call: AwsCall,
  input: { readonly AvailabilityZone?: string | undefined; readonly AvailabilityZoneId?: string | undefined },
): Zone | undefined {
  const { AvailabilityZone: name, AvailabilityZoneId: id } = input;
  if (name === undefined && id === undefined) return undefined;
  if (name !== undefined && id !== undefined) {
    throw invalidCombination('The parameters availabilityZone and availabilityZoneId cannot be used together.');
  }

  const open = zonesOf(call.region, call.account).filter((zone) => zone.optIn === 'opt-in-not-required');
  const found = open.find((zone) => (name === undefined ? zone.id === id : zone.name === name));
  if (found !== undefined) return found;

  const [member, value] = name === undefined ? ['availabilityZoneId', id ?? ''] : ['availabilityZone', name];
  const choices = open.map((zone) => (name === undefined ? zone.id : zone.name)).sort();
  throw invalidMember(
    member,
    value,
    `Subnets can currently only be created in the following availability zones: ${choices.join(', ')}.`,
  );
}

/** A subnet as the API shows it. */
export function subnetView(call: AwsCall, row: SubnetRow): Subnet {
  return {
    SubnetId: row.id,
    SubnetArn: arnOf(call, row.id, row.ownerId),
    VpcId: row.vpcId,
    OwnerId: row.ownerId,
    ...row.fields,
    AvailabilityZone: row.zoneName,
    AvailabilityZoneId: row.zoneId,
    CidrBlock: row.cidrBlock === '' ? undefined : row.cidrBlock,
    AvailableIpAddressCount: freeAddressCount(call.state, row.id),
    Ipv6CidrBlockAssociationSet: row.ipv6CidrBlocks.map(({ associationId, cidrBlock, state }) => ({
      AssociationId: associationId,
      Ipv6CidrBlock: cidrBlock,
      Ipv6CidrBlockState: { State: state },
      Ipv6AddressAttribute: 'public',
      IpSource: 'amazon',
    })),
    Tags: tagListOrNone(row.tags),
  };
}

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

const invalidRange = (text: string) => new ServiceError('InvalidSubnet.Range', `The CIDR '${text}' is invalid.`);
