import type { IncomingMessage } from 'node:http';

/** `http://HOST/orders`: how clients ask proxies, and what every server has to take. */
const ABSOLUTE = /^http:\/\/([^/?#]+)([/?].*)?$/i;

/**
 * The path and query of a request. Undefined for a target that is neither a path nor a URL of the request's `Host`, and for
 * a request with several hosts.
 * @see https://www.rfc-editor.org/rfc/rfc9112#section-3.2
 */
export function requestTarget({ url = '/', headers, rawHeaders }: IncomingMessage): string | undefined {
  return hasOneHost(rawHeaders) ? originForm(url, headers.host) : undefined;
}

function originForm(target: string, host = ''): string | undefined {
  if (target.startsWith('/')) return target;
  const [, authority, rest = '/'] = ABSOLUTE.exec(target) ?? [];
  if (authority?.toLowerCase() !== host.toLowerCase()) return undefined;
  return rest.startsWith('/') ? rest : `/${rest}`;
}

/** Servers differ in which of several they read. */
function hasOneHost(rawHeaders: readonly string[]): boolean {
  let hosts = 0;
  for (let at = 0; at < rawHeaders.length; at += 2) {
    const name = rawHeaders[at];
    if (name?.length === 4 && name.toLowerCase() === 'host') hosts += 1;
  }
  return hosts === 1;
}
