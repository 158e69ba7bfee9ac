import type { NameNow } from './handover-status.js';

/**
 * How long a client keeps a connection, in milliseconds, where nothing is given: one hour. A client that has a connection asks for no
 * address, so that it stays on the classic group until it connects again.
 */
export const KEEP_ALIVE_MS = 3_600_000;

/** Resolvers that keep an answer a little longer, and figures of monitoring that come minutes later [I]. */
const MARGIN_MS = 300_000;

/** The TTL of a record that the account's DNS does not have [I]. */
const UNKNOWN_TTL_SECONDS = 600;

/** The periods of a drain, in milliseconds. */
export interface DrainPeriods {
  /** From the switch to the end: a client may resolve at the end of the TTL, and then keep its connection. */
  readonly drainMs: number;
  /** The last part of it, in which no call may come. */
  readonly quietMs: number;
}

/** How long the drain of a stage takes. */
export function drainPeriods(names: readonly Pick<NameNow, 'state'>[], keepAliveMs: number): DrainPeriods {
  const ttls = names.flatMap(({ state }) => state?.at.map(({ ttlSeconds }) => ttlSeconds) ?? [UNKNOWN_TTL_SECONDS]);
  const ttlMs = Math.max(0, ...ttls) * 1_000;
  return { drainMs: ttlMs + keepAliveMs + MARGIN_MS, quietMs: Math.max(ttlMs, keepAliveMs) };
}
