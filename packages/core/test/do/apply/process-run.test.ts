import { describe, it, expect } from 'vitest';
import { createContext } from '../../../src/do/context.js';
import { simulatedClock } from '../../../src/ground/clocks/simulated-clock.js';
import { seeded } from '../../drive.js';
import { processRun, runId } from '../../../src/do/apply/local-run.js';
import { memoryJournal } from '../../../src/do/apply/journal.js';

describe('a run in this process', () => {
  const context = createContext({ clock: simulatedClock(0), random: seeded(1) });

  it('ends with the first error of its journal', () => {
    const stop = new AbortController();
    const { shared, breakage } = processRun('r', { context, journal: memoryJournal(), maxParallel: 2 }, stop);
    expect(breakage()).toBeUndefined();
    const [first, second] = [new Error('full'), new Error('later')];
    shared.onBroken(first);
    shared.onBroken(second);
    expect(breakage()).toEqual({ error: first });
    expect(shared.signal.reason).toBe(first);
  });

  it('has an ID of its time and a random part of eight digits', () => {
    const idOf = (random: number) => runId({ clock: simulatedClock(0), random: () => random });
    expect(idOf(0)).toBe('1970-01-01T00:00:00.000Z-00000000');
    expect(idOf(0.5)).toBe('1970-01-01T00:00:00.000Z-80000000');
    expect(idOf(0.999_999_999_9)).toBe('1970-01-01T00:00:00.000Z-ffffffff');
  });
});
