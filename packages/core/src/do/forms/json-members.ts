import { MAX_JSON_DEPTH } from '../../ground/json.js';

/**
 * The number of members of all objects in a value; negative where its text needs a closer look: for a member that is named
 * `__proto__`, a number that may not be the written one, or more than {@link MAX_JSON_DEPTH} levels.
 */
export function membersOf(value: unknown, depth = 0): number {
  if (typeof value === 'number') return isDoubtful(value) ? Number.NEGATIVE_INFINITY : 0;
  if (typeof value !== 'object' || value === null) return 0;
  if (depth === MAX_JSON_DEPTH) return Number.NEGATIVE_INFINITY;
  let found = 0;
  if (Array.isArray(value)) {
    for (const item of value) {
      if (typeof item !== 'string') found += membersOf(item, depth + 1);
    }
    return found;
  }
  for (const key in value) {
    if (key === '__proto__') return Number.NEGATIVE_INFINITY;
    found += 1;
    const member = (value as Record<string, unknown>)[key];
    if (typeof member !== 'string') found += membersOf(member, depth + 1);
  }
  return found;
}

/** Whether the text may have had another number: this is -0, infinite, or an integer that doubles do not hold one by one. */
export function isDoubtful(value: number): boolean {
  return Number.isInteger(value) ? !Number.isSafeInteger(value) || Object.is(value, -0) : !Number.isFinite(value);
}
