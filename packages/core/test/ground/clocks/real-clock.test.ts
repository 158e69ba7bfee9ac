import { expect, it } from 'vitest';
import { realClock } from '../../../src/ground/clocks/real-clock.js';

it('returns the time of the machine, and a monotonic time', () => {
  const clock = realClock();
  expect(Math.abs(clock.now() - Date.now())).toBeLessThan(1_000);
  const before = clock.monotonicMs();
  expect(clock.monotonicMs()).toBeGreaterThanOrEqual(before);
});

it('never wakes early, and returns at once for zero', async () => {
  const clock = realClock();
  const before = clock.monotonicMs();
  await clock.sleep(3);
  expect(clock.monotonicMs() - before).toBeGreaterThanOrEqual(3);
  await clock.sleep(0);
  await clock.sleep(-1);
});

it('rejects at once when aborted, also in a wait longer than the maximum of a timer', async () => {
  const controller = new AbortController();
  const sleeping = realClock().sleep(2 ** 40, controller.signal);
  controller.abort('enough');
  await expect(sleeping).rejects.toBe('enough');
  await expect(realClock().sleep(0, controller.signal)).rejects.toBe('enough');
});
