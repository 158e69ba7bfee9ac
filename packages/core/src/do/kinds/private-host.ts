import { readAddress } from '../../cidr/read-address.js';
import { parsePrefix } from '../../cidr/prefix.js';
import { PrefixSet } from '../../cidr/prefix-set.js';

/** Private by RFC 1918, RFC 6598 (used inside Alibaba Cloud) and RFC 4193. */
const BLOCKS = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '100.64.0.0/10', 'fc00::/7'];
let known: PrefixSet | undefined;

/** Whether a host is an address, and no name. */
export function isAddress(host: string): boolean {
  return readAddress(host) !== undefined;
}

/** Whether a host is a private address. Names are not; whether they are private, private domains say. */
export function isPrivate(host: string): boolean {
  const address = readAddress(host);
  known ??= PrefixSet.of(BLOCKS.map((text) => parsePrefix(text)));
  return address !== undefined && known.has(address);
}
