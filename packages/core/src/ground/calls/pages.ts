import { throwIfAborted, abortable } from '../clocks/abort.js';
import { CloudError, isPosternError } from '../errors.js';
import type { CallContext } from './call-context.js';

/** One page of a list; `next` is the token of the page after it. */
export interface Page<T> {
  readonly items: readonly T[];
  readonly next?: string | undefined;
}

/** What a list is called in errors, and what bounds it. */
export interface PagesOptions {
  /** What is listed, for errors: `routes of a1b2c3d4e5`. */
  readonly what: string;
  readonly operation: string;
  /** Default 1,000. */
  readonly maxPages?: number | undefined;
  /** Default 100,000. */
  readonly maxItems?: number | undefined;
}

const MAX_PAGES = 1_000;
const MAX_ITEMS = 100_000;

/** In the middle of a list these mean an expired token or a list that disappeared, never that an item is absent. */
const INCONCLUSIVE: ReadonlySet<string> = new Set(['NOT_FOUND', 'CLOUD_REFUSED', 'INVALID_INPUT', 'BAD_RESPONSE']);

/**
 * Returns all items of a paged list, or throws. It never returns a part of the list, because missing items
 * would be created or treated as deleted. Reading continues after empty pages with a token.
 * @throws {CloudError} `INCOMPLETE_LIST` for a repeated token, a page without items, a token that is not a
 *   string, and a refusal of a later page; `RESPONSE_TOO_LARGE` over the caps; the first page's own error.
 */
export async function collectPages<T>(
  ctx: CallContext,
  options: PagesOptions,
  fetch: (token?: string) => Promise<Page<T>>,
): Promise<T[]> {
  const { what, operation, maxPages = MAX_PAGES, maxItems = MAX_ITEMS } = options;
  const incomplete = (why: string, cause?: unknown): CloudError =>
    new CloudError('INCOMPLETE_LIST', `the list of ${what} could not be read to its end: ${why}`, {
      operation,
      retryable: true,
      cause,
    });
  const tooLarge = (limit: string): CloudError =>
    new CloudError('RESPONSE_TOO_LARGE', `the list of ${what} has more than ${limit}`, {
      operation,
      remedy: 'Ask for less: name the resources instead of reading all of them.',
    });

  const collected: T[] = [];
  const seen = new Set<string>();
  let token: string | undefined;
  for (let count = 1; ; count += 1) {
    throwIfAborted(operation, ctx.signal);
    if (count > maxPages) throw tooLarge(`${maxPages} pages`);

    const page = await fetch(token).catch((error: unknown) => {
      if (count > 1 && isPosternError(error) && INCONCLUSIVE.has(error.code)) {
        throw incomplete(`page ${count} was refused`, error);
      }

      throw error;
    });
    // Adapters pass the cloud's answer unchecked, so the types are not guaranteed.
    if (!Array.isArray(page.items)) throw incomplete(`page ${count} has no items`);
    if (collected.length + page.items.length > maxItems) throw tooLarge(`${maxItems} items`);

    for (const item of page.items) collected.push(item);
    const next: unknown = page.next;
    if (next === undefined || next === null || next === '') return collected;
    if (typeof next !== 'string') throw incomplete(`the token of page ${count + 1} is not a string`);
    if (seen.has(next)) throw incomplete(`the token of page ${count + 1} came before`);

    seen.add(next);
    token = next;
  }
}

/**
 * Reads for several callers at once. A caller gets what was requested after it asked, so the answer is as
 * recent as one of its own: while a read is under way, those who ask wait for its end and share the next one.
 * An error is shared, too, except the abort of the caller that reads. `key` names what is read.
 * @throws {PosternError} `ABORTED` when the caller's own signal is aborted; what `read` rejects with.
 */
export type SharedReads = <T>(key: string, read: () => Promise<T>, signal?: AbortSignal) => Promise<T>;

/** The read that is under way, and the one after it, which those who ask now share. */
interface Turn {
  readonly ended: Promise<void>;
  next?: Promise<unknown>;
}

/** Shared reads of one client. A key always names reads of one type. */
export function sharedReads(): SharedReads {
  const turns = new Map<string, Turn>();

  const begin = <T>(key: string, read: () => Promise<T>): Promise<T> => {
    const reading = read();
    const end = (): void => {
      if (turn.next === undefined) turns.delete(key);
    };
    const turn: Turn = { ended: reading.then(end, end) };
    turns.set(key, turn);
    return reading;
  };

  return async <T>(key: string, read: () => Promise<T>, signal?: AbortSignal): Promise<T> => {
    for (;;) {
      throwIfAborted(key, signal);
      const turn = turns.get(key);
      if (turn === undefined) return begin(key, read);

      turn.next ??= turn.ended.then(() => begin(key, read));
      try {
        return await abortable(turn.next as Promise<T>, signal);
      } catch (error) {
        throwIfAborted(key, signal);
        if (!isPosternError(error, 'ABORTED')) throw error; // else: the caller that read was aborted
      }
    }
  };
}
