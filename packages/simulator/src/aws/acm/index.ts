import type { AcmState } from './state.js';
import type { TimerHandlers, AnyOperation } from '../operation/operation.js';
import { issue } from './certificates.js';
import { certificateOperations } from './operations.js';
import { tagOperations } from './tags.js';

/** Certificate Manager of a new account: nothing. */
export function newState(): AcmState {
  return { certificates: new Map() };
}

/** What falls due in this service. */
export const timers: TimerHandlers = { 'acm.issue': issue };

/** What is simulated of Certificate Manager. */
export const operations: readonly AnyOperation[] = [...certificateOperations, ...tagOperations];
