import { describe, expect, it } from 'vitest';
import { mutated } from '../mutated.js';
import type * as entry from './runs/entry.js';
import { endsOf, type Ends } from './runs/entry.js';
import { RUN_MISTAKES } from './runs/mistakes.js';

const PROVE = process.env['POSTERN_PROVE'] !== undefined;
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

/** Only with POSTERN_PROVE: each mistake is a bundle of its own, and up to 60 trials. */
describe.runIf(PROVE)('F4: a planted mistake violates an invariant', () => {
  it(
    'bundled without a mistake, none is violated',
    async () => {
      const [first] = RUN_MISTAKES;
      if (first === undefined) throw new Error('there is no mistake');
      const { firstViolation } = await mutated<typeof entry>(ENTRY, { ...first, to: first.from }, 'runs');
      for (const scenario of ['aws: create', 'alibaba: create'])
        expect(
          await firstViolation(scenario, { ends: await rightEnds(scenario), seeds: SEEDS }),
          scenario,
        ).toBeUndefined();
    },
    TIMEOUT_MS,
  );

  it.each(RUN_MISTAKES.map((mistake, at) => [mistake.what, mistake, `runs-${at}`] as const))(
    '%s',
    async (what, { scenario, events, ...mistake }, name) => {
      const { firstViolation } = await mutated<typeof entry>(ENTRY, mistake, name);
      const seen = await firstViolation(scenario, { ends: await rightEnds(scenario), seeds: SEEDS, events }).catch(
        String,
      );
      if (process.env['POSTERN_SHOWS'] !== undefined) console.log(`${what}: ${seen}`);
      expect(seen).toBeDefined();
    },
    TIMEOUT_MS,
  );
});
