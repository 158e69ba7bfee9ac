/** A port, and what a rule for a caller of that port has to name: groups, or blocks. */
export interface Caller {
  readonly port: number;
  readonly names: readonly string[];
}

/** `tcp 80 from sg-1 and sg-2, and tcp 9000 from sg-3`: each port once, in the order of the callers. */
export function callersText(callers: readonly Caller[]): string {
  const ports = new Map<number, Set<string>>();
  for (const { port, names } of callers) {
    const all = ports.get(port) ?? new Set<string>();
    for (const name of names) all.add(name);
    ports.set(port, all);
  }
  return [...ports].map(([port, names]) => `tcp ${port} from ${[...names].join(' and ')}`).join(', and ');
}
