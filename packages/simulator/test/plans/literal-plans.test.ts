import { expect, it } from 'vitest';
import { seeds } from '../../../core/test/runs.js';
import { randomOf } from '../agreement/random.js';
import { askTerraform, judgeTerraform, readTerraform } from '@postern/core/internal/overlay';
import { planTwins } from '../../src/index.js';
import { alibaba } from './literal/alibaba/index.js';

it('carrying a plan out refuses what the simulated cloud refuses, and nothing else', async () => {
  const { valid, random, refusal, plan, base, plans } = await alibaba();
  const { region } = base.regions[0] ?? {};
  const asked = async (values: ReturnType<typeof valid>) => {
    const document = readTerraform(plan(values));
    const ask = await askTerraform(document, base, { plans: [plans], region, twin: planTwins() });
    return { ask, judged: judgeTerraform(document, base, { plans: [plans], region, ask }) };
  };
  expect(await refusal(valid())).toBe(undefined);
  const { ask, judged } = await asked(valid());
  expect(ask).toMatchObject({ omitted: [], refused: [], unordered: [] });
  expect(judged.findings.map(({ message }) => message)).toEqual([]);
  expect(judged.integrations.length).toBeGreaterThan(1);
  expect([...new Set(judged.integrations.map(({ after }) => after))]).toEqual(['pass']);
  for (const seed of seeds(4, 20_000, 60)) {
    const values = random(randomOf(seed));
    const error = await refusal(values);
    const { refused, omitted } = (await asked(values)).ask;
    const said = refused.map(({ address, code, message }) => `${address}: ${code} ${message}`);
    if (error === undefined) expect([seed, ...said]).toEqual([seed]);
    // Nothing is certain of a zone, since not all are simulated, nor beside what is not carried out.
    else if (!error.startsWith('InvalidZoneId') && omitted.length === 0)
      expect(said, `${seed}: ${error}`).not.toEqual([]);
  }
});
