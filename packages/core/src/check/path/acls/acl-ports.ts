import { type RankedEntry } from './acl-entries.js';
import { type Ports } from '../reasons/source-ports.js';
import { meets, type Span } from '../model/span.js';

/** Addresses and ports on which one entry decides; without an entry, none matches. */
export interface Part {
  readonly span: Span;
  readonly ruled: RankedEntry | undefined;
  readonly ports: Ports;
}

/** Addresses, and the number of requested ports for which they are denied. */
export interface DeniedSpan {
  readonly span: Span;
  readonly denied: number;
}

/** Cuts a span at the borders of its parts, and counts the denied ports of each piece. */
export function deniedBy(
  parts: readonly Part[],
  denied: readonly Part[],
  { family, end }: Span,
): readonly DeniedSpan[] {
  const borders = [...new Set(parts.flatMap(({ span }) => [span.start, span.end]))].toSorted((a, b) =>
    a < b ? -1 : a > b ? 1 : 0,
  );
  return borders.slice(0, -1).map((start, index): DeniedSpan => {
    const span: Span = { family, start, end: borders[index + 1] ?? end };
    const own = denied.filter((part) => meets(part.span, span));
    return { span, denied: own.reduce((sum, { ports: [first, last] }) => sum + last - first + 1, 0) };
  });
}
