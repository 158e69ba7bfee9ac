/**
 * The output of `postern cidr`, computed in a slow and obvious way: one big integer per address, lists in loops. Shares no code with it.
 */
export interface Block {
  readonly family: 4 | 6;
  readonly first: bigint;
  readonly last: bigint;
  readonly bits: number;
  /** `FILE:LINE`, and the position in all lines that were read. */
  readonly at: string;
  readonly index: number;
}

/** Reads good lines only. */
export function read(file: string, text: string): Block[] {
  const blocks: Block[] = [];
  for (const [line, whole] of text.split('\n').entries()) {
    const entry = (whole.split('#')[0] ?? '').trim();
    if (entry === '') continue;
    const [host = '', length] = entry.split('/');
    const family = host.includes(':') ? 6 : 4;
    const width = family === 4 ? 32 : 128;
    const bits = length === undefined ? width : Number(length);
    const first = family === 4 ? value4(host) : value6(host);
    const last = first + 2n ** BigInt(width - bits) - 1n;
    blocks.push({ family, first, last, bits, at: `${file}:${line + 1}`, index: blocks.length });
  }
  return blocks;
}

function value4(text: string): bigint {
  return text.split('.').reduce((value, octet) => value * 256n + BigInt(octet), 0n);
}

function value6(text: string): bigint {
  const [head = '', tail] = text.split('::');
  const groups = (part: string): string[] => (part === '' ? [] : part.split(':'));
  const left = groups(head);
  const right = tail === undefined ? [] : groups(tail);
  const all = [...left, ...Array<string>(8 - left.length - right.length).fill('0'), ...right];
  return all.reduce((value, group) => value * 65_536n + BigInt(`0x${group}`), 0n);
}

/** RFC 5952 for IPv6: tries each possible shortening and takes the shortest, of equal ones the first. */
export function write({ family, first, bits }: Pick<Block, 'family' | 'first' | 'bits'>): string {
  if (family === 4) return `${[24n, 16n, 8n, 0n].map((shift) => (first >> shift) & 255n).join('.')}/${bits}`;
  const groups = Array.from({ length: 8 }, (_, at) => ((first >> BigInt(112 - 16 * at)) & 0xffffn).toString(16));
  let best = groups.join(':');
  let longest = 1;
  for (let from = 0; from < 8; from += 1) {
    for (let to = from + 1; to <= 8; to += 1) {
      if (groups.slice(from, to).some((group) => group !== '0') || to - from <= longest) continue;
      longest = to - from;
      best = `${groups.slice(0, from).join(':')}::${groups.slice(to).join(':')}`;
    }
  }
  return `${best}/${bits}`;
}

export const order = (a: Block, b: Block): number =>
  a.family - b.family || Number(a.first > b.first) - Number(a.first < b.first) || a.bits - b.bits || a.index - b.index;

/** Ranges that neither overlap nor are adjacent. */
type Span = readonly [first: bigint, last: bigint];

export function union(blocks: readonly Block[], family: 4 | 6): Span[] {
  const spans: [bigint, bigint][] = [];
  for (const { first, last } of blocks.filter((one) => one.family === family).toSorted(order)) {
    const before = spans.at(-1);
    if (before && first <= before[1] + 1n) before[1] = last > before[1] ? last : before[1];
    else spans.push([first, last]);
  }
  return spans;
}

export function minus(from: readonly Span[], without: readonly Span[]): Span[] {
  let left: Span[] = [...from];
  for (const [first, last] of without) {
    left = left.flatMap(([begin, end]): Span[] => {
      if (last < begin || first > end) return [[begin, end]];
      const parts: Span[] = [
        [begin, first - 1n],
        [last + 1n, end],
      ];
      return parts.filter(([low, high]) => low <= high);
    });
  }
  return left;
}

export function cover(spans: readonly Span[], family: 4 | 6): string[] {
  const width = family === 4 ? 32n : 128n;
  return spans.flatMap(([begin, end]) => {
    const texts: string[] = [];
    for (let first = begin; first <= end;) {
      let host = width;
      while (first % 2n ** host !== 0n || first + 2n ** host - 1n > end) host -= 1n;
      texts.push(write({ family, first, bits: Number(width - host) }));
      first += 2n ** host;
    }
    return texts;
  });
}

export function conflicts(blocks: readonly Block[]): string[] {
  const sorted = blocks.toSorted(order);
  return sorted.flatMap((b, position) =>
    sorted
      .slice(0, position)
      .filter((a) => a.family === b.family && a.first <= b.first && a.last >= b.last)
      .map((a) => `${write(a)}\t${a.bits === b.bits ? 'equals' : 'contains'}\t${write(b)}\t${a.at}\t${b.at}`),
  );
}

export function contains(set: readonly Block[], query: Block): string {
  const around = set.filter((one) => one.family === query.family && one.first <= query.first && one.last >= query.last);
  const longest = around.toSorted((a, b) => b.bits - a.bits)[0];
  const left = minus([[query.first, query.last]], union(set, query.family));
  const size = left.reduce((sum, [first, last]) => sum + last - first + 1n, 0n);
  const verdict = size === 0n ? 'inside' : size === query.last - query.first + 1n ? 'outside' : 'partial';
  return `${write(query)}\t${verdict}\t${longest ? write(longest) : '-'}`;
}

export function free(pool: readonly Block[], taken: readonly Block[], bits: number, count: number): string[] {
  const family = pool[0]?.family ?? 4;
  const size = 2n ** BigInt((family === 4 ? 32 : 128) - bits);
  const found: string[] = [];
  for (const [begin, end] of minus(union(pool, family), union(taken, family))) {
    for (let first = ((begin + size - 1n) / size) * size; first + size - 1n <= end; first += size) {
      if (found.length === count) return found;
      found.push(write({ family, first, bits }));
    }
  }
  return found;
}
