import { readFileSync } from 'node:fs';
import type { Snapshot } from '@postern/core/internal/library';
import { EMPTY } from '../../../../aws/test/plans/shop-plan.js';
import { documentOf, type RecordedModule, type Records } from '../forms/records.js';

type Members = Readonly<Record<string, unknown>>;

/** A module of a configuration, whose parts and inner modules are kept once. */
interface SharedModule {
  readonly resources?: readonly number[];
  readonly module_calls?: Readonly<Record<string, Members & { readonly module: number }>>;
}

/** A plan of a module of the registry, and what a call was answered after its apply. */
export interface ModuleForm {
  /** The changes, the root module and the sources by module, by their places. */
  readonly changes: readonly number[];
  readonly root: number;
  readonly sources: Readonly<Record<string, number>>;
  readonly data?: readonly object[];
  readonly timestamp: string;
  /** The status and the outcome of a call. Undefined: the plan was not applied. */
  readonly answers?: string;
  /** Of a fault: the resource where it is. */
  readonly at?: string;
  /** Of a plan over what its first plan has created: the snapshot of this, by its place. */
  readonly over?: number;
}

interface ModuleRecords extends Omit<Records, 'forms'> {
  readonly modules: readonly SharedModule[];
  /** Each by its blocks, which most of them share with others. */
  readonly texts: readonly (readonly number[])[];
  readonly blocks: readonly string[];
  readonly forms: Readonly<Record<string, ModuleForm>>;
}

/**
 * Plans of Terraform 1.11.4 with the AWS provider 5.100.0, of modules of the registry, each alone and the first five together: vpc,
 * security-group, alb, apigateway-v2 and ecs of terraform-aws-modules, alb and nlb of cloudposse, alb of umotif. Of each the newest
 * major for this provider and the one before; of four the major for the provider 6 besides, each alone and together, without the
 * arguments that the provider 5 does not have. Plans behind `--` have a fault; those behind `@` are over what the first plan has created.
 * Resources of types that say nothing of paths are left out, and so is what only they name.
 */
const RECORDS = JSON.parse(readFileSync(new URL('modules.json', import.meta.url), 'utf8')) as ModuleRecords;

/** Their records lack the roles of tasks, which say nothing of paths, and the definition asks for one. */
export const WITHOUT_ROLES: readonly string[] = ['ecs-7', 'together-6'];

export const FORMS: readonly (readonly [name: string, form: ModuleForm])[] = Object.entries(RECORDS.forms);

/** The document that `terraform show -json` printed. */
export function planOf({ changes, root, data, timestamp }: ModuleForm): string {
  const aws = { name: 'aws', expressions: { region: { constant_value: 'eu-west-1' } } };
  const configuration = { provider_config: { aws }, root_module: moduleAt(root) };
  const form = { changes, configuration, more: { timestamp }, outcome: '', ...(data === undefined ? {} : { data }) };
  return documentOf({ ...RECORDS, forms: {} }, form, 'plan');
}

/** What is there before the plan. */
export function baseOf({ over }: ModuleForm): Snapshot {
  return over === undefined ? EMPTY : (RECORDS.snapshots[over] as Snapshot);
}

export function sourcesOf({ sources }: ModuleForm): ReadonlyMap<string, ReadonlyMap<string, string>> {
  const texts = Object.entries(sources).map(
    ([key, at]) =>
      [
        key,
        new Map([['main.tf', `${(RECORDS.texts[at] ?? []).map((one) => RECORDS.blocks[one]).join('\n')}\n`]]),
      ] as const,
  );
  return new Map(texts);
}

function moduleAt(at: number): RecordedModule {
  const { module_calls: calls = {}, ...rest } = RECORDS.modules[at] ?? {};
  const inner = Object.entries(calls).map(([name, { module, ...call }]) => [
    name,
    { ...call, module: moduleAt(module) },
  ]);
  return { ...rest, module_calls: Object.fromEntries(inner) as NonNullable<RecordedModule['module_calls']> };
}
