import { it } from 'vitest';
import { holdInvariants, TITLE } from './fuzz-trials.js';
import { ALIBABA_SCENARIOS } from './scenarios/alibaba/index.js';
import { SMALL_ALIBABA } from './scenarios/small.js';

it(`trials of Alibaba Cloud ${TITLE}`, () => holdInvariants(ALIBABA_SCENARIOS, SMALL_ALIBABA), 3_600_000);
