import { readFileSync } from 'node:fs';
import { plans as alibaba } from '@postern/alibaba/plans';
import { plans as aws } from '@postern/aws/plans';
import { askTerraform, judgeTerraform, readTerraform, type Sources } from '@postern/core/internal/overlay';
import type { Snapshot } from '@postern/core/internal/library';
import { planTwins } from '@postern/simulator';
import { documentOf, type RecordedForm, type Records } from '../forms/records.js';

/** A plan that was judged wrong once, with what is right. */
export interface ToldForm extends RecordedForm {
  /** The verdict of each integration; of some `unknown` is right, too. */
  readonly expected: readonly string[];
  /** The same where the sources are given, if it is another one: a URI has its placeholder there alone. */
  readonly withSources?: readonly string[];
  /** The configuration, by file. */
  readonly sources?: Readonly<Record<string, string>>;
}

/** Plans of Terraform 1.11.4 with the AWS provider 5.100.0, and of alicloud by hand, without values that are null. */
export const TOLD = JSON.parse(readFileSync(new URL('told.json', import.meta.url), 'utf8')) as Records & {
  readonly forms: Readonly<Record<string, ToldForm>>;
};

/** The text of a plan. */
export function planOf(form: ToldForm): string {
  return documentOf(TOLD, form, 'plan');
}

/** The configuration of a plan by the call of each module, the root without a name. Undefined: it is not kept. */
export function sourcesOf({ sources }: ToldForm): ReadonlyMap<string, ReadonlyMap<string, string>> | undefined {
  if (sources === undefined) return undefined;
  const calls = [...(sources['main.tf'] ?? '').matchAll(/^module "(\w+)" \{\n\s*source\s*= "\.\/(\w+)"/gm)];
  const folders = new Map(calls.map(([, call = '', folder = '']) => [folder, call]));
  const all = new Map<string, Map<string, string>>();
  for (const [name, text] of Object.entries(sources)) {
    const [folder = '', file = ''] = name.includes('/') ? name.split('/') : ['', name];
    const call = folders.get(folder) ?? '';
    all.set(call, (all.get(call) ?? new Map<string, string>()).set(file, text));
  }
  return all;
}

/** The verdicts after a plan, which is carried out first. */
export async function verdictsOf({ over = 0 }: ToldForm, text: string, sources?: Sources): Promise<readonly string[]> {
  const snapshot = TOLD.snapshots[over] as Snapshot;
  const region = snapshot.regions[0]?.region ?? '';
  const document = readTerraform(text, 'plan.json', sources);
  const options = { plans: [aws, alibaba], region };
  const ask = await askTerraform(document, snapshot, { ...options, twin: planTwins() });
  const { integrations } = judgeTerraform(document, snapshot, { ...options, ask });
  return integrations.map(({ after }) => after);
}
