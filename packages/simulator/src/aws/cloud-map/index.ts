import type { CloudMapState } from './state.js';
import type { TimerHandlers } from '../operation/call.js';
import { finishOperation } from './finish-operation.js';

export { operations } from './operations/index.js';

/** Cloud Map of a new account: nothing. */
export function newState(): CloudMapState {
  return { namespaces: new Map(), services: new Map(), instances: new Map(), operations: new Map() };
}

/** What falls due in this service. */
export const timers: TimerHandlers = { 'cloud-map.finish-operation': finishOperation };
