import { lengthOfTime } from '../../ground/text/length-of-time.js';
import type { StageNow } from '../switch/read-stage.js';
import type { GatewayCalls } from '../switch/witness.js';
import type { StageDrain } from './finish-events.js';

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
export function drainPeriods({ names }: Pick<StageNow, 'names'>, keepAliveMs: number): DrainPeriods {
  const ttls = names.flatMap(({ state }) => state?.at.map(({ ttlSeconds }) => ttlSeconds) ?? [UNKNOWN_TTL_SECONDS]);
  const ttlMs = Math.max(0, ...ttls) * 1_000;
  return { drainMs: ttlMs + keepAliveMs + MARGIN_MS, quietMs: Math.max(ttlMs, keepAliveMs) };
}

/** What the figures of the classic group say of a period. */
export function quietOf(
  calls: GatewayCalls | undefined,
  { quietMs }: Pick<DrainPeriods, 'quietMs'>,
): Pick<StageDrain, 'classic' | 'message'> {
  const period = `in the last ${lengthOfTime(quietMs)}`;
  if (calls?.qps === undefined) {
    return { classic: 'unknown', message: 'whether calls still come to the classic group is not known' };
  }
  if (calls.qps === 0) return { classic: 'quiet', message: `no call came to the classic group ${period}` };
  const rate = calls.qps < 0.01 ? calls.qps.toExponential(1) : Math.round(calls.qps * 100) / 100;
  return { classic: 'in-use', message: `${rate} calls a second came to the classic group ${period}` };
}
