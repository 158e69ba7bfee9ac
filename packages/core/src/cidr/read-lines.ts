import { type Prefix, formatPrefix, prefixOf } from './prefix.js';
import { addressOf, WIDTH, type Address } from './ip-address.js';
import { isMapped, readAddress } from './read-address.js';

/** Why a line is refused; where several hold, the first of this list. */
export type RefusalReason =
  | 'too-long'
  | 'characters'
  | 'zone-id'
  | 'syntax'
  | 'prefix-length'
  | 'leading-zero'
  | 'octet'
  | 'ipv4-mapped'
  | 'embedded-ipv4'
  | 'host-bits';

/** Why an entry is refused, and its correct form where it can mean one block only. */
export interface Refusal {
  readonly reason: RefusalReason;
  readonly canonical?: string | undefined;
}

/** No entry is longer, in characters. */
const LONGEST_ENTRY = 256;

/** Dotted decimal numbers, however many and however large. */
const DOTTED = /^\d+(?:\.\d+)*$/;
const DECIMAL = /^\d+$/;
const OCTETS = /^\d+\.\d+\.\d+\.\d+$/;

/**
 * Returns the block of an entry of a list, or why it is none: `10.0.0.1/8` has host bits and is `10.0.0.0/8`. An entry is
 * an address with or without a length, with no surrounding white space.
 */
export function readEntry(entry: string): Prefix | Refusal {
  // A character has at most two units.
  if (entry.length > LONGEST_ENTRY && Array.from(entry.slice(0, 2 * LONGEST_ENTRY + 2)).length > LONGEST_ENTRY)
    return { reason: 'too-long' };
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

  const shape = colon > 0 ? readAddress(isDotted ? `${host.slice(0, colon)}0.0.0.0` : host) : undefined;
  if (colon > 0 && !shape) return { reason: 'syntax' };
  // A netmask is a length to some programs, and none at all here.
  if (length !== undefined && !DECIMAL.test(length))
    return { reason: OCTETS.test(length) && colon === 0 ? 'syntax' : 'prefix-length' };

  const decimal = isDotted ? tail.split('.').map(Number) : [];
  const address = isDotted ? readAddress(`${host.slice(0, colon)}${decimal.join('.')}`) : shape;
  const bits = length === undefined ? address && WIDTH[address.family] : Number(length);
  const refused = (reason: RefusalReason): Refusal => ({ reason, canonical: address && canonicalOf(address, bits) });
  if ((isDotted && /(?:^|\.)0\d/.test(tail)) || (length !== undefined && /^0\d/.test(length)))
    return refused('leading-zero');
  if (!address || bits === undefined) return { reason: 'octet' };
  if (bits > WIDTH[address.family]) return { reason: 'prefix-length' };
  if (isMapped(address) && bits >= 96) return refused('ipv4-mapped');
  if (isDotted && colon > 0) return refused('embedded-ipv4');

  const prefix = prefixOf(address, bits);
  return prefix.address.value === address.value ? prefix : refused('host-bits');
}

/** The canonical form of an address and a length, if there is one. */
function canonicalOf(address: Address, bits = WIDTH[address.family] as number): string | undefined {
  if (bits > WIDTH[address.family]) return undefined;
  if (!isMapped(address) || bits < 96) return formatPrefix(prefixOf(address, bits));

  return formatPrefix(prefixOf(addressOf(4, address.value & 0xffffffffn), bits - 96));
}

/** Characters of a refused entry that are kept. */
const LONGEST_TEXT = 80;

export interface BlockLine {
  readonly prefix: Prefix;
  /** Counted from 1 through all sources. */
  readonly line: number;
}

/** A line that is refused, and why. */
export interface RefusedLine extends Refusal {
  /** Counted from 1 through all sources. */
  readonly line: number;
  /** The entry's first 80 characters. Bytes that are not valid UTF-8 become U+FFFD. */
  readonly text: string;
}

/** All blocks of some text. */
export interface Lines {
  readonly blocks: readonly BlockLine[];
  /** For each source the number of lines before its first. */
  readonly before: readonly number[];
  /** How many lines are refused, and the first of them. */
  readonly refusedCount: number;
  readonly refused: readonly RefusedLine[];
}

/**
 * Reads blocks from lines of UTF-8, from several sources one after the other: one per line; a bare address is
 * a block of full length. Blank lines, and text after `#`, are skipped. Blanks and tabs around an entry and a
 * CR before the LF are removed. The first `keep` refused lines are stored, 20 by default.
 */
export function readLines(sources: readonly Uint8Array[], keep = 20): Lines {
  const blocks: BlockLine[] = [];
  const before: number[] = [];
  const refused: RefusedLine[] = [];
  let [line, refusedCount] = [0, 0];
  for (const source of sources) {
    before.push(line);
    const texts = new TextDecoder('utf-8', { ignoreBOM: true }).decode(source).split('\n');
    const last = texts.pop() ?? '';
    for (const text of [...texts.map(withoutReturn), ...(last === '' ? [] : [last])]) {
      line += 1;
      const entry = entryOf(text);
      if (entry === '') continue;

      const read = readEntry(entry);
      if (!('reason' in read)) blocks.push({ prefix: read, line });
      else if ((refusedCount += 1) <= keep) refused.push({ line, text: firstOf(entry), ...read });
    }
  }
  return { blocks, before, refusedCount, refused };
}

function withoutReturn(text: string): string {
  return text.endsWith('\r') ? text.slice(0, -1) : text;
}

/** What a line has besides a comment, and blanks and tabs around it. */
function entryOf(line: string): string {
  const hash = line.indexOf('#');
  let begin = 0;
  let end = hash === -1 ? line.length : hash;
  while (begin < end && isBlank(line[begin])) begin += 1;
  while (end > begin && isBlank(line[end - 1])) end -= 1;
  return line.slice(begin, end);
}

function isBlank(character: string | undefined): boolean {
  return character === ' ' || character === '\t';
}

function firstOf(entry: string): string {
  return Array.from(entry.slice(0, 2 * LONGEST_TEXT))
    .slice(0, LONGEST_TEXT)
    .join('');
}
