import type { SlbState } from '../state/slb-state.js';
import type { AlibabaTimerHandlers } from '../call.js';

/** A new region's part. */
export const newState = (): SlbState => ({
  loadBalancers: new Map(),
  accessControlLists: new Map(),
  serverGroups: new Map(),
});

export const timers: AlibabaTimerHandlers = {};
