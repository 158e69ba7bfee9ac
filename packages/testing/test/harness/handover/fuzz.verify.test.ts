import { expect, it } from 'vitest';
import { failureText, fuzz, hitsText } from '../../../src/internal/harness.js';
import { MOVE_EVENTS } from '../../../src/harness/trace.js';
import { noteSeeds, PROVE } from '../../../../core/test/runs.js';
import { budgetOf } from '../budget.js';
import { HANDOVERS } from './scenarios.js';

const FIRST = Number(process.env['POSTERN_HANDOVER_FIRST'] ?? 1);
/** With so many seeds every event has met several operations. */
const ENOUGH = 1_000;

/** Random events while a group is handed over: faults, kills, lost journals, a second operator. */
it('trials of hand-overs lose no call, and end as declared', async () => {
  const report = await fuzz(HANDOVERS, { ...budgetOf('POSTERN_HANDOVER_SEEDS', 2), first: FIRST, repeatEvery: 100 });
  noteSeeds(report.trials, PROVE);
  expect(report.failures.map(failureText).join('\n')).toBe('');
  expect(report.unstable).toEqual([]);
  expect(report.routeCalls).toBeGreaterThan(report.trials * 300);
  if (PROVE) console.log(hitsText(report));
  if (report.trials < ENOUGH) return;
  for (const kind of MOVE_EVENTS) {
    expect(report.hits.filter(({ what }) => what.endsWith(` ${kind}`)).length, kind).toBeGreaterThan(5);
  }
}, 36_000_000);
