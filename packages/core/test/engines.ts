import { afterAll, beforeAll, describe } from 'vitest';
import { apply as applyOn } from '../src/do/apply/apply.js';
import { ReplayingEngine } from './replaying-run.js';
import { judge } from '../src/check/judge/judge-plan.js';
import { sample } from './runs.js';

/** The implementations of `Run` that the suite of `apply` runs on. */
export const ENGINES = ['this process', 'a replaying engine'] as const;

let engine: (typeof ENGINES)[number] = 'this process';

/** A suite that runs once on each implementation of `Run`; in `npm test` on the first one, unless `engines` says otherwise. */
export function describeOnEachEngine(
  title: string,
  suite: () => void,
  engines: readonly (typeof ENGINES)[number][] = sample(ENGINES, ENGINES.length),
): void {
  describe.each(engines)(`${title}, on %s`, (one) => {
    beforeAll(() => {
      engine = one;
    });
    afterAll(() => {
      engine = 'this process';
    });
    suite();
  });
}

/** The clouds in memory have neither networks nor backends behind their links: each check would fail. */
export const EVERY_FINDING = ['*'] as const;

/** `apply` on the engine of the suite; each call is a separate run. */
export const apply: typeof applyOn = (plan, options) =>
  applyOn(plan, {
    judge,
    ignoreFindings: EVERY_FINDING,
    ...options,
    ...(engine === 'this process' ? {} : { runs: new ReplayingEngine(options.context).process().runs }),
  });
