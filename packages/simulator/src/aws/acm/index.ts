import type { TimerHandlers, AnyOperation } from '../operation/operation.js';
import { issue } from './certificates.js';
import { certificateOperations } from './operations.js';
import { tagOperations } from './tags.js';

export { newState } from './state.js';

/** What falls due in this service. */
export const timers: TimerHandlers = { 'acm.issue': issue };

/** What is simulated of Certificate Manager. */
export const operations: readonly AnyOperation[] = [...certificateOperations, ...tagOperations];
