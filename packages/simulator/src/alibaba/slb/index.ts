import type { SlbState } from './state.js';
import type { AlibabaTimerHandlers } from '../operation/call.js';

export { operations } from './operations/index.js';

/** A new region's part. */
export const newState = (): SlbState => ({
  loadBalancers: new Map(),
  accessControlLists: new Map(),
  serverGroups: new Map(),
  serverCertificates: new Map(),
});

export const timers: AlibabaTimerHandlers = {};
