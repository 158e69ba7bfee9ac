import { describe, expect, it } from 'vitest';
import { advance, entered, left, nextTurns, type Line } from '../../src/services/pacer.js';

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

describe('a line', () => {
  const bucket = { intervalMs: 15_000, burst: 1, leaseMs: 60_000 };
  const enter = (line: Line, turn: string, run = 'r', project = 'shop'): Line =>
    entered(line, { bucket, place: { turn, run, project } }, 0);
  const EMPTY: Line = { dueMs: 0, waiting: [], wakes: [] };

  it('has one turn at a time, due an interval after the end of the one before, whoever asks meanwhile', () => {
    const first = advance(enter(EMPTY, 'a'), 1_000);
    expect(first).toMatchObject({ begins: { turn: 'a', dueMs: 1_000 }, wakeMs: undefined });
    const second = advance(enter(first.line, 'b'), 1_100);
    expect(second).toMatchObject({ begins: undefined, wakeMs: 61_000 });
    const answered = advance(left(second.line, 'a', 1_900), 1_900);
    expect(answered).toMatchObject({ begins: undefined, wakeMs: 14_900 });
    expect(advance(answered.line, 14_899)).toMatchObject({ begins: undefined, wakeMs: undefined });
    expect(advance(answered.line, 14_900).begins).toEqual({ turn: 'b', dueMs: 16_900 });
  });

  it('ends a turn that is not given back, and forgets one that does not wait any more', () => {
    const { line } = advance(enter(enter(enter(EMPTY, 'a'), 'b'), 'c'), 0);
    const { line: later, begins, wakeMs } = advance(left(line, 'b', 50), 60_000);
    expect([begins, wakeMs]).toEqual([undefined, 73_000]);
    expect(advance(left(later, 'a', 61_000), 75_000).begins).toMatchObject({ turn: 'c' });
  });

  it('forgets earlier runs of a project, which were killed in the engine', () => {
    const { line } = advance(enter(enter(enter(EMPTY, 'a', 'r1'), 'b', 'r1'), 'c', 'r1', 'other'), 0);
    const again = enter(line, 'd', 'r2');
    expect(again.holder).toBeUndefined();
    expect(again.waiting.map(({ turn }) => turn)).toEqual(['c', 'd']);
    expect(advance(again, 0).begins).toBeUndefined(); // the killed one may have called
    expect(advance(again, 15_000).begins).toMatchObject({ turn: 'c' });
  });

  it('never has more turns due than the rate and the burst allow', () => {
    const burst = { intervalMs: 1_000, burst: 3, leaseMs: 60_000 };
    const waiting = ['a', 'b', 'c', 'd', 'e', 'f'].map((turn) => ({ turn, run: 'r', project: 'shop' }));
    let line: Line = { ...EMPTY, bucket: burst, waiting };
    const due: number[] = [];
    for (let nowMs = 10_000; line.waiting.length > 0; nowMs += 10) {
      const next = advance(line, nowMs);
      line = next.line;
      if (next.begins === undefined) continue;
      due.push(next.begins.dueMs);
      line = left(line, next.begins.turn, next.begins.dueMs);
    }
    expect(due).toEqual([10_000, 10_010, 10_020, 11_000, 12_000, 13_000]);
  });
});
