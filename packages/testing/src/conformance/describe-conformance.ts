import { afterAll, describe, expect, it } from 'vitest';
import { abortChecks } from './abort.js';
import { allowlistChecks } from './allowlist.js';
import { reasonToSkip, type Check } from './check.js';
import { egressChecks } from './egress.js';
import { errorChecks } from './errors.js';
import { linkChecks } from './links.js';
import { observeChecks } from './observe.js';
import { onceChecks } from './once.js';
import { routeChecks } from './routes.js';
import type { ConformanceSetup } from './setup.js';
import { targetChecks } from './targets.js';
import { Trial } from './trial.js';

/** Every check, by family. */
const CONFORMANCE: Readonly<Record<string, readonly Check[]>> = {
  observe: observeChecks,
  links: linkChecks,
  targets: targetChecks,
  routes: routeChecks,
  egress: egressChecks,
  allowlist: allowlistChecks,
  errors: errorChecks,
  once: onceChecks,
  abort: abortChecks,
};

/** A driver that may leave out more than this has to change the suite first. */
const MOST_SKIPPED = 0.1;

/**
 * The suite that every driver passes, as a vitest `describe`. `setup` is called for each check and makes a world of its own:
 *
 * ```ts
 * describeConformance('aws', async () => ({ driver, world, clock, faults, facts, close }));
 * ```
 *
 * It prints how many checks ran, and each that was skipped with the trait and the fact behind it. More than a tenth
 * skipped, or a skip without a fact, fails.
 */
export function describeConformance(name: string, setup: () => ConformanceSetup | Promise<ConformanceSetup>): void {
  const all = Object.values(CONFORMANCE).flat().length;
  const skipped: string[] = [];
  let run = 0;
  describe(`conformance of ${name}`, () => {
    for (const [family, checks] of Object.entries(CONFORMANCE)) {
      describe(family, () => {
        for (const check of checks) {
          it(check.name, async ({ skip }) => {
            const trial = new Trial(await setup());
            try {
              const reason = reasonToSkip(check, trial);
              if (reason !== undefined) {
                skipped.push(`${family}: ${check.name} (${reason})`);
                skip(reason);
              }
              run += 1;
              await check.run(trial);
            } finally {
              await trial.setup.close?.();
            }
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
      expect(skipped.length, 'skipped checks').toBeLessThanOrEqual(all * MOST_SKIPPED);
    });
  });
}
