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
export type { Containment } from './columns/edges.js';
