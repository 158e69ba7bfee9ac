import type { Bits, Span } from './span.js';

/**
 * The whole address space of a family, divided into disjoint pieces, each with the value that decides there:
 * piece `i` begins at `starts[i]` and ends where the next begins. `undefined`: no value decides.
 */
export interface AddressMap<T> {
  readonly starts: readonly Bits[];
  readonly values: readonly (T | undefined)[];
}

const NONE: AddressMap<never> = { starts: [], values: [] };

export interface Block<T> {
  readonly span: Span;
  readonly value: T;
}

/**
 * Flattens blocks of one family, which are nested or disjoint. `choose` returns the value that decides where
 * a block is inside others, from the outer value and the block's own value. O(n log n).
 */
export function flatAddressMap<T>(
  blocks: readonly Block<T>[],
  choose: (outer: T | undefined, own: T) => T,
): AddressMap<T> {
  const only = blocks[0];
  if (only === undefined) return NONE;
  if (blocks.length === 1) {
    const starts = [only.span.start, only.span.end];
    const values = [choose(undefined, only.value), undefined];
    return { starts, values };
  }

  const sorted = blocks.toSorted(outerFirst);
  const starts: Bits[] = [];
  const values: (T | undefined)[] = [];
  const open: Open<T>[] = [];
  for (const { span, value } of sorted) {
    close(open, span.start, starts, values);
    const chosen = choose(open[open.length - 1]?.value, value);
    open.push({ end: span.end, value: chosen });
    cut(starts, values, span.start, chosen);
  }
  close(open, undefined, starts, values);
  return { starts, values };
}

/** A block that a later one may be inside of. */
interface Open<T> {
  readonly end: Bits;
  readonly value: T;
}

/** Ends the blocks that are over at `until`, or all. */
function close<T>(open: Open<T>[], until: Bits | undefined, starts: Bits[], values: (T | undefined)[]): void {
  for (let top = open.pop(); top !== undefined; top = open.pop()) {
    if (until !== undefined && top.end > until) {
      open.push(top);
      return;
    }

    cut(starts, values, top.end, open[open.length - 1]?.value);
  }
}

/** Begins a piece at `at`, or gives the one that begins there another value. */
function cut<T>(starts: Bits[], values: T[], at: Bits, value: T): void {
  const last = starts.length - 1;
  if (last >= 0 && starts[last] === at) values[last] = value;
  else {
    starts.push(at);
    values.push(value);
  }
}

/** Outer blocks first; equal ones in the order in which they came. */
function outerFirst({ span: a }: Block<unknown>, { span: b }: Block<unknown>): number {
  return order(a.start, b.start) || order(b.end, a.end);
}

/** The number of the piece that has an address; −1 before the first. */
export function pieceOf({ starts }: Pick<AddressMap<unknown>, 'starts'>, address: Bits): number {
  let low = 0;
  let high = starts.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((starts[middle] as Bits) <= address) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** The pieces that overlap a span, cut to it, in order; adjacent pieces with one value are merged. */
export function piecesOf<T>(segments: AddressMap<T>, span: Span): readonly Block<T | undefined>[] {
  const { family, end } = span;
  let { start } = span;
  const first = pieceOf(segments, start);
  const after = segments.starts[first + 1];
  if (after === undefined || after >= end) return [{ span, value: first < 0 ? undefined : segments.values[first] }];

  const pieces: { span: Span; value: T | undefined }[] = [];
  for (let at = first; start < end; at += 1) {
    const next = segments.starts[at + 1];
    const stop = next === undefined || next > end ? end : next;
    const value = at < 0 ? undefined : segments.values[at];
    const last = pieces.at(-1);
    if (last !== undefined && last.value === value) last.span = { family, start: last.span.start, end: stop };
    else pieces.push({ span: { family, start, end: stop }, value });
    start = stop;
  }
  return pieces;
}

function order(a: Bits, b: Bits): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
