import { blockHas } from '../vpc/request/block.js';
import type { ConnectionRow } from '../cloud-api/state.js';
import type { Finding } from './connection.js';

/**
 * The gateway sends into the VPC only to addresses in its accessible blocks, and never to addresses in its
 * own range.
 */
export function accessibleBlocksStop(
  { cidrBlocks, instanceCidr }: ConnectionRow,
  address: string,
): Finding | undefined {
  if (blockHas(instanceCidr, address)) {
    return { by: 'accessible-blocks', because: `${address} lies in ${instanceCidr}, the instance's own block.` };
  }
  if (cidrBlocks.some((block) => blockHas(block, address))) return undefined;
  return {
    by: 'accessible-blocks',
    because: `${address} lies in none of the accessible blocks ${cidrBlocks.join(', ')}.`,
  };
}
