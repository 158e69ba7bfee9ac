import type { DirectConnectState } from './state.js';
import type { TimerHandlers } from '../operation/operation.js';

export { operations } from './operations.js';

/** The initial state of Direct Connect in a region: no resources. */
export function newState(): DirectConnectState {
  return { connections: new Map(), virtualInterfaces: new Map(), gateways: new Map(), associations: new Map() };
}

/** Direct Connect has no timers. */
export const timers: TimerHandlers = {};
