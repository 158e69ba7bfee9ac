/** A request's path and its query string without the question mark. */
export interface RequestTarget {
  readonly path: string;
  readonly query: string;
}

/** `/orders?full=true` → `/orders` and `full=true`. */
export function splitTarget(target: string): RequestTarget {
  const mark = target.indexOf('?');
  return mark < 0 ? { path: target, query: '' } : { path: target.slice(0, mark), query: target.slice(mark + 1) };
}

/** The other way round. */
export function joinTarget({ path, query }: RequestTarget): string {
  return query === '' ? path : `${path}?${query}`;
}

/** The text of an escaped part of a URL; unchanged where an escape is not valid. */
export function unescaped(text: string): string {
  if (!text.includes('%')) return text;
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
