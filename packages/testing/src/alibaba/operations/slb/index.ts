import type { AnyAlibabaOperation } from '../../operation.js';

/** The simulated actions of SLB. */
export const operations: readonly AnyAlibabaOperation[] = [];
