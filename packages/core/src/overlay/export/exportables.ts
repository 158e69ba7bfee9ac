import type { PlanSet } from '../rows/plan-set.js';
import type { ExportRow } from '../rows/owned.js';
import type { ExportTypes } from '../rows/plans-of-cloud.js';
import type { Owned } from './owned.js';

/** Of a cloud whose plans are not given nothing is written. */
const NONE: ExportTypes = { links: {}, routes: {}, targets: {} };

/** One thing with its row. */
export interface Exportable<T = unknown> {
  readonly row: ExportRow<T>;
  readonly one: T;
}

/** What of a region becomes a resource, each thing once, in the order of a file. */
export function exportables({ region, links, routes, targets }: Owned, set: PlanSet): readonly Exportable[] {
  const types = set.named(region.provider)?.exports ?? NONE;
  const all = [
    ...links.flatMap((one) => [
      ...(one.group === undefined ? [] : of(types.group, { ...one, group: one.group })),
      ...of(types.links[one.link.kind], one),
    ]),
    ...targets.flatMap((one) => of(types.targets[one.target.kind], one)),
    ...routes.flatMap((one) => (types.routes[one.gateway.kind] ?? []).map((row) => pair(row, one))),
  ];
  const seen = new Map(all.toReversed().map((one) => [`${one.row.type} ${one.row.key(one.one)}`, one] as const));
  return all.filter((one) => seen.get(`${one.row.type} ${one.row.key(one.one)}`) === one);
}

const of = <T>(row: ExportRow<T> | undefined, one: T): readonly Exportable[] =>
  row === undefined ? [] : [pair(row, one)];

// A row is only ever called with what it is paired with.
const pair = <T>(row: ExportRow<T>, one: T): Exportable => ({ row, one }) as unknown as Exportable;
