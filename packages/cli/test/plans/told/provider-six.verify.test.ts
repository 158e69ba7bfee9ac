import { plans } from '@postern/aws/plans';
import { askTerraform, judgeTerraform, readTerraform, type Sources } from '@postern/core/internal/overlay';
import { planTwins } from '@postern/simulator';
import { describe, expect, it } from 'vitest';
import { PROVE } from '../../../../core/test/runs.js';
import { EMPTY } from '../../../../aws/test/plans/shop-plan.js';
import { readSources } from '../../../src/terraform/read-sources.js';
import { documentOf } from '../forms/records.js';
import { HUNTED } from './hunted.js';
import { baseOf, FORMS, planOf, sourcesOf, WITHOUT_ROLES, type ModuleForm } from './modules.js';
import { inProviderSix, sourcesInProviderSix } from './provider-six.js';

const options = { plans: [plans], region: 'eu-west-1' };
const twin = planTwins();

async function verdicts(text: string, base = EMPTY, sources?: Sources): Promise<readonly string[]> {
  const document = readTerraform(text, 'plan.json', sources);
  const ask = await askTerraform(document, base, { ...options, twin });
  return judgeTerraform(document, base, { ...options, ask }).integrations.map(({ after }) => after);
}

const read = async (sources: ReadonlyMap<string, ReadonlyMap<string, string>>): Promise<Sources> =>
  readSources({ modules: new Map(sources) }).sources;

/** Each fourth; all in `npm run prove`. */
const some = <T>(all: readonly T[]): readonly T[] => all.filter((_, at) => PROVE || at % 4 === 0);

describe('a plan of version 6 of the AWS provider has the verdicts of the same plan of version 5', () => {
  it.each(some(FORMS))('%s', async (name: string, form: ModuleForm) => {
    const right = form.at === undefined && !WITHOUT_ROLES.includes(name) ? 'pass' : 'fail';
    const sources = await read(sourcesInProviderSix(sourcesOf(form)));
    expect(await verdicts(inProviderSix(planOf(form)), baseOf(form), sources)).toEqual([right]);
  });

  it.each(some(HUNTED))('%s', async (_, form, of) => {
    const text = documentOf(of, form, 'plan');
    const six = inProviderSix(text);
    expect(await verdicts(six)).toEqual(await verdicts(text));
    const files = new Map(Object.entries(form.sources).map(([key, all]) => [key, new Map(Object.entries(all))]));
    expect(await verdicts(six, EMPTY, await read(sourcesInProviderSix(files)))).toEqual(
      await verdicts(text, EMPTY, await read(files)),
    );
  });
});
