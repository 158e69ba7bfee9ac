import { afterAll, describe, expect, it } from 'vitest';
import { CHECKS, runCheck } from './checks.js';
import type { ConformanceSetup } from './setup.js';

/** A driver that may leave out more than this has to change the suite first. */
const MOST_SKIPPED = 0.1;

/**
 * The suite that every driver passes, as a vitest `describe`. `setup` is called for each check, with its
 * family, and makes a world of its own:
 *
 * ```ts
 * describeConformance('aws', async () => ({ driver, world, clock, faults, facts, close }));
 * ```
 *
 * It prints how many checks ran, and each that was skipped with the trait and the fact behind it. More than a tenth
 * skipped, or a skip without a fact, fails.
 *
 * @param options.every runs each so many-th check only, where another run of the suite has all of them
 * @param options.families runs these families only, such as `routes`: for further kinds of gateway of a driver
 */
export function describeConformance(
  name: string,
  setup: (family: string) => ConformanceSetup | Promise<ConformanceSetup>,
  { every = 1, families }: { readonly every?: number; readonly families?: readonly string[] } = {},
): void {
  let at = 0;
  const skipped: string[] = [];
  let run = 0;
  describe(`conformance of ${name}`, () => {
    for (const [family, checks] of Object.entries(CHECKS)) {
      if (families?.includes(family) === false) continue;
      const chosen = checks.filter(() => (at += 1) % every === 0);
      if (chosen.length === 0) continue;
      describe(family, () => {
        for (const check of chosen) {
          it(check.name, async ({ skip }) => {
            run += 1;
            const reason = await runCheck(check, await setup(family));
            if (reason === undefined) return;
            run -= 1;
            skipped.push(`${family}: ${check.name} (${reason})`);
            skip(reason);
          });
        }
      });
    }
    afterAll(() => {
      const lines = [
        `conformance of ${name}: ${run} run, ${skipped.length} skipped`,
        ...skipped.map((line) => `  skipped ${line}`),
      ];
      process.stdout.write(`${lines.join('\n')}\n`);
      const all = Object.values(CHECKS).flat().length;
      expect(skipped.length, 'skipped checks').toBeLessThanOrEqual(all * MOST_SKIPPED);
    });
  });
}
