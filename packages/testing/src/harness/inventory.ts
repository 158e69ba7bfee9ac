import type { Simulation } from '../simulation/simulate.js';
import { alibabaRows } from './inventory/alibaba-rows.js';
import { awsRows } from './inventory/aws-rows.js';
import type { Place } from './places.js';

/** A resource as the clouds' own operations show it. */
export interface InventoryRow {
  /** `VpcLink`, `Route`, `SecurityGroup`. */
  readonly type: string;
  readonly id: string;
  readonly region: string;
  /** What Postern may create or change, and what must not change where it is foreign. */
  readonly fields: Readonly<Record<string, unknown>>;
}

/** The same before its region is added. */
export type LocalRow = Omit<InventoryRow, 'region'>;

/** The resources of some regions, by `<type> <id>`. */
export type Inventory = ReadonlyMap<string, InventoryRow>;

/** Reads everything that private integrations consist of. No wire, no faults. */
export function inventory(simulation: Simulation, places: readonly Place[]): Inventory {
  const rows = places.flatMap(({ provider, region }) =>
    (READERS[provider]?.(simulation, region) ?? []).map((row) => ({ ...row, region })),
  );
  return new Map(rows.map((row) => [`${row.type} ${row.id}`, row]));
}

const READERS: Readonly<Record<string, (simulation: Simulation, region: string) => readonly LocalRow[]>> = {
  aws: awsRows,
  alibaba: alibabaRows,
};

/** What differs between two inventories in resources that both or the first one has; one line each. */
export function changesOf(before: Inventory, after: Inventory): readonly string[] {
  return [...before].flatMap(([key, { fields }]) => {
    const now = after.get(key);
    if (now === undefined) return [`${key} is gone`];
    const [was, is] = [JSON.stringify(fields), JSON.stringify(now.fields)];
    return was === is ? [] : [`${key} was ${was} and is ${is}`];
  });
}

/** An inventory without some IDs. */
export function without(all: Inventory, ids: readonly string[]): Inventory {
  return new Map([...all].filter(([, { id }]) => !ids.includes(id)));
}

/** Which resources the second one has and the first one has not. */
export function addedIn(before: Inventory, after: Inventory): readonly InventoryRow[] {
  return [...after].flatMap(([key, row]) => (before.has(key) ? [] : [row]));
}

/** What marks have of the resource that they are on, in a description and in a tag: it follows from IDs. */
const HASH = /(?<=#|"postern:spec":"|"postern:spec","Value":")(?:[0-9a-f]{8}){1,2}\b/g;
/** The users of the resource that follow, as hashes. */
const USERS = / \[[0-9a-f.]+\]/g;

/**
 * The resources without their IDs, sorted: two inventories with the same lines differ in nothing but the names that the
 * cloud gave. Two things depend on which of two machines was first, or on where a run ended, and do no harm:
 *
 * - Marks name the users of their resource. Where a user left, its name may stay: each user that is there must have its own, or
 *   the next plan writes it.
 * - A resource of a REST API has no place for a mark, so the mark of its method says that Postern created it. Where the creator did
 *   not come to create the method, the resource has no owner, and stays. It answers no call.
 */
export function shapeOf(rows: readonly InventoryRow[]): readonly string[] {
  const types = new Map(rows.map(({ type, id }) => [id, type]));
  const named = (text: string): string => {
    let plain = text;
    for (const [id, type] of types) plain = plain.replaceAll(id, `<${type}>`);
    return plain.replaceAll(HASH, '').replaceAll(USERS, '');
  };
  return rows
    .filter(({ type, fields }) => type !== 'Resource' || fields['resourceMethods'] !== undefined)
    .map(({ type, region, fields }) => named(`${region} ${type} ${JSON.stringify(fields)}`))
    .sort();
}
