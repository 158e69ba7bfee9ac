import { describe, expect, it } from 'vitest';
import { failureText, fuzz, hitsText, type MoveScenario } from '../../../src/internal/harness.js';
import { MOVE_EVENTS } from '../../../src/harness/trace.js';
import { ALIBABA_MOVES } from './alibaba.js';
import { AWS_MOVES } from './aws.js';
import { noteSeeds, PROVE } from '../../../../core/test/runs.js';
import { budgetOf } from '../budget.js';

const FIRST = Number(process.env['POSTERN_MOVE_FIRST'] ?? 1);
/** With so many seeds every event has met several operations. */
const ENOUGH = 1_000;
/** `npm test` tries one of few calls. */
const SMALL = AWS_MOVES.filter(({ name }) => name === 'aws move: one route');
const CLOUDS: readonly (readonly [string, readonly MoveScenario[]])[] = PROVE
  ? [
      ['AWS', AWS_MOVES],
      ['Alibaba Cloud', ALIBABA_MOVES],
    ]
  : [['AWS', SMALL]];

/** Random events while gateways move: faults, kills, lost journals, edits of a second operator. */
describe.each(CLOUDS)('trials of moves of %s', (_, scenarios) => {
  it('lose no call, and end as declared', async () => {
    const report = await fuzz(scenarios, { ...budgetOf('POSTERN_MOVE_SEEDS', 1), first: FIRST, repeatEvery: 100 });
    noteSeeds(report.trials, PROVE);
    expect(report.failures.map(failureText).join('\n')).toBe('');
    expect(report.unstable).toEqual([]);
    expect(report.routeCalls).toBeGreaterThan(report.trials * 500);
    if (!PROVE) return;
    console.log(hitsText(report));
    if (report.trials < ENOUGH) return;
    for (const kind of MOVE_EVENTS) {
      expect(report.hits.filter(({ what }) => what.endsWith(` ${kind}`)).length, kind).toBeGreaterThan(5);
    }
  }, 36_000_000);
});
