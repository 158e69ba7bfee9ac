export { parseAddress } from '../cidr/address.js';
export { formatAddress, WIDTH, type Address } from '../cidr/ip-address.js';
export { formatPrefix, highest, hostCount, overlaps, parsePrefix, prefixOf, type Prefix } from '../cidr/prefix.js';
export { relation, type PrefixRelation } from '../cidr/range.js';
export { split, successor, supernet } from '../cidr/free.js';
export { rangeOf, type Range } from '../cidr/range.js';
export { PrefixSet, type Containment, type Family } from '../cidr/prefix-set.js';
// The five verbs of `postern cidr`.
export { conflicts, countConflicts, type Conflict } from '../cidr/conflicts.js';
export { contains, merge, subtract } from '../cidr/verbs.js';
export { free, type FreeOptions } from '../cidr/free.js';
export { summarise, type ConflictGroup, type SummariseOptions } from '../cidr/conflicts.js';
export { RESERVED, reservedOverlap, usableCount } from '../cidr/reserved.js';
export { type KeptInSubnets, type ReservedRange, type ReservedRow } from '../cidr/reserved-ranges.js';
// Lists of blocks, a line each.
export { readLines, type BlockLine, type Lines, type RefusedLine } from '../cidr/read-lines.js';
export type { Refusal, RefusalReason } from '../cidr/read-entry.js';
