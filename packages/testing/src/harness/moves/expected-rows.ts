import { canonicalJson, type Json } from '@postern/core/adapter';
import type { Inventory } from '../inventory/inventory.js';
import type { InventoryRow } from '../inventory/row-of.js';

/** What edits of a trial changed: the keys of these rows. They are not compared. */
export function touchedBy(before: Inventory, after: Inventory): readonly string[] {
  const isSame = (key: string): boolean => textOf(before.get(key)) === textOf(after.get(key));
  return [...new Set([...before.keys(), ...after.keys()])].filter((key) => !isSame(key));
}

/** What differs from the state before, one text each, without what edits touched. */
export function notAsBefore(start: Inventory, now: Inventory, touched: ReadonlySet<string>): readonly string[] {
  return touchedBy(start, now)
    .filter((key) => !touched.has(key))
    .map((key) => `${key} was ${textOf(start.get(key))} and is ${textOf(now.get(key))}`);
}

/** Deployments that stages serve, and did not serve at the start. */
function newlyServed(start: Inventory, now: Inventory): readonly { readonly type: string; readonly id: string }[] {
  return [...now].flatMap(([key, { fields }]) => {
    const id = fields['DeploymentId'];
    const isNew = typeof id === 'string' && start.get(key)?.fields['DeploymentId'] !== id;
    return isNew ? [{ type: 'Deployment', id }] : [];
  });
}

/** The rows as lines that do not contain the IDs of what was created since the start. */
export function linesOf(start: Inventory, now: Inventory, touched: ReadonlySet<string>): readonly string[] {
  const created = [
    ...[...now.values()].filter(({ type, id }) => !start.has(`${type} ${id}`) && /^[\w-]+$/.test(id)),
    ...newlyServed(start, now),
  ];
  const plain = (text: string): string => {
    let named = text;
    for (const { id, type } of created) named = named.replaceAll(id, `<${type}>`);
    return named;
  };
  return [...now]
    .filter(([key]) => !touched.has(key))
    .map(([, row]) => plain(`${row.type} ${row.id} ${textOf(row)}`))
    .toSorted();
}

/**
 * What only the old path needed, and Postern owns: after `finish` none of it may be left. A created resource that names
 * the old link, or an integration with Postern's mark that no route uses.
 */
export function leftOfOld(start: Inventory, now: Inventory, from: string): readonly string[] {
  const rows = [...now.entries()];
  const targets = new Set(rows.map(([, { fields }]) => String(fields['Target'] ?? '')));
  return rows
    .filter(([key, { type, id, fields }]) => {
      const text = JSON.stringify(fields);
      if (type !== 'Integration' || !text.includes(from) || targets.has(`integrations/${id}`)) return false;
      return !start.has(key) || String(fields['Description'] ?? '').startsWith('postern:');
    })
    .map(([key]) => key);
}

/** The fields of a row in the order of their names: clouds return them in any. */
function textOf(row: InventoryRow | undefined): string {
  return row === undefined ? 'nothing' : canonicalJson(JSON.parse(JSON.stringify(row.fields)) as Json);
}
