import { readFileSync } from 'node:fs';
import path from 'node:path';
import { brotliDecompressSync } from 'node:zlib';
import { plans as alibaba } from '@postern/alibaba/plans';
import { plans as aws } from '@postern/aws/plans';
import type { Snapshot } from '@postern/core/internal/library';
import type { PlanJudgement, Sources } from '@postern/core/internal/overlay';
import { planTwins } from '@postern/simulator';
import { SOURCES, type PlanOption } from '../../../src/commands/check/plan-sources.js';
import { readSources } from '../../../src/terraform/read-sources.js';

type Texts = Readonly<Record<string, string>>;

/** A configuration as its plan file has it: files by module, folders of modules, and what it reads. */
export interface PublicSources {
  readonly modules: Readonly<Record<string, Texts>>;
  readonly folders?: Texts;
  readonly files: Texts;
}

/** A plan of a form that is published for a tool, over an empty network or over what it has created, some with a fault. */
export interface PublicForm {
  readonly option: PlanOption;
  readonly plan: string;
  /** The template of a change set. */
  readonly template?: string;
  readonly sources?: PublicSources;
  /** Its place among the snapshots. */
  readonly over: number;
  /** The verdicts, sorted; between bars all that are right. */
  readonly expected: readonly string[];
  /** Of a fault: how addresses begin, of which a finding names one. */
  readonly named?: string;
}

export interface PublicForms {
  readonly snapshots: readonly Snapshot[];
  readonly forms: Readonly<Record<string, PublicForm>>;
}

/** Where `pack-forms.ts` writes. */
export const PACKED = new URL('public-forms.json.br', import.meta.url);

export const readForms = (): PublicForms => JSON.parse(brotliDecompressSync(readFileSync(PACKED)).toString()) as never;

/** Judges a form as `postern check` does: it is carried out on a twin first. */
export async function judged(form: PublicForm, base: Snapshot, twin = planTwins()): Promise<PlanJudgement> {
  const template = form.template ? { text: form.template, file: 'template.json' } : undefined;
  const beside = { template, sources: form.sources && sourcesOf(form.sources) };
  const read = SOURCES[form.option](form.plan, 'plan.json', { plans: [aws, alibaba] }, beside);
  const region = base.regions[0]?.region;
  return read.judge(base, { region, ask: await read.ask(base, { region, twin }) });
}

function sourcesOf({ modules, folders, files }: PublicSources): Sources {
  const { sources, unread } = readSources({
    modules: new Map(Object.entries(modules).map(([key, texts]) => [key, new Map(Object.entries(texts))])),
    folders: folders && new Map(Object.entries(folders)),
    text: (name) => files[path.normalize(name)],
  });
  if (unread.length > 0) throw new Error(`sources that cannot be read: ${unread.join()}`);

  return sources;
}
