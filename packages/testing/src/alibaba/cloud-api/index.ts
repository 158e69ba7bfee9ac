import type { CloudApiState } from '../state/cloud-api-state.js';
import type { AlibabaTimerHandlers } from '../timers.js';

/** A new region's part. */
export const newState = (): CloudApiState => ({ tables: new Map<string, never>() });

export const timers: AlibabaTimerHandlers = {};
