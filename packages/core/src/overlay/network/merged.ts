import { canonicalJson } from '../../ground/hash.js';
import { resourceEntries, type ResourceList } from '../../do/snapshot/resources/resources.js';
import type { Members, Parts } from '../../do/snapshot/resources/resource.js';
import type { RegionSnapshot } from '../../do/snapshot/snapshot.js';

/**
 * A region after changes on its twin. What the twin shows alike before and after them stays as the snapshot has it: a twin may
 * lack a part of it, and a list that was not read is not empty.
 */
export function merged(base: RegionSnapshot, before: RegionSnapshot, after: RegionSnapshot): RegionSnapshot {
  const lists: Record<string, unknown> = {};
  for (const [list, { key, parts }] of resourceEntries()) {
    const [had, was, is] = [base, before, after].map((one) => one[list] as readonly Members[] | undefined);
    if (isSame(was, is)) continue;

    lists[list] = mergedList(had ?? [], was ?? [], is ?? [], (one) => keyOf(list, key, one), parts);
  }
  const known = new Set(before.gaps.map(canonicalJson));
  const gaps = after.gaps.filter((one) => !known.has(canonicalJson(one)));
  return { ...base, ...lists, gaps: [...base.gaps, ...gaps] };
}

type KeyOf = (one: Members) => string;

/** What differs of a list is taken from the twin, by the keys of its items; what the twin never had stays. */
function mergedList(
  base: readonly Members[],
  before: readonly Members[],
  after: readonly Members[],
  keyOfItem: KeyOf,
  parts: Parts,
): readonly Members[] {
  const [was, is] = [before, after].map((all) => new Map(all.map((one) => [keyOfItem(one), one])));
  const known = new Set(base.map(keyOfItem));
  const kept = base.flatMap((item): readonly Members[] => {
    const key = keyOfItem(item);
    const [then, now] = [was?.get(key), is?.get(key)];
    if (then === undefined) return [now === undefined ? item : mergedItem(item, {}, now, parts)];
    if (now === undefined) return [];

    return [mergedItem(item, then, now, parts)];
  });
  return [...kept, ...after.filter((one) => !known.has(keyOfItem(one)) && !was?.has(keyOfItem(one)))];
}

function mergedItem(base: Members, before: Members, after: Members, parts: Parts): Members {
  const item: Record<string, unknown> = { ...base };
  for (const member of new Set([...Object.keys(before), ...Object.keys(after)])) {
    const [had, was, is] = [base[member], before[member], after[member]];
    if (isSame(was, is)) continue;

    item[member] = mergedMember(had, was, is, parts[member]);
  }
  return item;
}

function mergedMember(had: unknown, was: unknown, is: unknown, part: Parts[string]): unknown {
  if (part !== undefined && isObjects(had) && isObjects(was) && isObjects(is))
    return mergedList(had, was, is, part.key, part.parts);

  return isMembers(had) && isMembers(was) && isMembers(is) ? mergedItem(had, was, is, {}) : is;
}

/** The IDs of gateways, links and targets are their own by kind. */
function keyOf(list: ResourceList, key: string, one: Members): string {
  return list === 'gateways' || list === 'links' ? `${String(one['kind'])} ${String(one[key])}` : String(one[key]);
}

function isSame(one: unknown, other: unknown): boolean {
  return one === other || canonicalJson(one ?? null) === canonicalJson(other ?? null);
}

function isMembers(value: unknown): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isObjects(value: unknown): value is readonly Members[] {
  return Array.isArray(value) && value.every(isMembers);
}
