import { describe, it } from 'vitest';
import { holdInvariants, TITLE } from './fuzz-trials.js';
import { ALIBABA_SCENARIOS } from './scenarios/alibaba/index.js';
import { SMALL_ALIBABA } from './scenarios/small.js';

describe('trials of Alibaba Cloud, first half', () => {
  it(TITLE, () => holdInvariants(ALIBABA_SCENARIOS, SMALL_ALIBABA, 'first'), 3_600_000);
});
