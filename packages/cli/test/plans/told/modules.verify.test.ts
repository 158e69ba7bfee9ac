import { plans } from '@postern/aws/plans';
import {
  askTerraform,
  judgeTerraform,
  readTerraform,
  type PlanJudgement,
  type Sources,
} from '@postern/core/internal/overlay';
import { planTwins } from '@postern/simulator';
import { describe, expect, it } from 'vitest';
import { readSources } from '../../../src/terraform/read-sources.js';
import { baseOf, FORMS, planOf, sourcesOf, WITHOUT_ROLES, type ModuleForm } from './modules.js';

const options = { plans: [plans], region: 'eu-west-1' };
const twin = planTwins();

async function judged(form: ModuleForm, sources?: Sources): Promise<PlanJudgement> {
  const document = readTerraform(planOf(form), 'plan.json', sources);
  const ask = await askTerraform(document, baseOf(form), { ...options, twin });
  return judgeTerraform(document, baseOf(form), { ...options, ask });
}

const verdictsOf = ({ integrations }: PlanJudgement): string => integrations.map(({ after }) => after).join();

describe.each(FORMS)('%s', (name, form) => {
  const right = form.at === undefined ? 'pass' : 'fail';

  it('is judged right with its sources, and its fault is named', async () => {
    const { sources, unread } = readSources({ modules: new Map(sourcesOf(form)) });
    expect(unread).toEqual([]);
    const found = await judged(form, sources);
    if (WITHOUT_ROLES.includes(name))
      expect(found.findings.map(({ message }) => message).join()).toContain('execution role');
    else expect(verdictsOf(found)).toBe(right);
    const failed = found.findings.filter(({ verdict }) => verdict === 'fail').flatMap(({ addresses }) => addresses);
    if (form.at !== undefined) expect(failed).toContain(form.at);
  });

  it('has the same verdict without them, or none', async () => {
    expect([right, 'unknown']).toContain(verdictsOf(await judged(form)));
  });

  it.runIf(form.answers !== undefined)('was expected to be what a call shows', () => {
    expect(form.answers?.startsWith('200 delivered')).toBe(right === 'pass');
  });
});
