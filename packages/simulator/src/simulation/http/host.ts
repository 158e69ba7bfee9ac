/** Names and addresses that always mean this machine. `127.0.0.1.nip.io`, `localhost.`, `0.0.0.0` and the like do not. */
const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]']);

/** A `Host` header's name and port: lower case; the port is `undefined` when none is given. */
export interface Host {
  readonly name: string;
  readonly port: number | undefined;
}

const FORM = /^(\[[0-9a-f:]{2,39}\]|[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){0,12})(?::([1-9]\d{0,4}))?$/i;

/** The header read last, and its result: one client's requests all carry the same. */
let last: { readonly header: string; readonly host: Host | undefined } = { header: '', host: undefined };

/** Reads a `Host` header strictly: no user, no path, no space, no odd port. */
export function parseHost(header = ''): Host | undefined {
  if (header !== last.header) last = { header, host: readHost(header) };
  return last.host;
}

/**
 * Whether this name is one of the loopback's. The port does not count: behind a container's port mapping or
 * a local proxy it differs. A page that was served from another port of this machine sends an `Origin`,
 * which is refused.
 */
export function isLoopback({ name }: Host): boolean {
  return LOOPBACK.has(name);
}

/**
 * The name of a further host that requests may be sent to, as `Host` headers are compared with it:
 * `host.docker.internal`.
 * @throws {RangeError} for a text that is not a host name, or that has a port.
 */
export function hostName(text: string): string {
  const host = readHost(text);
  if (host !== undefined && host.port === undefined) return host.name;
  throw new RangeError(`Invalid host name: ${JSON.stringify(text)}. Expected a name without a port.`);
}

function readHost(header: string): Host | undefined {
  const [, name, port] = FORM.exec(header) ?? [];
  if (name === undefined || Number(port ?? 0) > 65_535) return undefined;
  return { name: name.toLowerCase(), port: port === undefined ? undefined : Number(port) };
}
