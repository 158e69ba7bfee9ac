import { EPHEMERAL, type Ports, type Ruled } from './acl-entries.js';
import { meets, type Span } from '../span.js';

/** Addresses and ports on which one entry decides; without an entry, none matches. */
export interface Part {
  readonly span: Span;
  readonly ruled: Ruled | undefined;
  readonly ports: Ports;
}

/** Addresses, and the number of requested ports for which they are denied. */
export interface Piece {
  readonly span: Span;
  readonly denied: number;
}

/**
 * The share of source ports up to which a denied answer is a warning. Each new connection uses one of the ports, so the same share of
 * calls fails. Single ports and short ranges that guides recommend to deny (3389, 5900-5999) are far below 1 %, and a call that fails
 * succeeds when it is repeated. A larger denied range covers ports that some systems call from (Linux 32768-60999, Windows
 * 49152-65535), and calls fail permanently.
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/vpc-network-acls.html
 */
const FEW = 0.01;

/** How many source ports a call may have. */
export const SOURCE_PORTS = EPHEMERAL[1] - EPHEMERAL[0] + 1;

/** Whether so few of the source ports are denied that nearly all calls succeed. */
export function areFew(denied: number): boolean {
  return denied <= SOURCE_PORTS * FEW;
}

/** `0.002 %`. */
export function shareText(denied: number): string {
  return `${Number(((denied / SOURCE_PORTS) * 100).toPrecision(1))} %`;
}

/** Cuts a span at the borders of its parts, and counts the denied ports of each piece. */
export function deniedBy(parts: readonly Part[], denied: readonly Part[], { family, end }: Span): readonly Piece[] {
  const borders = [...new Set(parts.flatMap(({ span }) => [span.start, span.end]))].toSorted((a, b) =>
    a < b ? -1 : a > b ? 1 : 0,
  );
  return borders.slice(0, -1).map((start, index): Piece => {
    const span: Span = { family, start, end: borders[index + 1] ?? end };
    const own = denied.filter((part) => meets(part.span, span));
    return { span, denied: own.reduce((sum, { ports: [first, last] }) => sum + last - first + 1, 0) };
  });
}
