import type { Order } from '../forms/order.js';
import { canonicalJson } from '../../ground/hash.js';
import type { Json } from '../../ground/json.js';
import { snapshotForm } from './snapshot-form.js';
import type { Snapshot } from './snapshot.js';

/** The value with its lists sorted; the same value where they are sorted already. Nothing that is given is changed. */
function arranged<T>(value: T, order: Order): T {
  return arrange(value, order) as T;
}

function arrange(value: unknown, order: Order): unknown {
  if (value === undefined || value === null) return value;
  if (order === 'set') return sorted(value as readonly string[], 0);
  if (order === 'head') return sorted(value as readonly string[], 1);

  const { by, of } = order;
  const members = Object.entries(of);
  if (!Array.isArray(value)) return withMembers(value as Readonly<Record<string, unknown>>, members);

  let items = value as readonly Readonly<Record<string, unknown>>[];
  if (members.length > 0) {
    const inner = items.map((item) => withMembers(item, members));
    if (inner.some((item, index) => item !== items[index])) items = inner;
  }
  if (by === undefined) return items;

  const compare = comparison(by);
  const isSorted = items.every((item, index) => index === 0 || compare(items[index - 1] ?? item, item) <= 0);
  return isSorted ? items : items.toSorted(compare);
}

function sorted(texts: readonly string[], from: number): readonly string[] {
  const isSorted = texts.every((text, index) => index <= from || (texts[index - 1] ?? '') <= text);
  return isSorted ? texts : [...texts.slice(0, from), ...texts.slice(from).sort()];
}

function withMembers(
  item: Readonly<Record<string, unknown>>,
  members: readonly (readonly [string, Order])[],
): Readonly<Record<string, unknown>> {
  let copy: Record<string, unknown> | undefined;
  for (const [key, order] of members) {
    const before = item[key];
    const after = arrange(before, order);
    if (after !== before) (copy ??= { ...item })[key] = after;
  }
  return copy ?? item;
}

/** Missing members go first, numbers by size, texts by their UTF-16 code units; what is equal so far, by all its text. */
function comparison(by: readonly string[]): (a: object, b: object) => number {
  return (a, b) => {
    for (const key of by) {
      const [one, other] = [(a as Record<string, unknown>)[key], (b as Record<string, unknown>)[key]];
      if (one === other) continue;
      if (one === undefined) return -1;
      if (other === undefined) return 1;
      if ((typeof one === 'string' || typeof one === 'number') && typeof one === typeof other) {
        return one < (other as typeof one) ? -1 : 1;
      }
    }
    if (a === b) return 0;

    const [textA, textB] = [textOf(a), textOf(b)];
    return textA < textB ? -1 : Number(textA > textB);
  };
}

/** The cloud's own object is excluded: it does not distinguish items, and it may not be valid JSON. */
function textOf(item: object): string {
  return canonicalJson({ ...item, raw: undefined } as Json);
}

/**
 * The snapshot with every list in a fixed order where its order has no meaning. Files contain it, and checks
 * of a live observation use it as well, so that they report the same results in the same order. Lists that
 * are sorted already are shared, not copied.
 */
export function sortSnapshot(snapshot: Snapshot): Snapshot {
  return snapshotForm.order === undefined ? snapshot : arranged(snapshot, snapshotForm.order);
}
