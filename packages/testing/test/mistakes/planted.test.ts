import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { CHECK_MUTANTS, NETWORK_MUTANTS } from '../../../simulator/test/agreement/mutants.js';
import { DATA_PATH } from '../../../simulator/test/mistakes/data-path.js';
import { PICTURES } from '../../../simulator/test/mistakes/pictures.js';
import { PLANNER } from '../../../simulator/test/mistakes/planner.js';
import { REPLACEMENT } from '../../../simulator/test/mistakes/replacement.js';
import { TERRAFORM } from '../../../simulator/test/mistakes/terraform.js';
import { TEST_CALL } from '../../../simulator/test/mistakes/test-call.js';
import type { Mistake } from '../../../simulator/test/mutated.js';
import { RUN_MISTAKES } from './runs/mistakes.js';

const PACKAGES = path.resolve(import.meta.dirname, '../../..');
const SCENARIOS = [...DATA_PATH, PICTURES, PLANNER, ...REPLACEMENT, TERRAFORM, TEST_CALL];

const MISTAKES: readonly Mistake[] = [
  ...CHECK_MUTANTS,
  ...NETWORK_MUTANTS,
  ...RUN_MISTAKES,
  ...RUN_MISTAKES.flatMap(({ also }) => also ?? []),
  ...SCENARIOS.flatMap(({ mistakes }) => mistakes),
];

/** They are planted by `npm run prove` only: a source that moves must not wait for it to be noticed. */
it('every planted mistake replaces a text that its file contains once', () => {
  const lost = MISTAKES.flatMap(({ file, from }) => {
    const at = path.join(PACKAGES, file);
    const times = existsSync(at) ? readFileSync(at, 'utf8').split(from).length - 1 : 0;
    return times === 1 ? [] : [`${file} contains it ${times} times: ${from}`];
  });
  expect(lost).toEqual([]);
});
