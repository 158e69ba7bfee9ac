import { plans } from '@postern/aws/plans';
import { judgeTerraform, readTerraform, type PlanJudgement, type Sources } from '@postern/core/overlay';
import { describe, expect, it } from 'vitest';
import { readSources } from '../../../src/terraform/read-sources.js';
import { baseOf, FORMS, planOf, sourcesOf, type ModuleForm } from './modules.js';

function judged(form: ModuleForm, sources?: Sources): PlanJudgement {
  const document = readTerraform(planOf(form), 'plan.json', sources);
  return judgeTerraform(document, baseOf(form), { plans: [plans], region: 'eu-west-1' });
}

const verdictsOf = ({ integrations }: PlanJudgement): string => integrations.map(({ after }) => after).join();

describe.each(FORMS)('%s', (_, form) => {
  const right = form.at === undefined ? 'pass' : 'fail';

  it('is judged right with its sources, and its fault is named', async () => {
    const { sources, unread } = readSources({ modules: new Map(sourcesOf(form)) });
    expect(unread).toEqual([]);
    const found = judged(form, sources);
    expect(verdictsOf(found)).toBe(right);
    const failed = found.findings.filter(({ verdict }) => verdict === 'fail').flatMap(({ addresses }) => addresses);
    if (form.at !== undefined) expect(failed).toContain(form.at);
  });

  it('has the same verdict without them, or none', () => {
    expect([right, 'unknown']).toContain(verdictsOf(judged(form)));
  });

  it.runIf(form.answers !== undefined)('was expected to be what a call shows', () => {
    expect(form.answers?.startsWith('200 delivered')).toBe(right === 'pass');
  });
});
