import { describe, it } from 'vitest';
import { holdInvariants, TITLE } from './fuzz-trials.js';
import { ALIBABA_SCENARIOS } from './scenarios/alibaba/index.js';
import { SMALL_ALIBABA } from './scenarios/small.js';
import { PROVE } from '../../../core/test/runs.js';

describe.runIf(PROVE)('trials of Alibaba Cloud, second half', () => {
  it(TITLE, () => holdInvariants(ALIBABA_SCENARIOS, SMALL_ALIBABA, 'second'), 3_600_000);
});
