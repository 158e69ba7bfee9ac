/** A range of ports, with both ends. */
export type Ports = readonly [first: number, last: number];

/** How many ports some ranges have. */
export function countPorts(ranges: readonly Ports[]): number {
  return ranges.reduce((sum, [first, last]) => sum + last - first + 1, 0);
}

export function portsOverlap([first, last]: Ports, [from, to]: Ports): boolean {
  return from <= last && first <= to;
}

/** What is left of a range without others. */
export function withoutPorts(range: Ports, [from, to]: Ports): readonly Ports[] {
  if (!portsOverlap(range, [from, to])) return [range];

  const [first, last] = range;
  const left: Ports[] = first < from ? [[first, from - 1]] : [];
  return to < last ? [...left, [to + 1, last]] : left;
}
