import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { runs } from '../../runs.js';
import { RETRY_POLICY, retryDelays } from '../../../src/ground/calls/retry.js';
import { seeded } from '../../drive.js';

describe('retryDelays', () => {
  it('draws each delay between the base and three times the one before, under the cap', () => {
    fc.assert(
      fc.property(fc.nat(), (seed) => {
        const { attempts, baseMs, capMs } = RETRY_POLICY;
        const delays = retryDelays(seeded(seed), { ...RETRY_POLICY, totalMs: Number.MAX_SAFE_INTEGER });
        let previous = baseMs;
        for (let attempt = 2; attempt <= attempts; attempt += 1) {
          const delay = delays.next(0)!;
          expect(delay).toBeGreaterThanOrEqual(baseMs);
          expect(delay).toBeLessThanOrEqual(Math.min(capMs, previous * 3));
          previous = delay;
        }
        expect(delays.next(0)).toBeUndefined();
      }),
      { numRuns: runs(25, 100) },
    );
  });

  it('does not synchronize the retries of callers', () => {
    const first = new Set(Array.from({ length: 100 }, (_, seed) => Math.round(retryDelays(seeded(seed)).next(0)!)));
    expect(first.size).toBeGreaterThan(80);
  });

  it('uses the cloud’s retry-after as the minimum delay, and stops when it exceeds the remaining time', () => {
    expect(retryDelays(() => 0).next(0, { retryAfterMs: 7_000 })).toBe(7_000);
    expect(retryDelays(() => 0.5).next(0, { retryAfterMs: 1 })).toBe(1_000);
    expect(retryDelays(() => 0).next(170_000, { retryAfterMs: 20_000 })).toBeUndefined();
    expect(retryDelays(() => 0).next(0, { throttled: true })).toBe(1_000);
    expect(retryDelays(() => 0).next(179_600)).toBeUndefined();
  });
});
