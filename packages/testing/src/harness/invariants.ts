/** Something that must hold, and does not. */
export interface Violation {
  readonly invariant: Invariant;
  readonly because: string;
  /** When it was found. */
  readonly moment: number;
}

/** What must hold in every trial. */
export const INVARIANTS = {
  'no-lost-call': 'a call of a route that worked is delivered',
  'no-unready-link': 'no route of the spec leads to a link that is not ready',
  'one-each': 'one machine that keeps its journal never has two links for one part of a spec',
  'foreign-unchanged': 'resources of others do not change',
  explained: 'each change has a record of its step in the journal before it',
  converges: 'when faults stop, a run ends without failures, and the next plan changes nothing',
  ends: 'after others deleted or moved something, every command comes to its end',
  'one-path': 'at every moment of a move each route that worked is answered by its backend',
  'as-before': 'after a rollback the resources are those before the move',
  'as-declared': 'after a spec is applied, links of the project that it does not declare are gone',
  'same-end': 'the resources are those of a trial without faults',
  'all-answered': 'after a spec is applied, the routes are answered that are in a trial without faults',
  'nothing-left': 'after a destroy no resource of the spec is left',
  'one-owner': 'a second project that declares a route gets no mark on it',
  'no-secret': 'events, errors, plans and records do not contain credentials',
  'typed-errors': 'runs end with errors of Postern only',
} as const;

/** One of {@link INVARIANTS}. */
export type Invariant = keyof typeof INVARIANTS;
