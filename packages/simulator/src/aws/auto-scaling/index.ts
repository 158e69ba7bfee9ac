import type { AnyOperation } from '../operation/operation.js';
import { groupOperations, targetGroupOperations, instanceOperations } from './group.js';

export { newState } from './state.js';

export { timers } from './scaling.js';

export const operations: readonly AnyOperation[] = [
  ...groupOperations,
  ...instanceOperations,
  ...targetGroupOperations,
];
