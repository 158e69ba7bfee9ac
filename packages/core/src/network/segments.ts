import type { Bits, Span } from './span.js';

/**
 * The whole address space of a family, divided into disjoint pieces, each with the value that decides there:
 * piece `i` begins at `starts[i]` and ends where the next begins. `undefined`: no value decides.
 */
export interface Segments<T> {
  readonly starts: readonly Bits[];
  readonly values: readonly (T | undefined)[];
}

const NONE: Segments<never> = { starts: [], values: [] };

/** A block and its value. */
export interface Block<T> {
  readonly span: Span;
  readonly value: T;
}

/**
 * Flattens blocks of one family, which are nested or disjoint. `choose` returns the value that decides where
 * a block is inside others, from the outer value and the block's own value. O(n log n).
 */
export function flatten<T>(blocks: readonly Block<T>[], choose: (outer: T | undefined, own: T) => T): Segments<T> {
  const only = blocks[0];
  if (only === undefined) return NONE;
  if (blocks.length === 1) {
    return { starts: [only.span.start, only.span.end], values: [choose(undefined, only.value), undefined] };
  }
  // Outer blocks first; equal ones in the order in which they came.
  const sorted = blocks.toSorted((a, b) => order(a.span.start, b.span.start) || order(b.span.end, a.span.end));
  const starts: Bits[] = [];
  const values: (T | undefined)[] = [];
  const open: { readonly end: Bits; readonly value: T }[] = [];
  const cut = (at: Bits, value: T | undefined): void => {
    const last = starts.length - 1;
    if (last >= 0 && starts[last] === at) values[last] = value;
    else {
      starts.push(at);
      values.push(value);
    }
  };
  const close = (top: { readonly end: Bits }): void => {
    open.pop();
    cut(top.end, open.at(-1)?.value);
  };
  for (const { span, value } of sorted) {
    for (let top = open.at(-1); top !== undefined && top.end <= span.start; top = open.at(-1)) close(top);
    const chosen = choose(open.at(-1)?.value, value);
    open.push({ end: span.end, value: chosen });
    cut(span.start, chosen);
  }
  for (let top = open.at(-1); top !== undefined; top = open.at(-1)) close(top);
  return { starts, values };
}

/** The number of the piece that has an address; −1 before the first. */
export function pieceOf({ starts }: Pick<Segments<unknown>, 'starts'>, address: Bits): number {
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
export function piecesOf<T>(segments: Segments<T>, span: Span): readonly Block<T | undefined>[] {
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
