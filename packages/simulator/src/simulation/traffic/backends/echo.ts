import type { BackendRequest } from './backend.js';

/** What the built-in backend answers: the request as it arrived, as JSON. */
export function echo({ source, address, port, method, path, headers, link, gateway }: BackendRequest): string {
  const mark = path.indexOf('?');
  return JSON.stringify({
    backend: 'echo',
    source,
    destination: address,
    port,
    method,
    path: mark < 0 ? path : path.slice(0, mark),
    query: mark < 0 ? '' : path.slice(mark + 1),
    headers,
    link,
    gateway,
  });
}
