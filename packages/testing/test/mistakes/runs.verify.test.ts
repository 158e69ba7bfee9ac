import { describe, expect, it } from 'vitest';
import { mutated } from '../../../simulator/test/mutated.js';
import type * as entry from './runs/entry.js';
import { endsOf, firstViolation, type Ends, type Trials } from './runs/entry.js';
import { RUN_MISTAKES } from './runs/mistakes.js';
import { PROVE } from '../../../core/test/runs.js';

const ENTRY = 'testing/test/mistakes/runs/entry.ts';
/** Trials of a scenario until a mistake counts as missed. */
const SEEDS = 60;
const TIMEOUT_MS = 1_800_000;

const ends = new Map<string, Promise<Ends>>();
/** How a scenario ends with the source as it is. */
function rightEnds(scenario: string): Promise<Ends> {
  const known = ends.get(scenario) ?? endsOf(scenario);
  ends.set(scenario, known);
  return known;
}

const rights = new Map<string, Promise<string | undefined>>();
/** What the same trials violate without a mistake. */
async function rightTrials(scenario: string, how: Omit<Trials, 'ends' | 'seeds'>): Promise<string | undefined> {
  const key = `${scenario} ${JSON.stringify(how)}`;
  const known = rights.get(key) ?? firstViolation(scenario, { ends: await rightEnds(scenario), seeds: SEEDS, ...how });
  rights.set(key, known);
  return known;
}

/** Only with POSTERN_PROVE: each mistake is a bundle of its own, and up to 60 trials. */
describe.runIf(PROVE)('a planted mistake violates an invariant, and the same trials without it violate none', () => {
  it.each(RUN_MISTAKES.map((mistake, at) => [mistake.what, mistake, `runs-${at}`] as const))(
    '%s',
    async (what, { scenario, events, after, recorded, ...mistake }, name) => {
      const wrong = await mutated<typeof entry>(ENTRY, mistake, name);
      const how = { events, after, recorded };
      const seen = await wrong
        .firstViolation(scenario, { ends: await rightEnds(scenario), seeds: SEEDS, ...how })
        .catch(String);
      if (process.env['POSTERN_SHOWS'] !== undefined) console.log(`${what}: ${seen}`);
      expect(seen).toBeDefined();
      expect(await rightTrials(scenario, how)).toBeUndefined();
    },
    TIMEOUT_MS,
  );
});
