import { plans } from '@postern/aws/plans';
import { judgeTerraform, readTerraform, type PlanJudgement } from '@postern/core/overlay';
import { expect, it } from 'vitest';
import { EMPTY, planText } from '../../../aws/test/plans/shop-plan.js';
import { LONG_MS, seeds } from '../../../core/test/runs.js';
import { randomOf } from '../agreement/random.js';
import { refusalOf } from './literal/apply.js';
import { resourcesOf } from './literal/plan.js';
import { randomValues, validValues, type Values } from './literal/values.js';

function judged(values: Values): PlanJudgement {
  const document = readTerraform(planText(resourcesOf(values)));
  return judgeTerraform(document, EMPTY, { plans: [plans], region: 'eu-west-1' });
}

const verdicts = ({ integrations }: PlanJudgement): readonly string[] => integrations.map(({ after }) => after);

it('a configuration that the simulated cloud accepts passes', () => {
  expect(refusalOf(validValues())).toBe(undefined);
  const found = judged(validValues());
  expect(found.findings.map(({ message }) => message)).toEqual([]);
  expect(verdicts(found)).toEqual(['pass', 'pass', 'pass']);
});

it('what the simulated cloud refuses never passes, and what it accepts is never refused', { timeout: LONG_MS }, () => {
  for (const seed of seeds(5, 20_000, 300)) {
    const values = randomValues(randomOf(seed));
    const refusal = refusalOf(values);
    const found = judged(values);
    const refused = found.findings.filter(({ check }) => check === 'plan/refused');
    const passes =
      verdicts(found).every((one) => one === 'pass') && found.findings.every(({ verdict }) => verdict !== 'fail');
    const what = `seed ${seed}: ${refusal ?? 'accepted'}`;
    expect(passes && refusal !== undefined ? what : '').toBe('');
    expect(refusal === undefined ? refused.map(({ code, message }) => `${what}: ${code} ${message}`) : []).toEqual([]);
  }
});
