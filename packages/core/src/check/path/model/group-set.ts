import type { SecurityGroup, SecurityGroupRule } from '../../../do/model/network.js';
import type { Found, Missing } from '../../../do/world/views.js';
import type { Span } from './span.js';
import type { AddressMap } from './address-map.js';
import type { Owner } from '../../../do/model/owner.js';
import type { LinkSpec } from '../../../do/spec.js';
import { parsePrefix, prefixOf, type Prefix } from '../../../cidr/prefix.js';
import { PrefixSet } from '../../../cidr/prefix-set.js';
import { WIDTH } from '../../../cidr/ip-address.js';
import { readAddress } from '../../../cidr/read-address.js';
import { memoizeReader } from '../../../ground/text/texts.js';

/** The security groups of an interface. Their rules count together, so that interfaces with the same groups share one set. */
export interface GroupSet {
  readonly ids: readonly string[];
  /** The groups in the snapshot, or why they are missing. A group that certainly does not exist has no rules. */
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

/** A rule that is about the direction, protocol and port in question. */
export interface RankedRule {
  readonly rule: SecurityGroupRule;
  readonly groupId: string;
  /** Lower is evaluated first; of equal priorities a drop precedes an allow. */
  readonly rank: number;
  readonly allow: boolean;
}

/** A rule with an unknown fact: its peer, or whether it is about the port. */
export interface OpenRule {
  /** Undefined where a whole group could not be read. */
  readonly rule?: RankedRule | undefined;
  readonly rank: number;
  /** Undefined where it may be either. */
  readonly allow: boolean | undefined;
  /** The addresses that it covers, as far as they are known; undefined: possibly all. */
  readonly spans?: readonly Span[] | undefined;
  readonly groupId?: string | undefined;
  readonly missing: Missing;
}

/** A rule that drops calls from a few source ports. */
export interface FewRule extends Pick<OpenRule, 'rank' | 'spans' | 'groupId'> {
  readonly rule: RankedRule;
  /** How many of the ports that calls come from. */
  readonly ports: number;
}

/** All rules of a set of groups for one direction and some ports over TCP. */
export interface Filter {
  readonly direction: 'in' | 'out';
  readonly set: GroupSet;
  readonly blocks4: AddressMap<RankedRule>;
  readonly blocks6: AddressMap<RankedRule>;
  /** The first rule that names each group. */
  readonly references: ReadonlyMap<string, RankedRule>;
  readonly open: readonly OpenRule[];
  readonly few: readonly FewRule[];
  /** Drop rules, and the addresses that they cover; undefined: possibly all. */
  readonly drops: readonly {
    readonly ranked: RankedRule;
    readonly spans?: readonly Span[] | undefined;
    readonly groupId?: string | undefined;
  }[];
  /** Groups whose members reach each other regardless of rules. */
  readonly inner: readonly string[];
  /** Whether traffic that no rule matches is allowed. */
  readonly implicit: boolean;
  /** Whether there are any rules in this direction, for any traffic. */
  readonly hasRules: boolean;
}

/** A managed security group. It contains what a spec declares and nothing else. */
export interface KeptGroup {
  readonly id: string;
  /** The blocks that the spec declares, and the ports of those that name their own. */
  readonly declared: Pick<LinkSpec, 'allowlist' | 'allowPorts'>;
  /** Where it declares them: `links.eu.allowlist`. */
  readonly path: string;
  /** Whose spec declares them, where it is not this one. */
  readonly by?: Owner | undefined;
  /** What is left of the group where the spec declares less than it holds. */
  readonly narrowed?: NarrowedGroup | undefined;
}

/** A managed group without what the next `postern apply` removes. */
export interface NarrowedGroup {
  readonly group: SecurityGroup;
  /** The rules that go. */
  readonly leaving: readonly SecurityGroupRule[];
}

/** A block, or `undefined` where the text is not a block: it may come from an edited snapshot. */
export const readBlock = memoizeReader((text): Prefix | undefined => {
  try {
    return parsePrefix(text);
  } catch {
    return undefined;
  }
});

/** A block or, as Alibaba Cloud's rules may be written, a single address. */
export function readPlace(text: string): Prefix | undefined {
  if (text.includes('/')) return readBlock(text);

  const address = readAddress(text);
  return address === undefined ? undefined : prefixOf(address, WIDTH[address.family]);
}

/** The texts that are valid blocks, parsed. */
export function readBlocks(texts: readonly string[]): readonly Prefix[] {
  const blocks: Prefix[] = [];
  for (const text of texts) {
    const block = readBlock(text);
    if (block !== undefined) blocks.push(block);
  }
  return blocks;
}

/** The addresses of some blocks. */
export function blockSet(texts: readonly string[]): PrefixSet {
  return PrefixSet.of(readBlocks(texts));
}
