import type { Snapshot } from '../../do/snapshot/snapshot.js';
import type { Instance } from '../declared/instance.js';
import type { ToolPlan } from '../declared/tool-plan.js';
import type { ImportTypes } from '../rows/plans-of-cloud.js';

/**
 * A plan with the APIs that its routes name by an ID and that neither the plan nor the snapshot has: another
 * configuration manages them. The ID stands for the name.
 */
export function withApis(plan: ToolPlan, base: Snapshot | undefined, apis: ImportTypes['apis']): ToolPlan {
  const ids = (list: readonly Instance[]): readonly unknown[] =>
    list.map(({ before, after }) => after?.['id'] ?? before?.['id']);
  const known = new Set<unknown>(
    ids(plan.instances.filter(({ type }) => Object.values(apis).some((one) => one.type === type))),
  );
  for (const { gateways } of base?.regions ?? []) for (const { id } of gateways) known.add(id);
  const added = new Map<string, Instance>();
  const regions = new Map<string, string | undefined>();
  for (const instance of plan.instances) {
    const values = instance.after ?? instance.before;
    const api = Object.hasOwn(apis, instance.type) ? apis[instance.type] : undefined;
    const id = values?.[api?.of ?? ''];
    if (api === undefined || values === undefined || typeof id !== 'string' || known.has(id)) continue;
    // `$default` alone does not tell which kind of API it is.
    if (added.has(id) && values['route_key'] === '$default') continue;
    const there = { id, name: id, ...api.more(values) };
    added.set(id, {
      address: `API ${id}`,
      mode: 'managed',
      type: api.type,
      actions: ['no-op'],
      deposed: false,
      before: there,
      after: there,
      unknown: false,
      sensitive: false,
    });
    regions.set(`API ${id}`, plan.regionOf(instance));
  }
  return {
    ...plan,
    instances: [...plan.instances, ...added.values()],
    regionOf: (instance) => regions.get(instance.address) ?? plan.regionOf(instance),
  };
}
