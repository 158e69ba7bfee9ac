import { readFileSync } from 'node:fs';
import { plans } from '@postern/aws/plans';
import { judgeTerraform, readTerraform, type Sources } from '@postern/core/overlay';
import { describe, expect, it } from 'vitest';
import { EMPTY } from '../../../../aws/test/plans/shop-plan.js';
import { readSources } from '../../../src/terraform/read-sources.js';
import { documentOf, type RecordedForm, type Records } from '../forms/records.js';

/** A first plan in a form that nobody had tried, and what a call was answered after its apply. */
interface HuntedForm extends RecordedForm {
  readonly expected: string;
  readonly answers: string;
  /** The configuration: files by the key of their module. */
  readonly sources: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

/** Plans of Terraform 1.11.4 with the AWS provider 5.100.0, without values that are null. */
const HUNTED = JSON.parse(readFileSync(new URL('hunted.json', import.meta.url), 'utf8')) as Records & {
  readonly forms: Readonly<Record<string, HuntedForm>>;
};

/** What the sources do not say either: data that is read during the apply. */
const OPEN: ReadonlySet<string> = new Set(['late-subnets-closed', 'late-group-task-closed']);

function verdictsOf(form: HuntedForm, sources?: Sources): readonly string[] {
  const document = readTerraform(documentOf(HUNTED, form, 'plan'), 'plan.json', sources);
  const { integrations } = judgeTerraform(document, EMPTY, { plans: [plans], region: 'eu-west-1' });
  return [...new Set(integrations.map(({ after }) => after))];
}

describe.each(Object.entries(HUNTED.forms))('%s', (name, form) => {
  const right = form.expected.split('|');

  it('is judged right with its sources', async () => {
    const files = Object.entries(form.sources).map(([key, all]) => [key, new Map(Object.entries(all))] as const);
    const { sources, unread } = await readSources(new Map(files));
    expect(unread).toEqual([]);
    const [verdict, ...others] = verdictsOf(form, sources);
    expect(others).toEqual([]);
    expect(OPEN.has(name) ? [...right, 'unknown'] : right).toContain(verdict);
  });

  it('has no other verdict without them than the right one, or none', () => {
    const [verdict, ...others] = verdictsOf(form);
    expect(others).toEqual([]);
    expect([...right, 'unknown']).toContain(verdict);
  });

  it('was expected to be what a call shows', () => {
    if (!right.includes('unknown')) expect(/^\d+ delivered/.test(form.answers)).toBe(form.expected === 'pass');
  });
});
