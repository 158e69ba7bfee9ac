import { describe, it } from 'vitest';
import { holdInvariants, TITLE } from './fuzz-trials.js';
import { AWS_SCENARIOS } from './scenarios/aws/index.js';
import { SMALL_AWS } from './scenarios/small.js';

describe('trials of AWS, first half', () => {
  it(TITLE, () => holdInvariants(AWS_SCENARIOS, SMALL_AWS, 'first'), 3_600_000);
});
