/** A port, and what a rule for a caller of that port has to name: groups, or blocks. */
export interface Caller {
  readonly port: number;
  readonly names: readonly string[];
}

/** `tcp 80 from sg-1 and sg-2, and tcp 9000 from sg-3`: each port once, in the order of the callers. */
export function callersText(callers: readonly Caller[]): string {
  const ports = new Map<number, readonly string[]>();
  for (let at = 0; at < callers.length; at += 1) {
    const { port, names } = callers[at] as Caller;
    const known = ports.get(port);
    const all = known === undefined ? names : [...known, ...names];
    ports.set(port, all.length === 1 ? all : [...new Set(all)]);
  }
  let text = '';
  ports.forEach((names, port) => {
    text += `${text === '' ? '' : ', and '}tcp ${port} from ${names.length === 1 ? names[0] : names.join(' and ')}`;
  });
  return text;
}
