import type { AnyAlibabaOperation } from '../../operation.js';

/** The simulated actions of ECS. */
export const operations: readonly AnyAlibabaOperation[] = [];
