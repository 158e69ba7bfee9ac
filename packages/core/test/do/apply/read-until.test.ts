import { expect, it } from 'vitest';
import { readUntil } from '../../../src/do/apply/repeat.js';
import { createContext } from '../../../src/do/context.js';
import { simulatedClock } from '../../../src/ground/clocks/simulated-clock.js';
import { drive } from '../../drive.js';

/** Reads what lists show 30 s after it was created; the process is suspended for an hour during its first read. */
async function reads(suspendedMs: number): Promise<readonly number[]> {
  const clock = simulatedClock(0);
  const asked: number[] = [];
  const read = async (): Promise<boolean> => {
    asked.push(clock.now());
    const isThere = clock.now() >= 30_000;
    if (asked.length === 1) await clock.sleep(suspendedMs);
    return isThere;
  };
  const context = createContext({ clock, random: () => 0.5 });
  expect(await drive(clock, readUntil(read, Boolean, 30_000, context))).toBe(true);
  return asked;
}

it('believes no answer that was asked for before lists must show it, however late it is read', async () => {
  expect(await reads(0)).toEqual([0, 1_000, 3_000, 7_000, 15_000, 30_000]);
  expect(await reads(3_600_000)).toEqual([0, 3_601_000]);
});
