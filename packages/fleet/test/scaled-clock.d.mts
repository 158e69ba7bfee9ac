import type { Clock } from '@postern/core';

export function scaledClock(options: {
  readonly speed: number;
  readonly sinceMs: number;
  readonly startMs: number;
}): Clock;
