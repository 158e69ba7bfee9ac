import { existsSync, readFileSync } from 'node:fs';

type Members = Readonly<Record<string, unknown>>;

/** A module of a configuration, with its resources by their places in the list of all. */
export interface RecordedModule {
  readonly resources?: readonly number[];
  readonly module_calls?: Readonly<Record<string, Members & { readonly module?: RecordedModule }>>;
}

/** What the real tool planned of a form, and what a call was answered after the apply. */
export interface RecordedForm {
  /** Changes, by their places in the list of all. */
  readonly changes: readonly number[];
  readonly configuration?: Members & { readonly root_module: RecordedModule };
  readonly more: Members;
  readonly data?: readonly object[];
  readonly outcome: string;
  /** What another form has built, by its place in the list of all snapshots. */
  readonly over?: number;
}

/** All forms, with what several have once. */
export interface Records {
  readonly terraform: string;
  readonly changes: readonly Members[];
  readonly resources: readonly Members[];
  readonly snapshots: readonly object[];
  readonly forms: Readonly<Record<string, RecordedForm>>;
}

/** Where the recorder writes: a line for each thing. */
export const RECORDS = new URL('forms.json', import.meta.url);

/** What is recorded. Plans are of Terraform 1.11.4 with the AWS provider 5.100.0. */
export function readRecords(): Records {
  if (existsSync(RECORDS)) return JSON.parse(readFileSync(RECORDS, 'utf8')) as Records;
  return { terraform: '', changes: [], resources: [], snapshots: [], forms: {} };
}

/** The document that `terraform show -json` printed. */
export function documentOf({ changes, resources }: Records, one: RecordedForm, reads: 'plan' | 'state'): string {
  const all = one.changes.map((at) => whole(changes[at] ?? {}));
  if (reads === 'state') {
    const values = all.map(({ change, ...rest }) => ({ ...rest, values: (change as Members)['after'] }));
    return JSON.stringify({ format_version: '1.0', values: { root_module: { resources: values } } });
  }
  const moduleOf = ({ resources: own = [], module_calls: calls = {}, ...rest }: RecordedModule): object => ({
    ...rest,
    resources: own.map((at) => resources[at]),
    module_calls: Object.fromEntries(
      Object.entries(calls).map(([name, call]) => [name, { ...call, module: moduleOf(call.module ?? {}) }]),
    ),
  });
  const { root_module: root = {}, ...others } = one.configuration ?? {};
  return JSON.stringify({
    format_version: '1.2',
    ...one.more,
    resource_changes: all,
    configuration: { ...others, root_module: moduleOf(root) },
    prior_state: { values: { root_module: { resources: one.data ?? [] } } },
  });
}

/** What does not change is kept once. */
function whole({ change, ...one }: Members): Members {
  const { same, ...rest } = change as Members;
  return { ...one, change: same === true ? { ...rest, after: rest['before'] } : rest };
}
