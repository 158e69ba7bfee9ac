import type { AnyOperation } from '../operation/operation.js';
import { groupOperations } from './group.js';
import { instanceOperations } from './instance.js';
import type { AutoScalingState } from './state.js';
import { targetGroupOperations } from './target-group.js';

export { timers } from './scaling.js';

export const operations: readonly AnyOperation[] = [
  ...groupOperations,
  ...instanceOperations,
  ...targetGroupOperations,
];

/** Auto Scaling of a new account: nothing. */
export const newState = (): AutoScalingState => ({ groups: new Map() });
