import type { SlbState } from '../state/slb-state.js';
import type { AlibabaTimerHandlers } from '../timers.js';

/** A new region's part. */
export const newState = (): SlbState => ({ tables: new Map<string, never>() });

export const timers: AlibabaTimerHandlers = {};
