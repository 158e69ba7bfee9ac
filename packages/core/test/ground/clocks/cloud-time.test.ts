import { expect, it } from 'vitest';
import {
  beginReading,
  cloudNow,
  cloudTime,
  latestCloudMs,
  latestTime,
  momentOf,
} from '../../../src/ground/clocks/cloud-time.js';
import { dateHearer } from '../../../src/ground/calls/call.js';
import { createContext } from '../../../src/do/context.js';

/** 2026-06-01T12:00:00Z. */
const NOON = 1_780_315_200_000;

/** A machine whose clock is off by `offMs`, and its context. */
function machine(offMs: number) {
  let [nowMs, passedMs] = [NOON + offMs, 0];
  const clock = { now: () => nowMs, monotonicMs: () => passedMs, sleep: () => Promise.resolve() };
  const context = createContext({ clock });
  return {
    context,
    pass: (ms: number): void => void ([nowMs, passedMs] = [nowMs + ms, passedMs + ms]),
    set: (ms: number): void => void (nowMs += ms),
  };
}
const bounds = (early: number, late: number) => ({ earliestMs: NOON + early, latestMs: NOON + late });

it('is not known before an answer had a Date', () => {
  const { context } = machine(0);
  expect(cloudNow(context)).toBeUndefined();
  expect(() => latestCloudMs(context)).toThrow(expect.objectContaining({ code: 'BAD_RESPONSE' }));
  expect(latestTime(context)).toBe('2026-06-01T12:00:00.000Z');
  expect(beginReading(context)()).toEqual({ takenAt: '2026-06-01T12:00:00.000Z' });
});

it.each([0, -1_800_000, 3_600_000])(
  'lies between the sending and the answer of a machine that is off by %d ms',
  (off) => {
    const { context, pass } = machine(off);
    const heard = dateHearer(context);
    pass(300);
    heard({ date: 'Mon, 01 Jun 2026 12:00:00 GMT' });
    expect(cloudNow(context)).toEqual(bounds(0, 1_300));
    pass(5_000);
    expect(cloudNow(context)).toEqual(bounds(5_000, 6_300));
    expect(latestCloudMs(context)).toBe(NOON + 6_300);
    expect(latestTime(context)).toBe('2026-06-01T12:00:06.300Z');
  },
);

it('is known better with each answer', () => {
  const { context, pass } = machine(0);
  const { time } = context;
  const asked = momentOf(context.clock);
  pass(20_000);
  time?.heard(NOON + 10_000, asked);
  expect(cloudNow(context)).toEqual(bounds(10_000, 31_000));
  time?.heard(NOON + 20_000, momentOf(context.clock));
  expect(cloudNow(context)).toEqual(bounds(20_000, 21_000));
  time?.heard(NOON + 12_000, asked);
  expect(cloudNow(context)).toEqual(bounds(20_000, 21_000));
});

it.each([
  ['is set ahead', 7_200_000, bounds(1_000, 7_202_000)],
  ['is set back', -7_200_000, bounds(-7_199_000, 2_000)],
])('is never taken for later or earlier than it may be where the clock %s', (_, ms, expected) => {
  const { context, pass, set } = machine(0);
  context.time?.heard(NOON, momentOf(context.clock));
  set(ms);
  pass(1_000);
  expect(cloudNow(context)).toEqual(expected);
  context.time?.heard(NOON + 1_000, momentOf(context.clock));
  expect(cloudNow(context)).toEqual(bounds(1_000, 2_000));
});

it('is that of the last answer, where two contradict each other', () => {
  const { context } = machine(0);
  context.time?.heard(NOON, momentOf(context.clock));
  context.time?.heard(NOON - 60_000, momentOf(context.clock));
  expect(cloudNow(context)).toEqual(bounds(-60_000, -59_000));
});

it.each([
  ['has no Date', {}],
  ['has a Date that is none', { date: 'yesterday' }],
  ['is a cache’s', { date: 'Mon, 01 Jun 2026 12:00:00 GMT', age: '7' }],
])('is not shown by an answer that %s', (_, headers) => {
  const { context } = machine(0);
  dateHearer(context)(headers);
  expect(cloudNow(context)).toBeUndefined();
});

it('is that of a reading at its beginning, at the earliest', () => {
  const { context, pass } = machine(3_600_000);
  const taken = beginReading(context);
  pass(700);
  context.time?.heard(NOON, momentOf(context.clock));
  expect(taken()).toEqual({ takenAt: '2026-06-01T11:59:59.300Z', clock: 'cloud' });
});

it('is heard of once by contexts that share it', () => {
  const { context } = machine(0);
  const time = cloudTime(context.clock);
  const [one, other] = [createContext({ clock: context.clock, time }), createContext({ clock: context.clock, time })];
  one.time?.heard(NOON, momentOf(context.clock));
  expect(cloudNow(other)).toEqual(bounds(0, 1_000));
});
