import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';

/** A request's head, before its body has been read. */
export interface RequestHead {
  readonly method: string;
  /** Path and query. */
  readonly target: string;
  readonly headers: IncomingHttpHeaders;
}

const ABSOLUTE = /^[a-z][a-z0-9+.-]*:\/\/([^/?#]*)(.*)$/is;

/**
 * The head of a request. Of a target in absolute form (`GET http://host/path`), its host counts in place of the header's, and a
 * backend receives the path only: one that is a proxy must not be asked for another server.
 * @see https://www.rfc-editor.org/rfc/rfc9112#section-3.2.2
 */
export function requestHead({ method = 'GET', url = '/', headers }: IncomingMessage): RequestHead {
  const [, host, path] = ABSOLUTE.exec(url) ?? [];
  if (host === undefined || path === undefined) return { method, target: url, headers };
  return { method, target: path.startsWith('/') ? path : `/${path}`, headers: { ...headers, host } };
}
