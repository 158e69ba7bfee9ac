export { parseAddress } from '../cidr/address.js';
export { formatAddress, WIDTH, type Address } from '../cidr/ip-address.js';
export { formatPrefix, highest, hostCount, overlaps, parsePrefix, prefixOf, type Prefix } from '../cidr/prefix.js';
export { comparePrefixes, relation, type PrefixRelation } from '../cidr/range.js';
export { predecessor, split, successor, supernet } from '../cidr/free.js';
export { rangeOf, type Range } from '../cidr/range.js';
export { PrefixSet } from '../cidr/prefix-set.js';
// The five verbs of `postern cidr`.
export { conflicts, type Conflict } from '../cidr/conflicts.js';
export { contains, subtract } from '../cidr/verbs.js';
export { free, type FreeOptions } from '../cidr/free.js';
export { merge } from '../cidr/merge.js';
export { summarise, type ConflictGroup, type SummariseOptions } from '../cidr/conflicts.js';
export { RESERVED, reservedOverlap, usableCount } from '../cidr/reserved.js';
export { type KeptInSubnets, type ReservedRange, type ReservedRow } from '../cidr/reserved-ranges.js';
// In bulk: columns, and lines of bytes.
export { columnsOf, prefixAt, putHighest, WORDS, type Columns, type Family } from '../cidr/columns/columns.js';
export { mergeColumns, type Merged } from '../cidr/columns/merge.js';
export {
  combine,
  containmentOf,
  edgesOf,
  type Combination,
  type Containment,
  type Edges,
} from '../cidr/columns/edges.js';
export { coverEdges } from '../cidr/columns/cover.js';
export { freeBlocks } from '../cidr/columns/free-blocks.js';
export { ConflictWalk } from '../cidr/columns/conflict-walk.js';
export { LongestMatch } from '../cidr/columns/longest-match.js';
export { readLines, type Lines, type RefusedLine } from '../cidr/text/read-lines.js';
export { REFUSALS, refusalOf, type Refusal, type RefusalReason } from '../cidr/text/refusal.js';
export type { Rows } from '../cidr/text/rows.js';
export { LONGEST4, LONGEST6, writePrefix4, writePrefix6 } from '../cidr/text/write-prefix.js';
