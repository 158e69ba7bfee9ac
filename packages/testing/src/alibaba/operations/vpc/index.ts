import type { AnyAlibabaOperation } from '../../operation.js';

/** The simulated actions of VPC. */
export const operations: readonly AnyAlibabaOperation[] = [];
