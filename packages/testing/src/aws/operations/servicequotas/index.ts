import type { AnyOperation } from '../../registry.js';

/** The simulated operations of Service Quotas. */
export const operations: readonly AnyOperation[] = [];
