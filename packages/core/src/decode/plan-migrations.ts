import type { UnitKind } from '../plan/plan.js';
import type { Migration } from './decode.js';

type Fields = Readonly<Record<string, unknown>>;

/**
 * Version 1 said in the ID of a unit alone what it is about. This is the only code that reads one, and that of old files only. What does not
 * look like a unit is left as it is: the form refuses it afterwards.
 */
function withKind(unit: unknown, goal: unknown): unknown {
  if (typeof unit !== 'object' || unit === null) return unit;
  const { id, ...rest } = unit as Fields;
  const [, prefix = '', named = ''] = /^(link|integration|gateway):(.+)$/s.exec(String(id)) ?? [];
  const cut = prefix === 'gateway' ? named.lastIndexOf('/') : named.indexOf('/');
  const [first, last] = cut < 0 ? [named, undefined] : [named.slice(0, cut), named.slice(cut + 1)];
  const kind = kindOf(prefix, last, rest['steps'], goal);
  return { id, kind, name: kind === 'gateway' ? (last ?? first) : first, ...rest };
}

function kindOf(prefix: string, part: string | undefined, steps: unknown, goal: unknown): UnitKind | undefined {
  if (prefix === 'gateway') return 'gateway';
  if (prefix === 'integration') return part === undefined ? 'integration' : 'target-removal';
  if (prefix !== 'link') return undefined;
  const [first] = Array.isArray(steps) ? (steps as { readonly resource?: Fields }[]) : [];
  if (part === 'narrow') return 'link-narrowing';
  if (part === undefined) return goal === 'destroy' ? 'link-removal' : 'link';
  return first?.resource?.['type'] === 'allowlist' ? 'allowlist-removal' : 'link-removal';
}

/** Old versions of plans, and what makes each the next. */
export const PLAN_MIGRATIONS: ReadonlyMap<number, Migration> = new Map([
  [
    1,
    ({ units, goal, ...plan }) => {
      const newer = Array.isArray(units) ? units.map((unit) => withKind(unit, goal)) : units;
      return { ...plan, goal, version: 2, units: newer };
    },
  ],
]);
