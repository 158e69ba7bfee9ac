import { parsePrefix, prefixOf, type Prefix } from '../cidr/prefix.js';
import { PrefixSet } from '../cidr/prefix-set.js';
import { readAddress, WIDTH, type Address } from '../cidr/read-address.js';

/** Recently read blocks: subnets, prefix lists and rules often name the same ones. */
const lately = new Map<string, Prefix>();
/** The limit of cached blocks. */
const MOST_KEPT = 4096;

/** A block, or `undefined` where the text is not a block: it may come from an edited snapshot. */
export function readBlock(text: string): Prefix | undefined {
  const known = lately.get(text);
  if (known !== undefined) return known;
  const made = parseBlock(text);
  if (lately.size >= MOST_KEPT) lately.clear();
  if (made !== undefined) lately.set(text, made);
  return made;
}

function parseBlock(text: string): Prefix | undefined {
  try {
    return parsePrefix(text);
  } catch {
    return undefined;
  }
}

/** A block or, as Alibaba Cloud's rules may be written, a single address. */
export function readPlace(text: string): Prefix | undefined {
  if (text.includes('/')) return readBlock(text);
  const address = readAddress(text);
  return address === undefined ? undefined : prefixOf(address, WIDTH[address.family]);
}

/** The texts that are valid blocks, parsed. */
export function readBlocks(texts: readonly string[]): readonly Prefix[] {
  const blocks: Prefix[] = [];
  for (let at = 0; at < texts.length; at += 1) {
    const block = readBlock(texts[at] as string);
    if (block !== undefined) blocks.push(block);
  }
  return blocks;
}

/** The addresses of some blocks. */
export function blockSet(texts: readonly string[]): PrefixSet {
  return PrefixSet.of(readBlocks(texts));
}

/** An address, or `undefined` where the text is not an address. */
export function readHost(text: string): Address | undefined {
  return readAddress(text);
}
