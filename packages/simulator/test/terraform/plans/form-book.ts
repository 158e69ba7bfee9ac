import { writeFileSync } from 'node:fs';
import { readRecords, RECORDS } from '../../../../cli/test/plans/forms/records.js';
import type { RecordedForm, RecordedModule, Records } from '../../../../cli/test/plans/forms/records.js';
import { compact, dataOf, trimmed, type Members } from './record.js';

/** Attributes that no plan is judged by. */
const UNUSED = new Set(['tags', 'tags_all', 'timeouts', 'arn_suffix', 'owner_id', 'description']);

/** The records of forms. What several of them have is written once, and what none has any more is dropped. */
export class FormBook {
  readonly #kept: Record<string, Kept> = {};

  /** Keeps what is planned of a form over a snapshot, and what a call is answered after it. */
  keep(name: string, plan: Members, outcome: string, over: object | undefined): void {
    const { complete, errored, timestamp, prior_state: prior } = plan;
    this.#kept[name] = {
      changes: (plan['resource_changes'] as Members[]).map((one) => withoutUnused(compact(one))),
      configuration: trimmed(plan['configuration'] as Members) as unknown as Configuration,
      more: { complete, errored, timestamp },
      ...dataOf(prior as Members | undefined),
      outcome,
      ...(over === undefined ? {} : { over }),
    };
  }

  /** Writes the file: a line for each thing, in a stable order. */
  write(names: readonly string[], terraform: string): void {
    // Another run may have written in the meantime.
    const all: Record<string, Kept> = { ...formsOf(readRecords()), ...this.#kept };
    const snapshots = new Places();
    const changes = new Places();
    const resources = new Places();
    const forms: Record<string, RecordedForm> = {};
    for (const name of names) {
      const one = all[name];
      if (one === undefined) continue;
      const { configuration, over, ...rest } = one;
      forms[name] = {
        ...rest,
        changes: one.changes.map((change) => changes.of(change)),
        ...(over === undefined ? {} : { over: snapshots.of(over) }),
        ...(configuration === undefined
          ? {}
          : {
              configuration: {
                ...configuration,
                root_module: mapped(configuration.root_module, (resource: unknown) => resources.of(resource)),
              },
            }),
      } as RecordedForm;
    }
    const lines = (list: readonly unknown[]): string => list.map((one) => JSON.stringify(one)).join(',\n');
    const members = (of: object): string =>
      Object.entries(of)
        .map(([key, one]) => `${JSON.stringify(key)}:${JSON.stringify(one)}`)
        .join(',\n');
    writeFileSync(
      RECORDS,
      `{"terraform":${JSON.stringify(terraform)},\n"changes":[\n${lines(changes.all)}\n],\n"resources":[\n${lines(resources.all)}\n],\n` +
        `"snapshots":[\n${lines(snapshots.all)}\n],\n"forms":{\n${members(forms)}\n}}\n`,
    );
  }
}

/** What is recorded, each form with all that is its. */
function formsOf({ forms, changes, resources, snapshots }: Records): Record<string, Kept> {
  return Object.fromEntries(
    Object.entries(forms).map(([name, { configuration, over, ...rest }]) => [
      name,
      {
        ...rest,
        changes: rest.changes.map((at) => withoutUnused(changes[at] ?? {})),
        ...(over === undefined ? {} : { over: snapshots[over] }),
        ...(configuration === undefined
          ? {}
          : {
              configuration: {
                ...configuration,
                root_module: mapped(configuration.root_module, (at: number) => resources[at]),
              },
            }),
      },
    ]),
  );
}

/** A form with all that is its. */
type Kept = Omit<RecordedForm, 'changes' | 'configuration' | 'over'> & {
  readonly over?: object | undefined;
  readonly changes: readonly object[];
  readonly configuration?: Configuration;
};

type Configuration = Members & { readonly root_module: Module };

interface Module {
  readonly resources?: readonly unknown[];
  readonly module_calls?: Readonly<Record<string, Members>>;
}

/** Things by their places in a list, each once. */
class Places {
  readonly all: unknown[] = [];
  readonly #places = new Map<string, number>();

  of(one: unknown): number {
    const text = JSON.stringify(one);
    const at = this.#places.get(text) ?? this.all.push(one) - 1;
    this.#places.set(text, at);
    return at;
  }
}

/** A module with other resources, and the modules that it calls. */
function mapped(module: Module | RecordedModule, to: (one: never) => unknown): never {
  const { resources, module_calls: calls, ...rest } = module as Module;
  return {
    ...rest,
    ...(resources === undefined ? {} : { resources: resources.map((one) => to(one as never)) }),
    ...(calls === undefined
      ? {}
      : {
          module_calls: Object.fromEntries(
            Object.entries(calls).map(([name, call]) => [
              name,
              { ...call, module: mapped((call['module'] ?? {}) as Module, to) },
            ]),
          ),
        }),
  } as never;
}

/** A change without what no plan is judged by. What is empty inside of blocks is as what is not given. */
function withoutUnused(one: Members): Members {
  const { change, ...rest } = one;
  const inside = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(inside);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).flatMap(([name, one]) => (isEmpty(one) ? [] : [[name, inside(one)]])),
    );
  };
  const sides = Object.entries(change as Members).map(([side, value]) => [
    side,
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(
          Object.entries(value).flatMap(([name, one]) => (UNUSED.has(name) ? [] : [[name, inside(one)]])),
        )
      : value,
  ]);
  return { ...rest, change: Object.fromEntries(sides) };
}

function isEmpty(value: unknown): boolean {
  return value === null || value === '' || (Array.isArray(value) && value.length === 0);
}
