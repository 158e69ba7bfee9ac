import { expect } from 'vitest';
import { failureText, fuzz, hitsText } from '../../../src/harness/index.js';
import { MOVE_EVENTS } from '../../../src/harness/trace.js';
import { PROVE } from '../../../../core/test/runs.js';
import { HANDOVERS } from './scenarios.js';

/** Of each half of the trials, which has a file, and so a core, of its own. */
const SEEDS = Number(process.env['POSTERN_HANDOVER_SEEDS'] ?? (PROVE ? 20_000 : 4)) / 2;
const FIRST = Number(process.env['POSTERN_HANDOVER_FIRST'] ?? 1);
/** With so many seeds every event has met several operations. */
const ENOUGH = 1_000;

/** The title of the test. */
export const TITLE = `trials of hand-overs lose no call, and end as declared (${SEEDS} seeds)`;

/** Random events while a group is handed over: faults, kills, lost journals, a second operator. */
export async function loseNoCall(half: 'first' | 'second'): Promise<void> {
  const first = FIRST + (half === 'first' ? 0 : SEEDS);
  const report = await fuzz(HANDOVERS, { seeds: SEEDS, first, repeatEvery: 100 });
  expect(report.failures.map(failureText).join('\n')).toBe('');
  expect(report.unstable).toEqual([]);
  expect(report.trials).toBe(SEEDS);
  expect(report.routeCalls).toBeGreaterThan(SEEDS * 300);
  if (PROVE) console.log(hitsText(report));
  if (SEEDS < ENOUGH) return;
  for (const kind of MOVE_EVENTS) {
    expect(report.hits.filter(({ what }) => what.endsWith(` ${kind}`)).length, kind).toBeGreaterThan(5);
  }
}
