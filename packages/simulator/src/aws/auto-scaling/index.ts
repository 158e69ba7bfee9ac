import type { AnyOperation } from '../operation/operation.js';
import { groupOperations, targetGroupOperations } from './group.js';
import { instanceOperations } from './instance.js';

export { newState } from './state.js';

export { timers } from './scaling.js';

export const operations: readonly AnyOperation[] = [
  ...groupOperations,
  ...instanceOperations,
  ...targetGroupOperations,
];
