import type { DirectConnectState } from '../state/direct-connect-state.js';
import type { TimerHandlers } from '../call.js';

/** The initial state of Direct Connect in a region: no resources. */
export function newState(): DirectConnectState {
  return { connections: new Map(), virtualInterfaces: new Map(), gateways: new Map(), associations: new Map() };
}

/** Direct Connect has no timers. */
export const timers: TimerHandlers = {};
