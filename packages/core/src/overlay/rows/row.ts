import type { DraftRegion } from '../draft/draft-region.js';
import type { ResourceList } from '../../do/snapshot/resources/resources.js';
import type { View } from '../draft/view.js';

/** Where a row writes to. */
export interface Place {
  readonly draft: DraftRegion;
  /** Notes for the reader of a report. */
  readonly note: (text: string) => void;
}

/**
 * How one type of resource is laid over a snapshot. A row is data and pure functions of the attributes; each may throw
 * what {@link View} throws where it needs a value that is not known.
 */
export interface Row {
  /** The list that it changes: what cannot be laid is a gap there. */
  readonly list: ResourceList;
  /** The IDs of instances that do not exist yet, by the attribute that others name. */
  readonly ids?: Readonly<Record<string, (view: View, hash: string) => string | undefined>> | undefined;
  /** The attribute that has the ID of the item in the list; by default `id`. */
  readonly idAttribute?: string | undefined;
  /** The ID of what a part belongs to: a gap is about it alone. */
  readonly owner?: ((view: View, draft: DraftRegion) => string | undefined) | undefined;
  /** Whether it is a part of something else, and not an item of the list: a rule, a route, an association. */
  readonly isPart?: boolean | undefined;
  /** What is not known about it concerns one route alone, and not its gateway: it is a route (`whole`), or what routes use (`part`). */
  readonly route?: 'whole' | 'part' | undefined;
  /** What is kept of it whether the plan changes it or not: others are found by it. */
  readonly index?: ((view: View, place: Place) => void) | undefined;
  /** Of a route: what to do where it cannot be followed. */
  readonly lose?: ((view: View, place: Place, what: string) => void) | undefined;
  /** Lays what is there after the apply; of an item also where it was in the list before. */
  readonly add: (view: View, place: Place) => void;
  /** Takes away what was there before. By default the item with the ID. */
  readonly remove?: ((view: View, place: Place) => void) | undefined;
}

/** Rows by type of resource, in the order in which they are laid. */
export type Rows = Readonly<Record<string, Row>>;
