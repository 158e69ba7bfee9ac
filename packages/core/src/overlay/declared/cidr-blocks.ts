import { readAddress } from '../../cidr/read-address.js';
import { WIDTH } from '../../cidr/ip-address.js';
import { contains, formatPrefix, overlaps, prefixOf, type Prefix } from '../../cidr/prefix.js';

/** A CIDR block of a plan. Host bits are cleared, as clouds clear them or refuse them; undefined where a text is not a block. */
export function cidrOf(text = ''): Prefix | undefined {
  const [, host = '', bits = ''] = /^([^/]+)\/(\d{1,3})$/.exec(text) ?? [];
  const address = readAddress(host);
  return address === undefined || Number(bits) > (address.family === 4 ? 32 : 128)
    ? undefined
    : prefixOf(address, Number(bits));
}

/** Whether a text is a block that has some of the addresses of another one. */
export function overlapsCidr(text: string | undefined, block: Prefix): boolean {
  const other = cidrOf(text);
  return other !== undefined && overlaps(other, block);
}

/** Whether a block is inside one of these. A text that is not a block may be one that holds it. */
export function isInCidrs(texts: readonly string[], block: Prefix): boolean {
  return texts.some((one) => {
    const outer = cidrOf(one);
    return outer === undefined || contains(outer, block);
  });
}

/** The block with a number, of those in a block that are some bits longer. Undefined: there is none. */
export function subnetOf({ address, bits: own }: Prefix, bits: number, at: number): string | undefined {
  const length = own + bits;
  if (bits < 0 || at < 0 || length > WIDTH[address.family] || BigInt(at) >= 1n << BigInt(bits)) return undefined;

  const value = address.value + (BigInt(at) << BigInt(WIDTH[address.family] - length));
  return formatPrefix({ address: { ...address, value }, bits: length });
}
