export * from '../entries/cidr.js';
export { parseAddress } from '../cidr/address.js';
export { formatAddress, WIDTH, type Address } from '../cidr/ip-address.js';
export { formatPrefix, highest, hostCount, overlaps, prefixOf } from '../cidr/prefix.js';
export { relation, rangeOf } from '../cidr/range.js';
export { split, successor, supernet } from '../cidr/free.js';
export type * from '../cidr/prefix-set.js';
// The five verbs of `postern cidr`.
export { countConflicts } from '../cidr/conflicts.js';
export { usableCount } from '../cidr/reserved.js';
// Lists of blocks, a line each.
export { readLines, type Lines } from '../cidr/read-lines.js';
