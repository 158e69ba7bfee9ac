import { describe, expect, it } from 'vitest';
import { EVENT_KINDS, failureText, fuzz, hitsText, type Scenario } from '../../src/harness/index.js';
import { ALIBABA_SCENARIOS } from './scenarios/alibaba/index.js';
import { AWS_SCENARIOS } from './scenarios/aws/index.js';

const PROVE = process.env['POSTERN_PROVE'] !== undefined;
const SEEDS = PROVE ? Number(process.env['POSTERN_FUZZ_SEEDS'] ?? 1_000) : 16;
/** Without POSTERN_PROVE one scenario in so many: its world and its trial without events cost as much as two trials. */
const EACH_SCENARIO = PROVE ? 1 : 6;
const FIRST = Number(process.env['POSTERN_FUZZ_FIRST'] ?? 0);

/** Random events: faults, kills, lost journals, a second machine; see {@link fuzz}. */
describe.each([
  ['AWS', AWS_SCENARIOS],
  ['Alibaba Cloud', ALIBABA_SCENARIOS],
] as const)('F4: trials of %s', (_, all: readonly Scenario[]) => {
  const scenarios = all.filter((_scenario, index) => index % EACH_SCENARIO === 0);

  it(`hold all invariants, and the same seed makes the same calls (${SEEDS} seeds)`, async () => {
    const report = await fuzz(scenarios, { seeds: SEEDS, first: FIRST, repeatEvery: PROVE ? 100 : 8 });
    expect(report.failures.map(failureText).join('\n')).toBe('');
    expect(report.unstable).toEqual([]);
    expect(report.trials).toBe(SEEDS);
    expect(report.kills).toBeGreaterThan(SEEDS / 8);
    expect(report.routeCalls).toBeGreaterThan(SEEDS);
    if (!PROVE) return;
    console.log(hitsText(report));
    for (const kind of EVENT_KINDS) {
      expect(report.hits.filter(({ what }) => what.endsWith(` ${kind}`)).length, kind).toBeGreaterThan(5);
    }
  }, 3_600_000);
});
