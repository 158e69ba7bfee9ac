import type { Driver } from '@postern/core/internal/library';

/** Six times as long as the shortest interval of a driver: a trial is not about the hundred polls of one wait. */
const POLL_MS = 30_000;

/** A driver that polls pending links rarely. */
export function rarePolls(driver: Driver): Driver {
  return { ...driver, traits: (kind) => ({ ...driver.traits(kind), pollMs: POLL_MS }) };
}
