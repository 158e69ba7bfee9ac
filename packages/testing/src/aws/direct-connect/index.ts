import type { DirectConnectState } from '../state/direct-connect-state.js';
import type { TimerHandlers } from '../call.js';

/** Direct Connect in a region that nobody has touched: nothing. */
export function newState(): DirectConnectState {
  return { connections: new Map(), virtualInterfaces: new Map(), gateways: new Map(), associations: new Map() };
}

/** Nothing in Direct Connect happens by itself. */
export const timers: TimerHandlers = {};
