import { readFileSync } from 'node:fs';
import { plans } from '@postern/aws/plans';
import { judgeTerraform, readTerraform, type Sources } from '@postern/core/overlay';
import { describe, expect, it } from 'vitest';
import { EMPTY } from '../../../../aws/test/plans/shop-plan.js';
import { readSources } from '../../../src/terraform/read-sources.js';
import { documentOf, type RecordedForm, type Records } from '../forms/records.js';

/** A first plan in a form that nobody had tried, and what a call was answered after its apply. */
interface HuntedForm extends RecordedForm {
  /** The verdicts that occur, or another right answer after a bar. */
  readonly expected: string;
  readonly answers: string;
  /** The configuration: files by the key of their module. */
  readonly sources: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

type Hunted = Records & { readonly forms: Readonly<Record<string, HuntedForm>> };

/** Plans of Terraform 1.11.4 with the AWS provider 5.100.0, without values that are null, of two hunts. */
const HUNTS = ['hunted.json', 'hunted-again.json'].map(
  (name) => JSON.parse(readFileSync(new URL(name, import.meta.url), 'utf8')) as Hunted,
);
const ALL = HUNTS.flatMap((hunt) => Object.entries(hunt.forms).map(([name, form]) => [name, form, hunt] as const));

/** The verdicts that occur. A pass with a condition is no certain one: it counts as both. */
function verdictsOf(form: HuntedForm, of: Hunted, sources?: Sources): readonly string[] {
  const document = readTerraform(documentOf(of, form, 'plan'), 'plan.json', sources);
  const { integrations } = judgeTerraform(document, EMPTY, { plans: [plans], region: 'eu-west-1' });
  const isConditional = integrations.some(({ after, because }) => after === 'pass' && because?.includes('holds if'));
  const found = [...new Set(integrations.map(({ after }) => after))].toSorted().join();
  return isConditional && found === 'pass' ? ['pass', 'unknown'] : [found];
}

describe.each(ALL)('%s', (_, form, of) => {
  const right = form.expected.split('|');

  it('is judged right with its sources', async () => {
    const files = Object.entries(form.sources).map(([key, all]) => [key, new Map(Object.entries(all))] as const);
    const { sources, unread } = await readSources(new Map(files));
    expect(unread).toEqual([]);
    const found = verdictsOf(form, of, sources);
    expect(
      found.some((one) => right.includes(one)),
      `${found.join(' or ')}, not ${form.expected}`,
    ).toBe(true);
  });

  it('has no other verdict without them than the right one, or none', () => {
    const found = verdictsOf(form, of);
    // Of several routes some may be open.
    const allowed = [...right, 'unknown', ...right.flatMap((one) => one.split(',').map((each) => `${each},unknown`))];
    expect(
      found.some((one) => allowed.includes(one)),
      `${found.join(' or ')}, not ${form.expected}`,
    ).toBe(true);
  });

  it('was expected to be what a call shows', () => {
    if (!right.includes('unknown')) expect(/^\d+ delivered/.test(form.answers)).toBe(form.expected === 'pass');
  });
});
