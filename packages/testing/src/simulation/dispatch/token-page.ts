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
   * added or deleted since.
   */
  readonly key?: ((item: T) => string) | undefined;
  /** The service's error for a token that it never issued. */
  readonly refuse: (token: string) => Error;
}

/** A page, and the token of the next one, if there is one. */
export interface TokenPage<T> {
  readonly items: T[];
  readonly next: string | undefined;
}

/** Cuts a page out of a list. Tokens are opaque and belong to their list: others are refused. */
export function tokenPage<T>(items: readonly T[], rules: TokenPageRules<T>): TokenPage<T> {
  const start = rules.token === undefined ? 0 : position(items, rules.token, rules);
  const end = start + rules.size;
  if (end >= items.length) return { items: items.slice(start), next: undefined };
  const last = items[end - 1];
  const key = last === undefined || !rules.key ? '' : rules.key(last);
  return { items: items.slice(start, end), next: seal(`${end}:${key}`, rules.scope) };
}

function position<T>(items: readonly T[], token: string, { scope, key: keyOf, refuse }: TokenPageRules<T>): number {
  const [payload = ''] = token.split('.', 1);
  const text = Buffer.from(payload, 'base64url').toString();
  const [, index = '', key = ''] = /^(\d{1,9}):([^]*)$/.exec(text) ?? [];
  if (index === '' || seal(text, scope) !== token) throw refuse(token);
  const seen = keyOf ? items.findIndex((item) => keyOf(item) === key) : -1;
  return seen < 0 ? Number(index) : seen + 1;
}

function seal(text: string, scope: string): string {
  const check = createHash('sha256').update(`${scope}\n${text}`).digest('base64url').slice(0, 16);
  return `${Buffer.from(text).toString('base64url')}.${check}`;
}
