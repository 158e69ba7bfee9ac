import { readBlock } from '../../simulation/addresses.js';
import { blockHas } from '../vpc/request/text-rules.js';
import type { SnatEntryRow } from '../vpc/state.js';
import type { AlibabaRegionState } from '../state/region-state.js';
import type { Finding } from './connection.js';

/** Addresses that are not of the internet. */
const PRIVATE = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '100.64.0.0/10', '169.254.0.0/16', '127.0.0.0/8'];

/** Whether an address is of the internet. */
export function isPublic(address: string): boolean {
  return readBlock(address)?.family === 4 && !PRIVATE.some((block) => blockHas(block, address));
}

/**
 * The internet address with which calls from an address in a vSwitch leave a NAT gateway: the address of the SNAT entry of the vSwitch,
 * or of the smallest block that contains the address. Undefined where the NAT gateway does not exist.
 * @see https://www.alibabacloud.com/help/en/nat-gateway/user-guide/create-and-manage-snat-entries
 */
export function seenBehindNat(
  { network }: AlibabaRegionState,
  natGatewayId: string,
  from: { readonly address: string; readonly vSwitchId: string },
): { readonly seenAs: string } | Finding | undefined {
  const row = network.natGateways.get(natGatewayId);
  if (!row) return undefined;

  const stopped = (because: string): Finding => ({ by: 'nat', because });
  if (row.Status !== 'Available') return stopped(`NAT gateway ${natGatewayId} is ${row.Status}.`);
  if (row.NetworkType !== 'internet') return stopped(`NAT gateway ${natGatewayId} does not go to the internet.`);

  const [entry] = [...network.snatEntries.values()]
    .filter((one) => one.NatGatewayId === natGatewayId && isFor(one, from))
    .toSorted((a, b) => bits(b) - bits(a));
  if (!entry) return stopped(`NAT gateway ${natGatewayId} has no SNAT entry for ${from.vSwitchId} (${from.address}).`);

  return { seenAs: entry.SnatIp.split(',')[0] ?? '' };
}

const isFor = (
  { SourceVSwitchId, SourceCIDR }: SnatEntryRow,
  { address, vSwitchId }: { readonly address: string; readonly vSwitchId: string },
): boolean => SourceVSwitchId === vSwitchId || (SourceCIDR !== '' && blockHas(SourceCIDR, address));

const bits = ({ SourceCIDR }: SnatEntryRow): number => readBlock(SourceCIDR)?.bits ?? 0;
