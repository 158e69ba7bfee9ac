import { describe, expect, it } from 'vitest';
import { singleEvents, tryAll } from '../exhaustive.js';
import { prepare, type AnyScenario } from '../../../src/internal/harness.js';
import { PROVE, within } from '../../../../core/test/runs.js';

/** Of all events but kills one in so many is tried. It divides no number of events at one call, so that all kinds take turns. */
const EACH = PROVE ? Number(process.env['POSTERN_MOVE_EACH'] ?? 23) : 997;
/** Of the kills: `npm run prove` tries one at every await. */
const EACH_KILL = PROVE ? 1 : 97;

/** Of each scenario in `npm run prove`. */
const SECONDS = 6;

/**
 * A kill at every await, and one in some of the other single events: faults of calls, the other ends of a process, clocks
 * that are set, lists in small pages. Each trial has one event.
 */
export function describeSingleEvents(what: string, scenarios: readonly AnyScenario[]): void {
  describe(`one event anywhere in a ${what} (one kill in ${EACH_KILL}, one other event in ${EACH})`, () => {
    it.each(scenarios.map((scenario): [string, AnyScenario] => [scenario.name, scenario]))(
      '%s',
      async (_, scenario) => {
        const world = await prepare(scenario);
        const all = singleEvents(world);
        const kills = all.filter(({ kind }) => kind === 'kill');
        const others = all.filter(({ kind }) => kind !== 'kill');
        expect(kills.length).toBe(world.base.deeds.length);
        const tried = [
          ...kills.filter((_event, index) => index % EACH_KILL === 0),
          ...others.filter((_event, index) => index % EACH === 0),
        ];
        const failures = await tryAll(
          world,
          within(
            tried.map((event) => [event]),
            SECONDS,
          ),
        );
        if (PROVE)
          console.log(
            `${scenario.name}: ${kills.length} kills, at most ${tried.length} of ${all.length} single events`,
          );
        expect(failures).toEqual([]);
      },
      36_000_000,
    );
  });
}

/** `npm test` tries those with few calls. */
export function triedOf<S extends AnyScenario>(scenarios: readonly S[], ...small: readonly string[]): readonly S[] {
  return PROVE ? scenarios : scenarios.filter(({ name }) => small.includes(name));
}
