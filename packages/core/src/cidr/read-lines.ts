import type { Prefix } from './prefix.js';
import { readEntry, type Refusal } from './read-entry.js';

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
