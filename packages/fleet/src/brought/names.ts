import { handoverNames, type HandoverTypes } from '../handover/model.js';

// What clouds bring to fleets: kinds of work that are carried out in one account and region, as hand-overs are. Nothing else in the package
// names one. A kind is a folder, and has one line in each list of this one.

/** The types of all kinds. */
export type BroughtTypes = [HandoverTypes];

type Brought = BroughtTypes[number];

/** The goals of runs that carry them out. */
export type BroughtGoal = Brought['goal'];

/** The keys of a file that declare them, and of specs that have them. */
export type BroughtKey = Brought['key'];

/** What is carried out in one account and region, one entry after the other, by the key that declares it. */
export type PlacedWork<K extends string, E> = {
  readonly provider: string;
  /** The ID of the account. */
  readonly account: string;
  readonly region: string;
} & { readonly [P in K]: readonly E[] };

/** The work of a spec of a run. Nothing of the spec is used then. */
export type BroughtEntries = {
  readonly [K in Brought as K['key']]?: PlacedWork<K['key'], K['entry']> | undefined;
};

/** What a unit does, and what has come of it so far. */
export type BroughtUnit = { readonly [K in Brought as K['unitKey']]?: K['unit'] | undefined };

/** Events of their units. */
export type BroughtEvent = Brought['event'];

/** What a user is asked about. */
export type BroughtApproval = Brought['approval'];

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
