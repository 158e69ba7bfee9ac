import { createHash } from 'node:crypto';

/** How one list is cut into pages that tokens name. */
export interface TokenPageRules<T> {
  /** Which list: service, operation, and whatever else must be the same on every page. */
  readonly scope: string;
  /** Items on a page. */
  readonly size: number;
  readonly token: string | undefined;
  /**
   * An item's ID: with it, a page continues after the last item of the previous page, even if items were
   * added or deleted since, that one included.
   */
  readonly key?: ((item: T) => string) | undefined;
  /** The service's error for a token that it never issued. */
  readonly refuse: (token: string) => Error;
}

export interface TokenPage<T> {
  readonly items: T[];
  readonly next: string | undefined;
}

/** Cuts a page out of a list. Tokens are opaque and belong to their list: others are refused. */
export function tokenPage<T>(items: readonly T[], rules: TokenPageRules<T>): TokenPage<T> {
  const start = rules.token === undefined ? 0 : position(items, rules.token, rules);
  const end = start + rules.size;
  if (end >= items.length) return { items: items.slice(start), next: undefined };

  const around = rules.key ? items.slice(end - 1, end + 1).map(rules.key) : [];
  return { items: items.slice(start, end), next: seal(JSON.stringify([end, ...around]), rules.scope) };
}

/**
 * After the last item of the previous page; where that was deleted, at the item that came next then. A caller that
 * deletes the items of each page meets every item.
 */
function position<T>(items: readonly T[], token: string, { scope, key: keyOf, refuse }: TokenPageRules<T>): number {
  const text = Buffer.from(token.split('.', 1)[0] ?? '', 'base64url').toString();
  if (seal(text, scope) !== token) throw refuse(token);

  const [index, last, next] = JSON.parse(text) as [index: number, last?: string, next?: string];
  const at = (key: string | undefined) => (keyOf ? items.findIndex((item) => keyOf(item) === key) : -1);
  const lastAt = at(last);
  if (lastAt >= 0) return lastAt + 1;

  const nextAt = at(next);
  return nextAt >= 0 ? nextAt : index;
}

function seal(text: string, scope: string): string {
  const check = createHash('sha256').update(`${scope}\n${text}`).digest('base64url').slice(0, 16);
  return `${Buffer.from(text).toString('base64url')}.${check}`;
}
