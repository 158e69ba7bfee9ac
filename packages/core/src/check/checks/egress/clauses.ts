/** A port, and what a rule for a caller of that port has to name: groups, or blocks. */
export interface Caller {
  readonly port: number;
  readonly names: readonly string[];
}

/** As many as are read; the JSON report holds all of them as params. */
const MOST_PORTS = 12;

/**
 * `tcp 80 from sg-1 and sg-2, and tcp 9000 from sg-3`: each port once, that of `caller` first and the others in
 * the order of the callers. After twelve ports, the others are counted.
 */
export function callersText(caller: Caller, callers: readonly Caller[]): string {
  const ports = callersByPort(callers);
  const own = ports.get(caller.port) ?? caller;
  const all = [callerText(own)];
  for (const other of ports.values()) {
    if (all.length === MOST_PORTS) break;

    if (other !== own) all.push(callerText(other));
  }
  const more = ports.size - all.length;
  if (more > 0)
    all.push(`${more} more ${more === 1 ? 'port' : 'ports'} of declared callers (the JSON report lists all)`);
  return all.join(', and ');
}

function callersByPort(callers: readonly Caller[]): ReadonlyMap<number, Caller> {
  const ports = new Map<number, Caller>();
  for (const caller of callers) {
    const { port, names } = caller;
    const same = ports.get(port);
    ports.set(port, same === undefined ? caller : { port, names: [...same.names, ...names] });
  }
  return ports;
}

/** `tcp 80 from sg-1 and sg-2`. */
function callerText(caller: Caller): string {
  return `tcp ${caller.port} from ${[...new Set(caller.names)].join(' and ')}`;
}
