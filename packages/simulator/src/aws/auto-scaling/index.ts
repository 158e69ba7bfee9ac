import type { AnyOperation } from '../operation/operation.js';
import { groupOperations } from './group.js';

export { newState } from './state.js';

export { timers } from './scaling.js';

export const operations: readonly AnyOperation[] = [...groupOperations];
