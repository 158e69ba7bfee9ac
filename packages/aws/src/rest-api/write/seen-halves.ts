import type { Clock, Owner } from '@postern/core';
import { methodId, type RestMethod } from '../rest-route.js';

/**
 * After so long a method without an integration is left from a run that was killed, in milliseconds: longer than lists lag, and than
 * the calls of a step go on after an abort. A writer that is slower creates the method again.
 */
export const LEFT_MS = 60_000;

/** A method without an integration, and its mark. */
export interface HalfMethod extends RestMethod {
  readonly owner: Owner | undefined;
}

/** For how long this driver has seen methods without an integration. */
export interface SeenHalves {
  /** Those that an API has now. Returns for how long each was seen so, in milliseconds. */
  readonly see: (apiId: string, halves: readonly HalfMethod[], clock: Clock) => readonly number[];
}

export function seenHalves(): SeenHalves {
  const since = new Map<string, ReadonlyMap<string, number>>();
  return {
    see: (apiId, halves, clock) => {
      const nowMs = clock.monotonicMs();
      const before = since.get(apiId);
      const keyOf = (one: HalfMethod): string => `${methodId(one)} ${one.method.operationName}`;
      since.set(apiId, new Map(halves.map((one) => [keyOf(one), before?.get(keyOf(one)) ?? nowMs])));
      return halves.map((one) => nowMs - (before?.get(keyOf(one)) ?? nowMs));
    },
  };
}
