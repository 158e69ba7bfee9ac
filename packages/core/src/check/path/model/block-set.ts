import { parsePrefix, prefixOf, type Prefix } from '../../../cidr/prefix.js';
import { PrefixSet } from '../../../cidr/prefix-set.js';
import { readAddress, WIDTH } from '../../../cidr/read-address.js';
import { memoizeReader } from '../../../ground/text/memoize-reader.js';

/** A block, or `undefined` where the text is not a block: it may come from an edited snapshot. */
export const readBlock = memoizeReader((text): Prefix | undefined => {
  try {
    return parsePrefix(text);
  } catch {
    return undefined;
  }
});

/** A block or, as Alibaba Cloud's rules may be written, a single address. */
export function readPlace(text: string): Prefix | undefined {
  if (text.includes('/')) return readBlock(text);
  const address = readAddress(text);
  return address === undefined ? undefined : prefixOf(address, WIDTH[address.family]);
}

/** The texts that are valid blocks, parsed. */
export function readBlocks(texts: readonly string[]): readonly Prefix[] {
  const blocks: Prefix[] = [];
  for (const text of texts) {
    const block = readBlock(text);
    if (block !== undefined) blocks.push(block);
  }
  return blocks;
}

/** The addresses of some blocks. */
export function blockSet(texts: readonly string[]): PrefixSet {
  return PrefixSet.of(readBlocks(texts));
}
