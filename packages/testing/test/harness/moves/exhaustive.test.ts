import { describe, expect, it } from 'vitest';
import { prepare, singleEvents, tryAll, type MoveScenario } from '../../../src/harness/index.js';
import { ALIBABA_MOVES } from './alibaba.js';
import { AWS_MOVES } from './aws.js';

const PROVE = process.env['POSTERN_PROVE'] !== undefined;
/** One in so many is tried, a prime: it does not follow the order of calls. */
const EACH = PROVE ? Number(process.env['POSTERN_MOVE_EACH'] ?? 59) : 997;
const ALL: readonly MoveScenario[] = [...AWS_MOVES, ...ALIBABA_MOVES];
/** `npm test` tries the one with the fewest calls; trials by chance are of AWS there. */
const TRIED = PROVE ? ALL : ALL.filter(({ name }) => name === 'alibaba move: abort before the switch');

/** Every fault at every call, and a kill at every moment, each alone. */
describe(`F4: one event anywhere in a move (one in ${EACH})`, () => {
  it.each(TRIED.map((scenario): [string, MoveScenario] => [scenario.name, scenario]))(
    '%s',
    async (_, scenario) => {
      const world = await prepare(scenario);
      const events = singleEvents(world).filter((_event, index) => index % EACH === 0);
      const failures = await tryAll(
        world,
        events.map((event) => [event]),
      );
      if (PROVE) console.log(`${scenario.name}: ${events.length} of ${singleEvents(world).length} single events`);
      expect(failures).toEqual([]);
    },
    36_000_000,
  );
});
