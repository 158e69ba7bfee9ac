export { formatAddress, parseAddress } from './address.js';
export { WIDTH, type Address } from './read-address.js';
export { contains, formatPrefix, highest, hostCount, overlaps, parsePrefix, prefixOf, type Prefix } from './prefix.js';
export { comparePrefixes, relation, type PrefixRelation } from './relation.js';
export { minimalCover } from './minimal-cover.js';
export { predecessor, split, successor, supernet } from './blocks.js';
export {
  coverRange,
  formatRange,
  rangeBetween,
  rangeOf,
  rangeOverlap,
  rangeRelation,
  rangeSize,
  type Range,
  type RangeRelation,
} from './range.js';
export { PrefixSet } from './prefix-set.js';
export { conflicts, type Conflict } from './conflicts.js';
export { summarise, type ConflictGroup, type SummariseOptions } from './summarise.js';
export { findFree, type FindFreeOptions } from './find-free.js';
export { RESERVED, type ReservedRange } from './reserved-ranges.js';
export { keptAddresses, reservedOverlap, usableCount, type KeptAddresses } from './reserved.js';
export { mergeCidrBlocks } from './merge-cidr-blocks.js';
// In bulk: columns, and lines of bytes.
export { columnsOf, prefixAt, putHighest, WORDS, type Columns } from './columns/columns.js';
export { mergeColumns, type Merged } from './columns/merge.js';
export { combine, containmentOf, edgesOf, type Combination, type Containment, type Edges } from './columns/edges.js';
export { coverEdges } from './columns/cover.js';
export { freeBlocks } from './columns/free-blocks.js';
export { ConflictWalk } from './columns/conflict-walk.js';
export { LongestMatch } from './columns/longest-match.js';
export { readLines, type Lines, type RefusedLine } from './text/read-lines.js';
export { REFUSALS, refusalOf, type Refusal, type RefusalReason } from './text/refusal.js';
export type { Rows } from './text/rows.js';
export { LONGEST4, LONGEST6, writePrefix4, writePrefix6 } from './text/write-prefix.js';
