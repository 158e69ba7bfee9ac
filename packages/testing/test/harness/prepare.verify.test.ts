import { expect, it } from 'vitest';
import { prepare } from '../../src/internal/harness.js';
import { ALIBABA_SCENARIOS } from './scenarios/alibaba/index.js';
import { AWS_SCENARIOS } from './scenarios/aws/index.js';
import { SMALL_ALIBABA, SMALL_AWS } from './scenarios/small.js';
import { PROVE, sample } from '../../../core/test/runs.js';

/** Scenarios with one run more. */
const ONE_MORE: Readonly<Record<string, string>> = {
  'alibaba: replace an instance': 'the old instance is deleted with consent',
  'alibaba: replace an instance of two groups': 'the old instance is deleted with consent',
  'alibaba: rename an integration, replace its instance': 'the old instance is deleted with consent',
};

it.each(
  (PROVE ? [...AWS_SCENARIOS, ...ALIBABA_SCENARIOS] : sample([...SMALL_AWS, ...SMALL_ALIBABA], 5)).map(
    (scenario) => [scenario.name, scenario] as const,
  ),
)('without events one run applies a spec, one deletes it, and each next plan is empty: %s', async (name, scenario) => {
  const { base, built } = await prepare(scenario);
  const specs = 'specs' in built ? built.specs.length : Number.NaN;
  expect(base.runs).toBe(specs + 1 + (Object.hasOwn(ONE_MORE, name) ? 1 : 0));
});
