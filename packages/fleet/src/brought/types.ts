import type { HandoverTypes } from '../handover/model.js';

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
