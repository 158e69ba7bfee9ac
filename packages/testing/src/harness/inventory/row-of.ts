import type { LocalRow } from './inventory.js';

/** What an operation of a cloud lists. */
export type Row = Readonly<Record<string, unknown>>;

/** A resource with some of its fields. */
export function rowOf(type: string, row: Row, id: unknown, fields: readonly string[]): LocalRow {
  return { type, id: String(id), fields: pick(row, fields) };
}

/** The fields that a row has. */
export function pick(row: Row, fields: readonly string[]): Row {
  return Object.fromEntries(fields.flatMap((field) => (row[field] === undefined ? [] : [[field, row[field]]])));
}
