import type { Spec } from '@postern/core';
import type { Inventory } from '../inventory/inventory.js';

/** The resources of another project: those with its mark, and those that name one of them. */
export function resourcesOf({ project }: Spec, all: Inventory): Inventory {
  const marks = [`"postern:project":"${project}"`, `"postern:project","Value":"${project}"`, `postern:${project}@`];
  const found = new Map<string, [string, Inventory extends ReadonlyMap<string, infer Row> ? Row : never]>();
  for (let before = -1; before < found.size;) {
    before = found.size;
    for (const [key, row] of all) {
      const text = `${row.id} ${JSON.stringify(row.fields)}`;
      if (marks.some((mark) => text.includes(mark))) found.set(key, [key, row]);
    }
    marks.splice(3, marks.length, ...[...found.values()].map(([, { id }]) => id));
  }
  return new Map(found.values());
}

/** The routes that a spec declares and that exist, by whomever. */
export function takenRoutes({ integrations }: Spec, all: Inventory): readonly string[] {
  const keys = new Set(Object.values(integrations).flatMap(({ routes }) => Object.keys(routes)));
  const rows = [...all.values()].map(({ fields }) => fields);
  const isTaken = (key: string): boolean =>
    rows.some(
      ({ RouteKey, Description }) =>
        RouteKey === key || (String(Description).endsWith(` ${key}`) && RouteKey === undefined),
    );
  return [...keys].filter(isTaken);
}
