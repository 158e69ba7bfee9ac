import type { SecurityGroup, SecurityGroupRule } from '../../model/network.js';
import type { Found, Missing } from '../../world/views.js';
import type { Filter } from './filter.js';

/** The security groups of an interface. Their rules count together, so that interfaces with the same groups share one set. */
export interface GroupSet {
  readonly ids: readonly string[];
  /** The groups that the snapshot has, or why it has not. A group that is surely not there has no rules. */
  readonly groups: readonly { readonly id: string; readonly found: Found<SecurityGroup> }[];
  /** The one of them that a plan would make and no rule can name yet. */
  readonly planned?: string | undefined;
  /** Rules that are there, are not counted, and go with the next `postern apply`. */
  readonly leaving?: readonly SecurityGroupRule[] | undefined;
  /** Set where nobody knows which groups these are. */
  readonly missing?: Missing | undefined;
  /** The rules, compiled for one direction and run of ports each: see `filterOf`. */
  readonly filters: Map<number, Filter>;
  readonly cuts: { in?: ArrayLike<number>; out?: ArrayLike<number> };
  /** What holds for all ports of a direction; made on first use. */
  readonly traits: { in?: Traits; out?: Traits };
}

/** What the groups of a set that were found have in common. */
export interface Traits {
  readonly groups: readonly SecurityGroup[];
  /** Groups whose members reach each other before any rule. */
  readonly inner: readonly string[];
  /** Whether what no rule fits gets through. */
  readonly implicit: boolean;
  /** Whether there are any rules in this direction, whatever they are about. */
  readonly hasRules: boolean;
}

/** What a call for a group set needs of a region. */
export type FindGroup = (id: string) => Found<SecurityGroup>;

/** The set of some groups, in whatever order. */
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

/** The set of an interface of which nobody knows the groups. */
export function unknownGroups(missing: Missing): GroupSet {
  return { ids: [], groups: [], missing, filters: new Map(), cuts: {}, traits: {} };
}
