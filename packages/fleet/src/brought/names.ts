import { handoverNames } from '../handover/model.js';
import type { BroughtGoal, BroughtKey } from './types.js';

/** What a kind of work is called. */
export interface BroughtNames {
  /** The goal of a run, and its service at the engine: `postern-<goal>`. */
  readonly goal: string;
  /** The key of a file and of specs. What is open in an account and region is kept in the service `postern-<key>`. */
  readonly key: string;
  /** One of the entries, in sentences. */
  readonly entry: string;
  /** The goal, as the first word of a heading. */
  readonly heading: string;
}

type Names = BroughtNames & { readonly goal: BroughtGoal; readonly key: BroughtKey };

/** All kinds of work that clouds bring. */
export const BROUGHT: readonly Names[] = [handoverNames];

/** The kind that a goal carries out; undefined of a goal of the package. */
export function broughtBy(goal: string): Names | undefined {
  return BROUGHT.find((one) => one.goal === goal);
}

/** What is carried out in an account and region, and the key that declares it. */
interface BroughtPlace {
  readonly key: BroughtKey;
  readonly provider: string;
  readonly account: string;
  readonly region: string;
  readonly entries: readonly unknown[];
}

/** The work that a spec has of such a kind. */
export function broughtWorkOf(spec: object): BroughtPlace | undefined {
  for (const { key } of BROUGHT) {
    const work = (spec as Readonly<Record<string, unknown>>)[key];
    if (work === undefined) continue;

    const { [key]: entries, ...place } = work as Omit<BroughtPlace, 'key' | 'entries'> &
      Readonly<Record<string, unknown>>;
    return { ...place, key, entries: entries as readonly unknown[] };
  }
  return undefined;
}

/** The same as a part of an object: `{ handovers }`. */
export function broughtPart<T extends object>(spec: T): Pick<T, BroughtKey & keyof T> {
  const keys: readonly string[] = BROUGHT.map(({ key }) => key);
  return Object.fromEntries(
    Object.entries(spec).filter(([key, value]) => keys.includes(key) && value !== undefined),
  ) as Pick<T, BroughtKey & keyof T>;
}
