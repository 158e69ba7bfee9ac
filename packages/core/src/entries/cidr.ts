/**
 * CIDR blocks of IPv4 and IPv6: sets, conflicts, free blocks, and what a cloud reserves.
 * @packageDocumentation
 */
export { parsePrefix, type Prefix } from '../cidr/prefix.js';
export { PrefixSet } from '../cidr/prefix-set.js';
export { conflicts, summarise } from '../cidr/conflicts.js';
export { contains, merge, subtract } from '../cidr/verbs.js';
export { free } from '../cidr/free.js';
export { reservedOverlap } from '../cidr/reserved.js';
