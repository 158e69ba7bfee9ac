/** The addresses of one family from one to another, both included. */
export interface Span {
  readonly first: bigint;
  readonly last: bigint;
}

/** The fewest spans with the same addresses, in order. */
export function joined(spans: readonly Span[]): readonly Span[] {
  const found: Span[] = [];
  for (const span of spans.toSorted((a, b) => (a.first < b.first ? -1 : Number(a.first > b.first)))) {
    const before = found.at(-1);
    if (!before || span.first > before.last + 1n) found.push(span);
    else if (span.last > before.last) found[found.length - 1] = { first: before.first, last: span.last };
  }
  return found;
}

/** The addresses of `width` bits that are in none of some joined spans. */
export function gaps(spans: readonly Span[], width: number): readonly Span[] {
  const found: Span[] = [];
  let first = 0n;
  for (const span of spans) {
    if (span.first > first) found.push({ first, last: span.first - 1n });
    first = span.last + 1n;
  }
  const last = (1n << BigInt(width)) - 1n;
  return first > last ? found : [...found, { first, last }];
}

/** The addresses that are in both of two lists of joined spans. */
export function common(one: readonly Span[], other: readonly Span[]): readonly Span[] {
  const found: Span[] = [];
  for (let i = 0, j = 0; i < one.length && j < other.length;) {
    const [a, b] = [one[i] as Span, other[j] as Span];
    const first = a.first > b.first ? a.first : b.first;
    const last = a.last < b.last ? a.last : b.last;
    if (first <= last) found.push({ first, last });
    if (a.last < b.last) i += 1;
    else j += 1;
  }
  return found;
}
