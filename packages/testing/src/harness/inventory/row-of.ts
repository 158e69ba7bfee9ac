import type { Spec } from '@postern/core/internal/library';

/** What an operation of a cloud lists. */
export type Row = Readonly<Record<string, unknown>>;

/** A resource with some of its fields. */
export function rowOf(type: string, row: Row, id: unknown, fields: readonly string[]): LocalRow {
  return { type, id: String(id), fields: pick(row, fields) };
}

export function pick(row: Row, fields: readonly string[]): Row {
  return Object.fromEntries(
    fields.flatMap((field) => (row[field] === undefined ? [] : [[field, withoutTimes(row[field])]])),
  );
}

/** The tag whose value is a time: of two trials it is never the same. */
const UNUSED_TAG = 'postern:unused-since';

/** Tags, as an object or as lists of keys and values, without that one. */
function withoutTimes(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.filter((one) => !isUnusedTag(one)).map(withoutTimes);

  const rest = Object.entries(value).filter(([key]) => key !== UNUSED_TAG);
  return Object.fromEntries(rest.map(([key, one]) => [key, withoutTimes(one)]));
}

function isUnusedTag(one: unknown): boolean {
  return typeof one === 'object' && one !== null && 'Key' in one && one.Key === UNUSED_TAG;
}

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

/**
 * How many links of a project, among its resources as lines, its spec does not declare. A link that is named by an ID was not
 * created for it.
 */
export function undeclaredLinks(lines: readonly string[], { links }: Spec): number {
  const created = lines.filter((line) => /^\S+ (?:VpcLink|VpcLinkV1|Instance) /.test(line)).length;
  const declared = Object.values(links).filter(({ id, owner }) => id === undefined && owner !== 'external').length;
  return Math.max(0, created - declared);
}
