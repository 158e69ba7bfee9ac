import { expect } from 'vitest';
import { failureText, fuzz, hitsText, type Scenario } from '../../src/harness/index.js';
import { EVENT_KINDS } from '../../src/harness/trace.js';
import { PROVE } from '../../../core/test/runs.js';

/** Of each half of a cloud's trials. */
const SEEDS = Number(process.env['POSTERN_FUZZ_SEEDS'] ?? (PROVE ? 2_000 : 12)) / 2;
const FIRST = Number(process.env['POSTERN_FUZZ_FIRST'] ?? 0);

/** The title of the test. */
export const TITLE = `hold all invariants, and the same seed makes the same calls (${SEEDS} seeds)`;

/**
 * Random events: faults, kills, lost journals, a second machine; see {@link fuzz}. `small` without POSTERN_PROVE. Each half of the seeds has
 * a file, and so a core, of its own.
 */
export async function holdInvariants(
  all: readonly Scenario[],
  small: readonly Scenario[],
  half: 'first' | 'second',
): Promise<void> {
  const first = FIRST + (half === 'first' ? 0 : SEEDS);
  const report = await fuzz(PROVE ? all : small, { seeds: SEEDS, first, repeatEvery: 50 });
  expect(report.failures.map(failureText).join('\n')).toBe('');
  expect(report.unstable).toEqual([]);
  expect(report.trials).toBe(SEEDS);
  expect(report.kills).toBeGreaterThan(SEEDS / 8);
  expect(report.routeCalls).toBeGreaterThan(SEEDS);
  if (!PROVE) return;
  console.log(hitsText(report));
  for (const kind of EVENT_KINDS) {
    expect(report.hits.filter(({ what }) => what.endsWith(` ${kind}`)).length, kind).toBeGreaterThan(0);
  }
}
