import type { Snapshot } from '../../do/snapshot/snapshot.js';
import type { Instance } from '../declared/values.js';
import type { LostRoute } from '../draft/draft-routes.js';

/** What a plan does with an instance, as text of a report. */
export type Change = 'create' | 'update' | 'delete' | 'delete and create' | 'create and delete' | 'forget';

/** A change of the plan: where, what it is about, and how. */
export interface LaidChange {
  readonly address: string;
  readonly change: Change;
  /** The IDs of what it is, or what it belongs to. */
  readonly ids: readonly string[];
  /** What of it is decided during the execution alone. */
  readonly undecided?: string | undefined;
}

/** A route that cannot be followed, because an attribute is not known. */
export interface UnknownRoute {
  readonly address: string;
  /** It is the route itself, and not what routes use. */
  readonly isRoute: boolean;
  readonly what: string;
  /** The key of the route, where it is known. */
  readonly key?: string | undefined;
}

/** A plan over a snapshot. */
export interface Laid {
  readonly snapshot: Snapshot;
  /** The address of what has an ID, of things that exist and of those that will. */
  readonly names: ReadonlyMap<string, string>;
  /** The IDs of what does not exist yet. */
  readonly symbols: ReadonlyMap<string, string>;
  /** Those of them, and of what exists, that are names of a configuration: any word may be one. The others are made up. */
  readonly words: ReadonlySet<string>;
  readonly changes: readonly LaidChange[];
  /** Why integrations answer no call, by gateway and ID of the integration. */
  readonly broken: ReadonlyMap<string, string>;
  /** The addresses of routes, by gateway and ID of the route. */
  readonly routes: ReadonlyMap<string, string>;
  /** The IDs of what an address is, or belongs to. */
  readonly owners: ReadonlyMap<string, readonly string[]>;
  readonly unknownRoutes: readonly UnknownRoute[];
  /** Routes without an address of their own that cannot be followed. */
  readonly lostRoutes: readonly LostRoute[];
  /** The IDs of what a registrar uses, and no list has: by its own. */
  readonly uses: ReadonlyMap<string, readonly string[]>;
  readonly notes: readonly string[];
  /** The ID that an attribute of an instance will have, which is made up; undefined where it has none, or it is not known. */
  readonly idOf: (instance: Instance, attribute: string) => string | undefined;
}
