import { expect } from 'vitest';
import { failureText, fuzz, hitsText, type Scenario } from '../../src/internal/harness.js';
import { EVENT_KINDS } from '../../src/harness/trace.js';
import { noteSeeds, PROVE } from '../../../core/test/runs.js';
import { budgetOf } from './budget.js';

/** The end of the title of the test. */
export const TITLE = 'hold all invariants, and the same seed makes the same calls';

/** With so many seeds each event has met an operation. */
const ENOUGH = 500;

/** Random events: faults, kills, lost journals, a second machine; see {@link fuzz}. `small` in all but `npm run prove`. */
export async function holdInvariants(all: readonly Scenario[], small: readonly Scenario[]): Promise<void> {
  const first = Number(process.env['POSTERN_FUZZ_FIRST'] ?? 0);
  const report = await fuzz(PROVE ? all : small, { ...budgetOf('POSTERN_FUZZ_SEEDS', 6), first, repeatEvery: 50 });
  noteSeeds(report.trials, PROVE);
  expect(report.failures.map(failureText).join('\n')).toBe('');
  expect(report.unstable).toEqual([]);
  expect(report.kills).toBeGreaterThan(report.trials / 8);
  expect(report.routeCalls).toBeGreaterThan(report.trials);
  if (PROVE) console.log(hitsText(report));
  if (report.trials < ENOUGH) return;
  for (const kind of EVENT_KINDS) {
    expect(report.hits.filter(({ what }) => what.endsWith(` ${kind}`)).length, kind).toBeGreaterThan(0);
  }
}
