import type { TimerHandlers } from '../operation/operation.js';
import type { LogsState } from './state.js';

export { operations } from './operations.js';

/** CloudWatch Logs of a new account: nothing. */
export const newState = (): LogsState => ({ groups: new Map() });

export const timers: TimerHandlers = {};
