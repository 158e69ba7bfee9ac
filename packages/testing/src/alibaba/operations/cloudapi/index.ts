import type { AnyAlibabaOperation } from '../../operation.js';

/** The simulated actions of CloudAPI. */
export const operations: readonly AnyAlibabaOperation[] = [];
