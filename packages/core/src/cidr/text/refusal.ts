import { expectText } from '../given.js';
import { formatPrefix, prefixOf } from '../prefix.js';
import { addressOf, WIDTH, type Address } from '../ip-address.js';
import { readAddress } from '../read-address.js';

/** Why a line is refused; where several hold, the first of this list. */
export const REFUSALS = [
  'too-long',
  'characters',
  'zone-id',
  'syntax',
  'prefix-length',
  'leading-zero',
  'octet',
  'ipv4-mapped',
  'embedded-ipv4',
  'host-bits',
] as const;

/** One of {@link REFUSALS}. */
export type RefusalReason = (typeof REFUSALS)[number];

/** Why an entry is refused, and its correct form where it can mean one block only. */
export interface Refusal {
  readonly reason: RefusalReason;
  readonly canonical?: string | undefined;
}

/** No entry is longer, in characters. */
export const LONGEST_ENTRY = 256;

/** Dotted decimal numbers, however many and however large. */
const DOTTED = /^\d+(?:\.\d+)*$/;
const DECIMAL = /^\d+$/;
const OCTETS = /^\d+\.\d+\.\d+\.\d+$/;

/**
 * Returns why an entry of a list is not a block, or `undefined` where it is one: `10.0.0.1/8` has host bits
 * and is `10.0.0.0/8`. An entry is an address with or without a length, with no surrounding white space.
 */
export function refusalOf(entry: string): Refusal | undefined {
  expectText(entry, 'an entry of a list', '10.0.0.0/16');
  if (entry.length > LONGEST_ENTRY && Array.from(entry).length > LONGEST_ENTRY) return { reason: 'too-long' };
  if (/[^\x20-\x7e\t]/.test(entry)) return { reason: 'characters' };
  if (entry.includes('%')) return { reason: 'zone-id' };

  const slash = entry.indexOf('/');
  const host = slash === -1 ? entry : entry.slice(0, slash);
  const length = slash === -1 ? undefined : entry.slice(slash + 1);
  // The dotted tail of an IPv6 address may have the same errors as an IPv4 address.
  const colon = host.lastIndexOf(':') + 1;
  const tail = host.slice(colon);
  const isDotted = colon === 0 || tail.includes('.');
  if (isDotted && !DOTTED.test(tail)) return { reason: 'syntax' };

  const shape = isDotted && colon > 0 ? `${host.slice(0, colon)}0.0.0.0` : host;
  if (colon > 0 && readAddress(shape) === undefined) return { reason: 'syntax' };
  // A netmask is a length to some programs, and none at all here.
  if (length !== undefined && !DECIMAL.test(length))
    return { reason: OCTETS.test(length) && colon === 0 ? 'syntax' : 'prefix-length' };

  const bits = length === undefined ? undefined : Number(length);
  const decimal = isDotted ? tail.split('.').map(Number) : [];
  const address = readAddress(`${host.slice(0, colon)}${isDotted ? decimal.join('.') : tail}`);
  const canonical = address && canonicalOf(address, bits);
  if ((isDotted && /(?:^|\.)0\d/.test(tail)) || (length !== undefined && /^0\d/.test(length)))
    return { reason: 'leading-zero', canonical };
  if (!address) return { reason: 'octet' };
  if (bits !== undefined && bits > WIDTH[address.family]) return { reason: 'prefix-length' };
  if (isMappedBlock(address, bits ?? 128)) return { reason: 'ipv4-mapped', canonical };
  if (isDotted && colon > 0) return { reason: 'embedded-ipv4', canonical };

  return prefixOf(address, bits ?? WIDTH[address.family]).address.value === address.value
    ? undefined
    : { reason: 'host-bits', canonical };
}

function isMappedBlock({ family, value }: Address, bits: number): boolean {
  return family === 6 && value >> 32n === 0xffffn && bits >= 96;
}

/** The canonical form of an address and a length, if there is one. */
function canonicalOf(address: Address, bits = WIDTH[address.family] as number): string | undefined {
  if (bits > WIDTH[address.family]) return undefined;
  if (!isMappedBlock(address, bits)) return formatPrefix(prefixOf(address, bits));

  return formatPrefix(prefixOf(addressOf(4, address.value & 0xffffffffn), bits - 96));
}
