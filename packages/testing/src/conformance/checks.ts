import { abortChecks } from './abort.js';
import { allowlistChecks } from './allowlist.js';
import { adoptedLinkChecks } from './apply/adopted-link.js';
import { forgetChecks } from './apply/forget.js';
import { lifecycleChecks } from './apply/lifecycle.js';
import { movedChecks } from './apply/moved.js';
import { retryChecks } from './apply/retries.js';
import { twoSpecChecks } from './apply/two-specs.js';
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
export const CHECKS: Readonly<Record<string, readonly Check[]>> = {
  observe: observeChecks,
  links: linkChecks,
  targets: targetChecks,
  routes: routeChecks,
  egress: egressChecks,
  allowlist: allowlistChecks,
  errors: errorChecks,
  once: onceChecks,
  abort: abortChecks,
  apply: [...lifecycleChecks, ...twoSpecChecks, ...adoptedLinkChecks, ...forgetChecks, ...movedChecks, ...retryChecks],
};

/**
 * Runs one check and closes the setup.
 * @returns why it was skipped, or undefined
 * @throws what the check found wrong
 */
export async function runCheck(check: Check, setup: ConformanceSetup): Promise<string | undefined> {
  try {
    const trial = new Trial(setup);
    const reason = reasonToSkip(check, trial);
    if (reason === undefined) await check.run(trial);
    return reason;
  } finally {
    await setup.close?.();
  }
}

/**
 * Runs the check of this name, such as `finds a link by its mark`: for a driver under construction, or to
 * prove that the suite detects a mistake.
 * @throws what the check found wrong; {RangeError} when the check does not exist
 */
export async function runConformanceCheck(name: string, setup: ConformanceSetup): Promise<void> {
  const check = Object.values(CHECKS)
    .flat()
    .find((one) => one.name === name);
  if (!check) throw new RangeError(`There is no check "${name}".`);
  await runCheck(check, setup);
}
