import { parsePrefix, type Prefix } from '../../cidr/prefix.js';
import { PrefixSet } from '../../cidr/prefix-set.js';
import { readAddress, type Address } from '../../cidr/read-address.js';

/** A block, or `undefined` where the text is none: it may come from a snapshot that somebody edited. */
export function readBlock(text: string): Prefix | undefined {
  try {
    return parsePrefix(text);
  } catch {
    return undefined;
  }
}

/** The blocks that are ones. */
export function readBlocks(texts: readonly string[]): readonly Prefix[] {
  return texts.flatMap((text) => readBlock(text) ?? []);
}

/** The addresses of some blocks. */
export function blockSet(texts: readonly string[]): PrefixSet {
  return PrefixSet.of(readBlocks(texts));
}

/** An address, or `undefined` where the text is none. */
export function readHost(text: string): Address | undefined {
  return readAddress(text);
}
