import type { AnyOperation } from '../operation/operation.js';
import { groupOperations } from './group.js';
import { instanceOperations } from './instance.js';
import { targetGroupOperations } from './target-group.js';

export { newState } from './state.js';

export { timers } from './scaling.js';

export const operations: readonly AnyOperation[] = [
  ...groupOperations,
  ...instanceOperations,
  ...targetGroupOperations,
];
