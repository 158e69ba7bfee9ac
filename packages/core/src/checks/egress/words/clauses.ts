/** A port, and what a rule for a caller of that port has to name: groups, or blocks. */
export interface Caller {
  readonly port: number;
  readonly names: readonly string[];
}

/** `tcp 80 from sg-1 and sg-2, and tcp 9000 from sg-3`: each port once, in the order of the callers. */
export function callersText(callers: readonly Caller[]): string {
  const byPort = new Map<number, Caller>();
  for (let at = 0; at < callers.length; at += 1) {
    const caller = callers[at] as Caller;
    const { port, names } = caller;
    const known = byPort.get(port);
    byPort.set(port, known === undefined ? caller : { port, names: [...known.names, ...names] });
  }
  const all: string[] = [];
  byPort.forEach((caller) => all.push(callerText(caller)));
  return all.join(', and ');
}

/** The callers of a group are the same objects in all of its findings, and a group may have a hundred of both. */
const texts = new WeakMap<Caller, string>();

/** `tcp 80 from sg-1 and sg-2`. */
function callerText(caller: Caller): string {
  const known = texts.get(caller);
  if (known !== undefined) return known;
  const text = `tcp ${caller.port} from ${[...new Set(caller.names)].join(' and ')}`;
  texts.set(caller, text);
  return text;
}
