import type { AcmState } from './state.js';
import type { TimerHandlers } from '../operation/call.js';
import { issue } from './issue.js';

export { operations } from './operations/index.js';

/** Certificate Manager of a new account: nothing. */
export function newState(): AcmState {
  return { certificates: new Map() };
}

/** What falls due in this service. */
export const timers: TimerHandlers = { 'acm.issue': issue };
