import { type Block, covers, overlaps, readBlock } from '../../simulation/addresses.js';
import { AlibabaError } from '../operation/operation.js';
import type { AlibabaNetworkState, VpcRow } from './state.js';

/** No VPC may have a block in these. @see https://help.aliyun.com/document_detail/2588220.html */
const RESERVED = ['100.64.0.0/10', '224.0.0.0/4', '127.0.0.0/8', '169.254.0.0/16'];

/** What a VPC has that is made without a block. */
export const DEFAULT_VPC_BLOCK = '172.16.0.0/12';

/**
 * Reads the block of a VPC: 8 to 28 bits, no host bits, not reserved.
 * @throws {AlibabaError} `InvalidParameter` [?] the code
 */
export function readVpcBlock(text: string): Block {
  const block = readBlock(text);
  const reserved = RESERVED.map(readBlock).filter((range) => range !== undefined);
  if (!block?.exact || block.family !== 4 || !text.includes('/') || block.bits < 8 || block.bits > 28) {
    throw new AlibabaError('InvalidParameter', 'Specified CIDR block is not valid.');
  }
  if (reserved.some((range) => covers(range, block))) {
    throw new AlibabaError('InvalidParameter', 'Specified CIDR block is reserved by system.');
  }

  return block;
}

/** All blocks of a VPC, the primary one first. */
export function blocksOf({ cidrBlock, secondaryCidrBlocks }: VpcRow): readonly Block[] {
  return [cidrBlock, ...secondaryCidrBlocks].map(readBlock).filter((block) => block !== undefined);
}

/**
 * Reads the block of a new vSwitch: 16 to 29 bits, within one block of its VPC. It must not overlap other
 * vSwitches or routes' destinations, except that it may be inside a destination.
 * @see https://www.alibabacloud.com/help/en/vpc/developer-reference/api-vpc-2016-04-28-createvswitch
 * @throws {AlibabaError} `InvalidCidrBlock.Malformed`, `InvalidParameter`, `InvalidCidrBlock.Overlapped`
 */
export function readVSwitchBlock(network: AlibabaNetworkState, vpc: VpcRow, text: string): Block {
  const block = readBlock(text);
  if (!block?.exact || block.family !== 4 || !text.includes('/') || block.bits < 16 || block.bits > 29) {
    throw new AlibabaError('InvalidCidrBlock.Malformed', 'Specified CIDR block is not valid.'); // [?] the code
  }
  if (!blocksOf(vpc).some((outer) => covers(outer, block))) {
    throw new AlibabaError('InvalidParameter', 'Specified CIDR block is not valid in VPC.');
  }

  for (const { vpcId, cidrBlock } of network.vSwitches.values()) {
    const other = vpcId === vpc.id ? readBlock(cidrBlock) : undefined;
    if (other && overlaps(other, block)) throw overlapped('other subnets');
  }
  for (const { vpcId, entries } of network.routeTables.values()) {
    if (vpcId !== vpc.id) continue;

    for (const { destinationCidrBlock } of entries) {
      const destination = readBlock(destinationCidrBlock);
      if (destination && covers(block, destination)) throw overlapped('other entry');
    }
  }
  return block;
}

const overlapped = (what: string) =>
  new AlibabaError('InvalidCidrBlock.Overlapped', `Specified CIDR block overlapped with ${what}.`);
