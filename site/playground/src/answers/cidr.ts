import { conflicts, free, merge, parsePrefix, summarise, type Prefix } from '@postern/core/internal/cidr';
import { isPosternError } from '@postern/core/internal/library';
import { displayText } from '@postern/core/internal/report';
import { paint, linesOf, type Line } from '../painted.js';
import type { Answer, Mark } from '../answer.js';
import type { State } from '../state.js';

/** The most overlaps, merged blocks and refused lines that are listed. */
const MOST_LISTED = 50;
/** Pairs of overlapping blocks that are looked at: a list with one block a thousand times has half a million. */
const MOST_PAIRS = 100_000;

interface Entry {
  readonly line: number;
  readonly text: string;
  /** What follows `#` on its line. */
  readonly note: string;
}

/** Overlaps of blocks, the fewest blocks that cover them, and a free block in a pool. A line has one block, and a note after `#`. */
export function cidrAnswer({ blocks, pool, bits }: Pick<State, 'blocks' | 'pool' | 'bits'>): Answer {
  const { prefixes, entries, refused } = read(blocks);
  if (refused.length > 0 || entries.length === 0) return unreadable(refused);
  const groups = summarise(few(conflicts(prefixes), MOST_PAIRS), {
    nameOf: (prefix, at) => `${prefix}${entries[at]?.note ? ` (${entries[at].note})` : ''}`,
  });
  const marks = groups.flatMap(({ others, sentence }) =>
    others.map((at): Mark => ({
      of: 'blocks',
      line: entries[at]?.line ?? 1,
      column: 1,
      severity: 'warning',
      message: sentence,
    })),
  );
  const merged = merge(prefixes);
  const { text: unused, isFault } = freeBlock(pool.trim(), bits.trim(), prefixes);
  const overlaps = marks.length === 0 ? 'no overlaps' : marks.length === 1 ? '1 overlap' : `${marks.length} overlaps`;
  const list = (items: readonly string[], mark: string): readonly string[] => [
    ...items.slice(0, MOST_LISTED).map((one) => `  ${mark}${displayText(one)}`),
    ...(items.length > MOST_LISTED ? [`  and ${items.length - MOST_LISTED} more`] : []),
  ];
  return {
    sentence: `CIDR: ${overlaps} in ${entries.length} blocks, which merge to ${merged.length}.`,
    tone: marks.length > 0 || isFault ? 'bad' : 'good',
    lines: [
      heading('Overlaps'),
      ...(groups.length === 0
        ? list(['none'], '')
        : list(
            groups.map(({ sentence }) => sentence),
            `${paint('error', '✗')} `,
          )
      ).flatMap(linesOf),
      [],
      heading('The fewest blocks that cover the list'),
      ...list(merged, '').flatMap(linesOf),
      [],
      heading('Free block'),
      ...linesOf(`  ${unused}`),
    ],
    marks,
    command: 'postern cidr conflicts blocks.txt && postern cidr merge blocks.txt',
  };
}

function read(text: string) {
  const prefixes: Prefix[] = [];
  const entries: Entry[] = [];
  const refused: Mark[] = [];
  for (const [at, line] of text.split('\n').entries()) {
    const [block = '', ...notes] = line.split('#');
    if (block.trim() === '') continue;
    try {
      prefixes.push(parsePrefix(block.trim()));
      entries.push({ line: at + 1, text: block.trim(), note: notes.join('#').trim() });
    } catch (error) {
      if (!isPosternError(error)) throw error;
      const message = `${error.message}\n→ ${error.remedy}`;
      refused.push({ of: 'blocks', line: at + 1, column: 1, severity: 'error', message });
    }
  }
  return { prefixes, entries, refused };
}

function unreadable(refused: readonly Mark[]): Answer {
  const [first] = refused;
  if (first === undefined) {
    return {
      sentence: 'CIDR: write one block on each line, such as 10.0.0.0/16.',
      tone: 'invalid',
      lines: [],
      marks: [],
    };
  }
  const lines = refused.length === 1 ? '1 line is not a block' : `${refused.length} lines are not blocks`;
  return {
    sentence: `CIDR: ${lines}.`,
    tone: 'invalid',
    lines: refused.slice(0, MOST_LISTED).flatMap(({ line, message }) => {
      const [what = '', remedy = ''] = message.split('\n');
      return linesOf(
        `${paint('error', '✗')} ${paint('quiet', `line ${line}`)}  ${displayText(what)}\n    ${paint('remedy', displayText(remedy))}`,
      );
    }),
    marks: refused,
  };
}

function freeBlock(
  pool: string,
  bits: string,
  taken: readonly Prefix[],
): { readonly text: string; readonly isFault: boolean } {
  if (pool === '') return { text: 'Name a pool to look for a free block in it.', isFault: false };
  try {
    const length = /^\/?(\d{1,3})$/.exec(bits)?.[1];
    if (length === undefined) return { text: 'Write the length as a number, such as 24.', isFault: true };
    const [found] = free(pool, taken, Number(length));
    return found === undefined
      ? { text: paint('error', `✗ No block of /${length} is free in ${pool}.`), isFault: true }
      : { text: `${paint('pass', '✓')} ${found} is free in ${pool}.`, isFault: false };
  } catch (error) {
    if (!isPosternError(error)) throw error;
    return { text: paint('error', `✗ ${displayText(error.message)}`), isFault: true };
  }
}

function* few<T>(items: Iterable<T>, most: number): Generator<T> {
  let count = 0;
  for (const item of items) {
    if (count === most) return;
    count += 1;
    yield item;
  }
}

function heading(text: string): Line {
  return [{ text, style: 'heading' }];
}
