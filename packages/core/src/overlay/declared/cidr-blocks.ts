import { readAddress } from '../../cidr/read-address.js';
import { WIDTH } from '../../cidr/ip-address.js';
import { formatPrefix, prefixOf, type Prefix } from '../../cidr/prefix.js';

/** A CIDR block of a plan. Host bits are cleared, as clouds clear them or refuse them; undefined where a text is not a block. */
export function cidrOf(text = ''): Prefix | undefined {
  const [, host = '', bits = ''] = /^([^/]+)\/(\d{1,3})$/.exec(text) ?? [];
  const address = readAddress(host);
  return address === undefined || Number(bits) > (address.family === 4 ? 32 : 128)
    ? undefined
    : prefixOf(address, Number(bits));
}

/** The block with a number, of those in a block that are some bits longer. Undefined: there is none. */
export function subnetOf({ address, bits: own }: Prefix, bits: number, at: number): string | undefined {
  const length = own + bits;
  if (bits < 0 || at < 0 || length > WIDTH[address.family] || BigInt(at) >= 1n << BigInt(bits)) return undefined;

  const value = address.value + (BigInt(at) << BigInt(WIDTH[address.family] - length));
  return formatPrefix({ address: { ...address, value }, bits: length });
}
