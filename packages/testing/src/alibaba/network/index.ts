import type { AlibabaNetworkState } from '../state/network-state.js';
import type { AlibabaTimerHandlers } from '../timers.js';

/** A new region's part. */
export const newState = (): AlibabaNetworkState => ({ tables: new Map<string, never>() });

export const timers: AlibabaTimerHandlers = {};
