import type { AnyOperation } from '../../registry.js';
// (uncommitted; its owner replaces it)
export const operations: readonly AnyOperation[] = [];
