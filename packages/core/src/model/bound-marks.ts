import { hashJson } from '../hash.js';
import type { Json } from '../json.js';
import { formatMark, parseMark } from './marks.js';
import type { Owner } from './owner.js';

/** Digits of the hash in a mark: enough to tell a copy, few enough for the shortest description. */
const DIGITS = 8;
const BOUND = new RegExp(`^\\s*postern:\\S+ #([0-9a-f]{${DIGITS}})(?:\\s|$)`);

/**
 * The hash that binds a mark in a description to the resource that carries it: 8 hexadecimal digits of whose it is and of what
 * the adapter names the resource by (`of`), such as the gateway and the backend. A copy on another resource so differs.
 */
export function markHash({ project, spec, integration }: Owner, of: Json): string {
  return hashJson({ project, spec: spec ?? null, integration, of }).slice(0, DIGITS);
}

/** A mark for the description of the resource `of`: `postern:shop/orders/backend #1a2b3c4d`. @throws as `formatMark`. */
export function formatBoundMark(owner: Owner, of: Json): string {
  return `${formatMark(owner)} #${markHash(owner, of)}`;
}

/**
 * Whose the resource `of` with this description is. `undefined` where the hash is of another resource: the mark was copied, or
 * the resource was changed by hand. A mark without a hash, as older versions wrote it, makes the owner `unbound`.
 */
export function readBoundMark(text: string | undefined, of: Json): Owner | undefined {
  const owner = parseMark(text);
  if (owner === undefined || text === undefined) return undefined;
  const [, hash] = BOUND.exec(text) ?? [];
  if (hash === undefined) return { ...owner, unbound: true };
  return hash === markHash(owner, of) ? owner : undefined;
}
