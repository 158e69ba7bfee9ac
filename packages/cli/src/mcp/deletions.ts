import type { Plan } from '@postern/core';

/** What a plan deletes or replaces: `delete route ANY /orders (link:eu)`. */
export function deletionsOf({ units }: Plan): readonly string[] {
  return units.flatMap(({ id, steps }) =>
    steps
      .filter(({ kind }) => kind === 'delete' || kind === 'replace')
      .map(({ kind, resource }) => `${kind} ${resource.type} ${resource.name} (${resource.id ?? id})`),
  );
}
