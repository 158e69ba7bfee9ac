import { readFileSync } from 'node:fs';
import { plans } from '@postern/aws/plans';
import { askTerraform, judgeTerraform, readTerraform, type Sources } from '@postern/core/internal/overlay';
import { planTwins } from '@postern/simulator';
import { EMPTY } from '../../../../aws/test/plans/shop-plan.js';
import { readSources } from '../../../src/terraform/read-sources.js';
import { documentOf, type RecordedForm, type Records } from '../forms/records.js';

/** A first plan in a form that nobody had tried, and what a call was answered after its apply. */
export interface HuntedForm extends RecordedForm {
  /** The verdicts that occur, or another right answer after a bar. */
  readonly expected: string;
  readonly answers: string;
  /** The configuration: files by the key of their module. */
  readonly sources: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

export type Hunted = Records & { readonly forms: Readonly<Record<string, HuntedForm>> };

/** Plans of Terraform 1.11.4 with the AWS provider 5.100.0, without values that are null, of two hunts. */
const HUNTS = ['hunted.json', 'hunted-again.json'].map(
  (name) => JSON.parse(readFileSync(new URL(name, import.meta.url), 'utf8')) as Hunted,
);
/** All of them, with their hunt. */
export const HUNTED = HUNTS.flatMap((hunt) =>
  Object.entries(hunt.forms).map(([name, form]) => [name, form, hunt] as const),
);

/** The verdicts that occur. A pass with a condition is no certain one: it counts as both. */
export async function verdictsOf(form: HuntedForm, of: Hunted, sources?: Sources): Promise<readonly string[]> {
  const document = readTerraform(documentOf(of, form, 'plan'), 'plan.json', sources);
  const options = { plans: [plans], region: 'eu-west-1' };
  const ask = await askTerraform(document, EMPTY, { ...options, twin: planTwins() });
  const { integrations } = judgeTerraform(document, EMPTY, { ...options, ask });
  const isConditional = integrations.some(({ after, because }) => after === 'pass' && because?.includes('holds if'));
  const found = [...new Set(integrations.map(({ after }) => after))].toSorted().join();
  return isConditional && found === 'pass' ? ['pass', 'unknown'] : [found];
}

export async function sourcesOf(form: HuntedForm): Promise<Sources> {
  const files = Object.entries(form.sources).map(([key, all]) => [key, new Map(Object.entries(all))] as const);
  const { sources, unread } = readSources({ modules: new Map(files) });
  if (unread.length > 0) throw new Error(`sources that cannot be read: ${JSON.stringify(unread)}`);
  return sources;
}
