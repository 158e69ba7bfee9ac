import { plans } from '@postern/alibaba/plans';
import { askTerraform, readTerraform } from '@postern/core/internal/overlay';
import type { Snapshot } from '@postern/core/internal/library';
import { planTwins } from '@postern/simulator';
import { expect, it } from 'vitest';
import { planOf, TOLD, verdictsOf } from './told.js';

it.each(Object.entries(TOLD.forms))('%s is judged right', async (_, form) => {
  const found = [...(await verdictsOf(form, planOf(form)))];
  for (const one of form.expected) {
    const at = found.findIndex((verdict) => one.split('|').includes(verdict));
    expect(found[at], `${one} among ${found.join()}`).toBeDefined();
    found.splice(at, 1);
  }
  expect(found).toEqual([]);
});

const ALIBABA = Object.entries(TOLD.forms).filter(([name]) => name.startsWith('alicloud-'));

it.each(ALIBABA)('%s is carried out', async (name, form) => {
  const base = TOLD.snapshots[form.over ?? 0] as Snapshot;
  const document = readTerraform(planOf(form), 'plan.json');
  const { omitted, refused, unordered } = await askTerraform(document, base, { plans: [plans], twin: planTwins() });
  expect([omitted, unordered]).toEqual([[], []]);
  expect(refused.map(({ code }) => code)).toEqual(name === 'alicloud-wrong-name' ? ['NotFoundVpc'] : []);
});
