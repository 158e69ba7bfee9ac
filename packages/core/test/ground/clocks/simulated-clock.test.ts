import fc from 'fast-check';
import { expect, it } from 'vitest';
import { runs } from '../../runs.js';
import { simulatedClock } from '../../../src/ground/clocks/simulated-clock.js';

it('begins at the given time, by default in June 2026', () => {
  expect(new Date(simulatedClock().now()).toISOString()).toBe('2026-06-01T00:00:00.000Z');
  expect(simulatedClock(5).now()).toBe(5);
});

it('wakes sleepers in order, each at its own time', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.nat(1_000), { maxLength: 20 }), async (delays) => {
      const clock = simulatedClock(0);
      const woken: [number, number][] = [];
      for (const [index, ms] of delays.entries()) void clock.sleep(ms).then(() => woken.push([clock.now(), index]));
      await clock.advance(1_000);
      const expected = delays.map((ms, index): [number, number] => [ms, index]);
      expect(woken).toEqual(expected.toSorted((a, b) => a[0] - b[0] || a[1] - b[1]));
      expect(clock.now()).toBe(1_000);
    }),
    { numRuns: runs(25, 100) },
  );
});

it('supports a second sleep within one advance', async () => {
  const clock = simulatedClock(0);
  const ticks: number[] = [];
  const loop = async (): Promise<void> => {
    for (;;) {
      await clock.sleep(100);
      ticks.push(clock.now());
    }
  };
  void loop();
  await clock.advance(350);
  expect(ticks).toEqual([100, 200, 300]);
  expect(clock.nextWake()).toBe(400);
});

it('runs two advances one after the other', async () => {
  const clock = simulatedClock(0);
  await Promise.all([clock.advance(10), clock.advance(20)]);
  expect(clock.now()).toBe(30);
  expect(clock.monotonicMs()).toBe(30);
});

it('rejects at once with the signal’s reason, and removes the sleeper', async () => {
  const clock = simulatedClock();
  const controller = new AbortController();
  const sleeping = clock.sleep(1_000, controller.signal);
  controller.abort('enough');
  await expect(sleeping).rejects.toBe('enough');
  expect(clock.nextWake()).toBeUndefined();
  await expect(clock.sleep(1, controller.signal)).rejects.toBe('enough');
});

it.each([-1, Number.NaN, Number.POSITIVE_INFINITY])('refuses to advance by %s', async (ms) => {
  await expect(simulatedClock().advance(ms)).rejects.toMatchObject({ code: 'INVALID_INPUT' });
});
