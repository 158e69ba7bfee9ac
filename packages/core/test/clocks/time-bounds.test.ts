import { describe, expect, it } from 'vitest';
import { createContext } from '../../src/context.js';
import { latestTime, timeBounds, timeOf } from '../../src/clocks/time-bounds.js';

describe('timeBounds', () => {
  it.each([
    ['is not set', 0, 1_500, 1_500],
    ['is set ahead', 60_000, 1_500, 61_500],
    ['is set back', -60_000, -58_500, 1_500],
  ])('has both times where the clock %s', (_, jumpMs, earliest, latest) => {
    let [nowMs, passedMs] = [0, 10];
    const bounds = timeBounds({ now: () => nowMs, monotonicMs: () => passedMs, sleep: () => Promise.resolve() });
    nowMs = 1_500 + jumpMs;
    passedMs += 1_500;
    expect([bounds.earliestMs(), bounds.latestMs()]).toEqual([earliest, latest]);
  });

  it('begins with the context of a clock', () => {
    let nowMs = 7_200_000;
    const clock = { now: () => nowMs, monotonicMs: () => 0, sleep: () => Promise.resolve() };
    const context = createContext({ clock });
    nowMs = 0;
    expect(timeOf(context).latestMs()).toBe(7_200_000);
    expect(latestTime(context)).toBe('1970-01-01T02:00:00.000Z');
  });
});
