import type { Members } from './record.js';

/**
 * The plan of a module, as the root that it would be: addresses without the module, its own configuration, and names without
 * the name of the module.
 */
export function ofModule(plan: Members, module: string): Members {
  const at = `module.${module}`;
  const { resource_changes: changes, configuration, prior_state: prior, ...rest } = plan;
  const { root_module: root, ...others } = configuration as { readonly root_module: Called };
  const own = (changes as readonly Members[]).filter((one) => String(one['address']).startsWith(`${at}.`));
  const { child_modules: read = [] } = ((prior as State | undefined)?.values?.root_module ?? {}) as Read;
  const named = (value: unknown): unknown =>
    JSON.parse(
      JSON.stringify(value ?? null)
        .replaceAll(`-${module}`, '')
        .replaceAll(`${at}.`, ''),
    );
  return {
    ...rest,
    resource_changes: own.map((one) => {
      const { module_address: of, ...change } = named(one) as Members;
      return of === undefined || of === at ? change : { ...change, module_address: of };
    }),
    configuration: { ...others, root_module: named(root.module_calls?.[module]?.module) },
    prior_state: { values: { root_module: named(read.find(({ address }) => address === at)) } },
  };
}

interface Called {
  readonly module_calls?: Readonly<Record<string, { readonly module: unknown }>>;
}

interface Read {
  readonly child_modules?: readonly { readonly address: string }[];
}

interface State {
  readonly values?: { readonly root_module?: Read };
}

/** Members of a resource in a state that a change does not have. */
const OF_THE_STATE: readonly string[] = ['sensitive_values', 'schema_version', 'depends_on'];

/** The resources of a state as changes that change nothing: so they are kept once, beside those of plans. */
export function stateAsChanges(state: Members): Members {
  const { resources = [] } = ((state as State).values?.root_module ?? {}) as {
    readonly resources?: readonly Members[];
  };
  return {
    resource_changes: resources.map(({ values, ...resource }) => {
      const kept = Object.entries(resource).filter(([name]) => !OF_THE_STATE.includes(name));
      return { ...Object.fromEntries(kept), change: { actions: ['no-op'], before: values, after: values } };
    }),
    configuration: { provider_config: {}, root_module: {} },
  };
}
