import { it } from 'vitest';
import { holdInvariants, TITLE } from './fuzz-trials.js';
import { AWS_SCENARIOS } from './scenarios/aws/index.js';
import { SMALL_AWS } from './scenarios/small.js';

it(`trials of AWS ${TITLE}`, () => holdInvariants(AWS_SCENARIOS, SMALL_AWS), 3_600_000);
