import { hashJson } from '@postern/core/adapter';
import type { HandoverSource } from './source.js';

/**
 * The fingerprint of what is handed over: the same for a group without edits, whenever it was read and in whichever order.
 * Values of variables are part of it. The instants at which addresses were resolved are not, and what was measured is not.
 */
export function sourceDigest(source: HandoverSource): string {
  const { takenAt: _taken, gaps, instance, ...rest } = source;
  const ordered = Object.fromEntries(
    Object.entries(rest).map(([name, value]) => [
      name,
      Array.isArray(value) ? inOrder(value as readonly object[]) : value,
    ]),
  );
  const accesses = inOrder(
    source.accesses.map(({ resolved, ...access }) => ({
      ...access,
      resolved: resolved.is === 'found' ? { is: resolved.is, address: resolved.address } : { is: resolved.is },
    })),
  );
  const { peak: _peak, ...fixed } = instance ?? {};
  return hashJson({
    ...ordered,
    ...(instance === undefined ? {} : { instance: fixed }),
    accesses,
    gaps: inOrder(gaps.map(({ part, id = '' }) => ({ part, id }))),
  });
}

/** Items by their text: lists of a source have no order of their own. */
function inOrder<T extends object | string>(items: readonly T[]): readonly T[] {
  return items
    .map((item) => ({ item, key: JSON.stringify(item) }))
    .toSorted((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0))
    .map(({ item }) => item);
}
