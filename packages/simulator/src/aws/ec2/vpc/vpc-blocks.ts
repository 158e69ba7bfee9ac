import { raise } from '../../../simulation/raise.js';
import type { Vpc, VpcCidrBlockAssociation, VpcIpv6CidrBlockAssociation } from '@aws-sdk/client-ec2';
import { covers, overlaps, type Block } from '../../../simulation/addresses.js';
import { ServiceError } from '../../operation/operation.js';
import type { VpcRow, VpcCidrRow } from '../state.js';
import { parseBlock, invalidMember } from '../request/text-rules.js';
import { tagListOrNone } from '../request/family.js';

/** @see https://docs.aws.amazon.com/vpc/latest/userguide/vpc-cidr-blocks.html */
const SHORTEST = 16;
const LONGEST = 28;

function block(text: string): Block {
  return parseBlock(text) ?? raise(new Error(`${text} is no CIDR block.`));
}

/** No VPC can have any of these. */
const NEVER = ['0.0.0.0/8', '127.0.0.0/8', '169.254.0.0/16', '224.0.0.0/3'].map(block);

/**
 * The families of private ranges that do not mix within a VPC: a primary block of one forbids secondary ones of the others.
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/vpc-cidr-blocks.html#add-cidr-block-restrictions
 */
const PRIVATE = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '198.19.0.0/16'].map(block);
const TEN_FIRST_15 = block('10.0.0.0/15');
const TEN_FIRST_16 = block('10.0.0.0/16');
const DEFAULT_VPC = block('172.31.0.0/16');

/**
 * Reads an IPv4 block from a request; host bits are cleared, as EC2 does.
 * @throws {ServiceError} `InvalidParameterValue`.
 */
export function ipv4Block(text: string, member: string): Block {
  const parsed = parseBlock(text);
  if (parsed?.family !== 4) throw invalidMember(member, text, 'This is not a valid CIDR block.');

  return parsed;
}

/**
 * A VPC's block: /16 to /28, and not in a range that no network has.
 * @throws {ServiceError} `InvalidParameterValue`, `InvalidVpc.Range`.
 */
export function vpcBlock(text: string): Block {
  const wanted = ipv4Block(text, 'cidrBlock');
  const inSize = wanted.bits >= SHORTEST && wanted.bits <= LONGEST;
  if (!inSize || NEVER.some((range) => overlaps(range, wanted))) throw invalidRange(text);

  return wanted;
}

/**
 * Whether a block can be added to a VPC.
 * @throws {ServiceError} `InvalidVpc.Range`.
 */
export function checkSecondaryBlock(vpc: VpcRow, wanted: Block): void {
  for (const { cidrBlock } of vpc.cidrBlocks) {
    if (!overlaps(block(cidrBlock), wanted)) continue;

    throw new ServiceError(
      'InvalidVpc.Range',
      `The CIDR '${wanted.text}' conflicts with another CIDR block of the vpc`,
    ); // [U]
  }
  const primary = block(vpc.cidrBlock);
  const familyOf = (of: Block): number => PRIVATE.findIndex((range) => overlaps(range, of));
  const mixes = familyOf(wanted) >= 0 && familyOf(wanted) !== familyOf(primary);
  const inFirstTen = overlaps(TEN_FIRST_15, primary) && overlaps(TEN_FIRST_16, wanted);
  const inDefault = covers(block('172.16.0.0/12'), primary) && overlaps(DEFAULT_VPC, wanted);
  if (!mixes && !inFirstTen && !inDefault) return;

  throw new ServiceError(
    'InvalidVpc.Range',
    `The CIDR '${wanted.text}' is restricted. Use a CIDR from the same private address range as the current VPC CIDR, or use a publicly-routable CIDR. For additional restrictions, see https://docs.aws.amazon.com/vpc/latest/userguide/VPC_Subnets.html#vpc-resize`,
  );
}

/** A block that no VPC can have. */
const invalidRange = (text: string) => new ServiceError('InvalidVpc.Range', `The CIDR '${text}' is invalid.`);

/** A VPC as the API shows it. */
export function vpcView(row: VpcRow): Vpc {
  return {
    VpcId: row.id,
    OwnerId: row.ownerId,
    State: 'available',
    CidrBlock: row.cidrBlock,
    CidrBlockAssociationSet: row.cidrBlocks.map((block) => cidrView(block)),
    Ipv6CidrBlockAssociationSet:
      row.ipv6CidrBlocks.length > 0 ? row.ipv6CidrBlocks.map((block) => ipv6CidrView(block)) : undefined,
    DhcpOptionsId: row.dhcpOptionsId,
    InstanceTenancy: row.instanceTenancy,
    IsDefault: row.isDefault,
    BlockPublicAccessStates: { InternetGatewayBlockMode: 'off' },
    Tags: tagListOrNone(row.tags),
  };
}

/** One of a VPC's IPv4 blocks as the API shows it. */
export function cidrView(
  row: VpcCidrRow,
  State: 'associating' | 'associated' | 'disassociating' = 'associated',
): VpcCidrBlockAssociation {
  return { AssociationId: row.associationId, CidrBlock: row.cidrBlock, CidrBlockState: { State } };
}

/** One of a VPC's IPv6 blocks in the API's form. All are from Amazon's pool. */
export function ipv6CidrView(
  row: VpcRow['ipv6CidrBlocks'][number],
  State: 'associating' | 'associated' | 'disassociating' = 'associated',
): VpcIpv6CidrBlockAssociation {
  return {
    AssociationId: row.associationId,
    Ipv6CidrBlock: row.cidrBlock,
    Ipv6CidrBlockState: { State },
    NetworkBorderGroup: row.networkBorderGroup,
    Ipv6Pool: 'Amazon',
    Ipv6AddressAttribute: 'public',
    IpSource: 'amazon',
  };
}
