import type { SecurityGroup, SecurityGroupRule } from '../../model/network.js';
import type { Found, Missing } from '../../world/views.js';
import type { Filter } from './filter.js';

/** The security groups of an interface. Their rules count together, so that interfaces with the same groups share one set. */
export interface GroupSet {
  readonly ids: readonly string[];
  /**
   * The groups in the snapshot, or why they are missing. A group that certainly does not exist has no rules.
   */
  readonly groups: readonly { readonly id: string; readonly found: Found<SecurityGroup> }[];
  /** The one of them that a plan would create and no rule can reference yet. */
  readonly planned?: string | undefined;
  /** Rules that are there, are not counted, and go with the next `postern apply`. */
  readonly leaving?: readonly SecurityGroupRule[] | undefined;
  /** Set where the groups are not known. */
  readonly missing?: Missing | undefined;
  /** The rules, compiled for one direction and run of ports each: see `filterOf`. */
  readonly filters: Map<number, Filter>;
  readonly cuts: { in?: ArrayLike<number>; out?: ArrayLike<number> };
  /** What is valid for all ports of a direction; computed on first use. */
  readonly traits: { in?: Traits; out?: Traits };
}

/** What the groups of a set that were found have in common. */
export interface Traits {
  readonly groups: readonly SecurityGroup[];
  /** Groups whose members reach each other regardless of rules. */
  readonly inner: readonly string[];
  /** Whether traffic that no rule matches is allowed. */
  readonly implicit: boolean;
  /** Whether there are any rules in this direction, for any traffic. */
  readonly hasRules: boolean;
}

/** What a call for a group set needs of a region. */
export type FindGroup = (id: string) => Found<SecurityGroup>;

/** The set of some groups, in any order. */
export function createGroupSet(ids: readonly string[], find: FindGroup): GroupSet {
  const sorted = [...new Set(ids)].toSorted();
  return {
    ids: sorted,
    groups: sorted.map((id) => ({ id, found: find(id) })),
    filters: new Map(),
    cuts: {},
    traits: {},
  };
}

/** The set of an interface whose groups are unknown. */
export function unknownGroups(missing: Missing): GroupSet {
  return { ids: [], groups: [], missing, filters: new Map(), cuts: {}, traits: {} };
}
