import { free } from '../../../cidr/free.js';
import type { Prefix } from '../../../cidr/prefix.js';
import type { RegionIndex } from '../../../do/world/views.js';
import { subnetsOfNetwork } from '../../../do/world/subnets-of.js';
import { readBlocks } from '../../path/model/group-set.js';

/** The private address ranges: https://www.rfc-editor.org/rfc/rfc1918 */
const PRIVATE = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16'];

/**
 * A block of a network that no subnet has and that does not overlap `avoid`: `10.0.4.0/24`. Undefined where the network is full, or
 * not known.
 */
export function freeInNetwork(
  region: RegionIndex,
  networkId: string | undefined,
  bits: number,
  avoid: readonly Prefix[],
): string | undefined {
  if (networkId === undefined) return undefined;

  const network = region.find('networks', networkId);
  if (network.is !== 'found') return undefined;

  const pool = readBlocks(network.value.cidrBlocks);
  const taken = readBlocks(subnetsOfNetwork(region, networkId).map(({ cidrBlock }) => cidrBlock));
  return free(pool, [...taken, ...avoid], bits)[0];
}

/** A private block that does not overlap `taken`: for a whole network, or a part of one. */
export function freePrivate(taken: readonly Prefix[], bits: number): string | undefined {
  return free(PRIVATE, taken, Math.max(bits, 8))[0];
}
