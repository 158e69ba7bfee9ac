import { afterAll, describe, expect, it } from 'vitest';
import { CHECKS, runCheck } from './checks.js';
import type { ConformanceSetup } from './setup.js';

/** How {@link describeConformance} runs the suite. */
export interface DescribeOptions {
  readonly every?: number | undefined;
  readonly families?: readonly string[] | undefined;
  readonly mostSkipped?: number | undefined;
}

/**
 * The suite that every driver passes, as a vitest `describe`. `setup` is called for each check, with its
 * family, and makes a world of its own:
 *
 * ```ts
 * describeConformance('aws', async () => ({ driver, world, clock, faults, facts, close }));
 * ```
 *
 * It prints how many checks ran, and each that was skipped with the ability or the part of the harness that it needs.
 *
 * @param options.every runs each so many-th check only, where another run of the suite has all of them
 * @param options.mostSkipped the number of checks that may be skipped: an adapter that loses an ability then fails
 * @param options.families runs these families only, such as `routes`: for further kinds of gateway of a driver
 */
export function describeConformance(
  name: string,
  setup: (family: string) => ConformanceSetup | Promise<ConformanceSetup>,
  { every = 1, families, mostSkipped = Infinity }: DescribeOptions = {},
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
      expect(skipped.length, 'skipped checks').toBeLessThanOrEqual(mostSkipped);
    });
  });
}
