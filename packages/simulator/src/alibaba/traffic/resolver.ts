import type { AlidnsState } from '../alidns/state.js';
import { recordsOf, zoneOf } from '../alidns/resolve.js';

/**
 * Whose resolver a call asks: `office`, `phone; ignores-ttl`, `app; keeps=300`. Without it each call asks the servers of the domain.
 * A client with connections that it keeps open asks again only when they end: `keeps`, in seconds.
 */
export const RESOLVER_HEADER = 'x-postern-resolver';

/** What a name resolves to: the end of its records. */
export interface Resolution {
  /** An address, or a name that the records of this account do not have. Undefined: nothing is answered. */
  readonly to: string | undefined;
  /** Seconds, the smallest on the way. */
  readonly ttl: number;
}

/** How many names lead to each other at most. */
const LONGEST_CHAIN = 8;
/** For an answer that there is none: the zone's minimum [I]. */
const NEGATIVE_TTL = 600;

/** Follows the records of a name; undefined for one in no domain of this account. One of several answers is taken by `choose`. */
export function resolve(
  dns: AlidnsState,
  name: string,
  choose: (weights: readonly number[]) => number,
): Resolution | undefined {
  if (zoneOf(dns, name) === undefined) return undefined;

  let at = name;
  let ttl = Infinity;
  for (let step = 0; step < LONGEST_CHAIN; step += 1) {
    const records = recordsOf(dns, at);
    const taken = records.length <= 1 ? records[0] : records[choose(records.map(({ weight }) => weight))];
    if (!taken) {
      const isEnd = step > 0 && zoneOf(dns, at) === undefined;
      return { to: isEnd ? at : undefined, ttl: isEnd ? ttl : NEGATIVE_TTL };
    }

    ttl = Math.min(ttl, taken.row.TTL);
    if (taken.row.Type !== 'CNAME') return { to: taken.row.Value, ttl };

    at = taken.row.Value.replace(/\.$/, '');
  }
  return { to: undefined, ttl: NEGATIVE_TTL };
}

interface Remembered {
  readonly resolution: Resolution;
  /** Simulated milliseconds since the epoch. */
  readonly until: number;
}

/** Resolvers of callers, which keep what they were answered for its TTL, or for ever. */
export class Resolvers {
  readonly #remembered = new Map<string, Remembered>();

  /**
   * What a resolver answers. `draw` takes one of several records where it has to ask; an answer that it keeps is the same for all its
   * callers.
   */
  ask(
    dns: AlidnsState,
    header: string,
    name: string,
    now: number,
    draw: (weights: readonly number[]) => number,
  ): Remembered | undefined {
    const [resolver = '', ...options] = header.split(';').map((part) => part.trim());
    const key = `${resolver}/${name}`;
    const known = this.#remembered.get(key);
    if (known && now < known.until) return known;

    const resolution = resolve(dns, name, draw);
    if (!resolution) return undefined;

    const kept = options.map((one) => /^keeps=(\d{1,6})$/.exec(one)?.[1]).find((one) => one !== undefined);
    const until = options.includes('ignores-ttl') ? Infinity : now + Number(kept ?? resolution.ttl) * 1000;
    const fresh = { resolution, until };
    this.#remembered.set(key, fresh);
    return fresh;
  }

  /** Nothing is remembered. */
  reset(): void {
    this.#remembered.clear();
  }
}
