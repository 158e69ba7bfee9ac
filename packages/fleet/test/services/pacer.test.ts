import { describe, expect, it } from 'vitest';
import { nextTurns } from '../../src/services/pacer.js';

describe('the turns of a bucket', () => {
  it.each([
    ['a new bucket gives its burst at once', 0, { count: 4, intervalMs: 100, burst: 2 }, [1_000, 1_000, 1_100, 1_200]],
    ['one after the other', 1_300, { count: 2, intervalMs: 100, burst: 1 }, [1_300, 1_400]],
    ['what has passed unused is not given again', 200, { count: 3, intervalMs: 100, burst: 1 }, [1_000, 1_100, 1_200]],
  ] as const)('%s', (_title, dueMs, wanted, turns) => {
    expect(nextTurns(dueMs, 1_000, wanted).turns).toEqual(turns);
  });

  it('never gives more than the rate, whoever asks and when', () => {
    let dueMs = 0;
    const turns: number[] = [];
    for (const nowMs of [0, 5, 5, 5, 400, 401, 401, 2_000, 2_000]) {
      const next = nextTurns(dueMs, nowMs, { count: 1, intervalMs: 100, burst: 1 });
      dueMs = next.dueMs;
      turns.push(...next.turns);
    }
    for (const [at, turn] of turns.slice(1).entries()) expect(turn - turns[at]!).toBeGreaterThanOrEqual(100);
  });
});
