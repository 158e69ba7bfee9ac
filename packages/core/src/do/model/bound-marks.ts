import { hashJson, hashText } from '../../ground/hash.js';
import type { Json } from '../../ground/json.js';
import { formatMark, parseMark } from './marks.js';
import type { Owner } from './owner.js';

/** Digits of the hash in a mark: enough to detect a copy, few enough for the shortest description. */
const DIGITS = 8;
const BOUND = new RegExp(`^\\s*postern:\\S+ #([0-9a-f]{${DIGITS}})(?:\\s|$)`);
/** Digits of each of the hashes that follow: `postern:shop/orders #1a2b3c4d [a1b2c3.d4e5f6]`. */
const USER_DIGITS = 6;
const USERS = new RegExp(`^\\s*postern:\\S+ #[0-9a-f]{${DIGITS}} \\[((?:[0-9a-f]{${USER_DIGITS}}\\.?)+)\\](?:\\s|$)`);

/**
 * The hash that binds a mark in a description to the resource that carries it: 8 hexadecimal digits of the
 * owner and of what identifies the resource for the adapter (`of`), such as the gateway and the backend. So a
 * copy on another resource differs.
 */
export function markHash({ project, spec, integration }: Owner, of: Json): string {
  return hashJson({ project, spec: spec ?? null, integration, of }).slice(0, DIGITS);
}

/**
 * A mark for the description of the resource `of`: `postern:shop/orders/backend #1a2b3c4d`; with the hashes
 * of the resource's users (`users`, see `userHash`) `postern:shop/orders/backend #1a2b3c4d [a1b2c3.d4e5f6]`.
 * `former` is the text that was there before, and is kept behind the mark: see {@link formerText}.
 * @throws as `formatMark`.
 */
export function formatBoundMark(owner: Owner, of: Json, users: readonly string[] = [], former = ''): string {
  const named = users.length === 0 ? '' : ` [${users.join('.')}]`;
  return `${formatMark(owner)} #${markHash(owner, of)}${named}${former === '' ? '' : `${FORMER}${former}`}`;
}

/** What separates a mark from the text that was there before: `postern:shop/orders #1a2b3c4d | the orders of the shop`. */
export const FORMER = ' | ';

/**
 * The text that a resource had before its mark, and has again without it: what follows the mark, or all of a text
 * without one.
 */
export function formerText(text = ''): string {
  if (parseMark(text) === undefined) return text;

  const at = text.indexOf(FORMER);
  return at < 0 ? '' : text.slice(at + FORMER.length);
}

/** What a user of a marked resource is named by in its mark, such as a route by its key: 6 hexadecimal digits. */
export function userHash(name: string): string {
  return hashText(name).slice(0, USER_DIGITS);
}

/**
 * The hashes of the users that a mark names. A user of the resource that is not among them was not created by Postern.
 */
export function usersOfMark(text: string | undefined): readonly string[] {
  return (text === undefined ? undefined : USERS.exec(text)?.[1])?.split('.') ?? [];
}

/**
 * The owner of the resource `of` with this description. `undefined` where the hash is of another resource:
 * the mark was copied, or the resource was changed by hand. A mark without a hash counts as none.
 */
export function readBoundMark(text: string | undefined, of: Json): Owner | undefined {
  const owner = parseMark(text);
  if (owner === undefined || text === undefined) return undefined;

  return BOUND.exec(text)?.[1] === markHash(owner, of) ? owner : undefined;
}

const SHORT = /^postern:[0-9a-f]{16}$/;

/**
 * The mark of the resource `of` where there is place for a short text only: `postern:1a2b3c4d5e6f7a8b`. It does not name its
 * owner: a resource with a whole mark does, which belongs to it.
 */
export function shortMark({ project, spec }: Pick<Owner, 'project' | 'spec'>, of: Json): string {
  return `postern:${hashJson({ project, spec: spec ?? null, of })}`;
}

/** Whether a text is the short mark of an owner on the resource `of`, now or before its spec had an identity. */
export function isShortMarkOf(text: string | undefined, { project, spec }: Owner, of: Json): boolean {
  return text === shortMark({ project, spec }, of) || text === shortMark({ project }, of);
}

/** Whether a text is the short mark of any owner, on any resource. */
export function isShortMark(text: string | undefined): boolean {
  return text !== undefined && SHORT.test(text);
}

/**
 * What the mark of an integration of an HTTP or WebSocket API is bound to: a manual change of its link or URI makes it
 * unmanaged.
 */
export function integrationIdentity(apiId: string, linkId: string | undefined, uri: string | undefined) {
  return { apiId, linkId: linkId ?? null, uri: uri ?? null };
}

/** What the mark of a route of an HTTP or WebSocket API is bound to. Where the route leads is in the mark of its integration. */
export function routeIdentity(apiId: string, key: string) {
  return { apiId, key };
}

/** What the mark of a method of a REST API is bound to. */
export function methodIdentity(apiId: string, path: string, verb: string) {
  return { apiId, path, verb };
}
