import { describe, it } from 'vitest';
import { holdInvariants, TITLE } from './fuzz-trials.js';
import { AWS_SCENARIOS } from './scenarios/aws/index.js';
import { SMALL_AWS } from './scenarios/small.js';
import { PROVE } from '../../../core/test/runs.js';

describe.runIf(PROVE)('trials of AWS, second half', () => {
  it(TITLE, () => holdInvariants(AWS_SCENARIOS, SMALL_AWS, 'second'), 3_600_000);
});
