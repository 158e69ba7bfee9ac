import type { CloudApiState } from '../state/cloud-api-state.js';
import type { AlibabaTimerHandlers } from '../timers.js';

/** A new region's API Gateway: the shared instance. */
export const newState = (): CloudApiState => ({
  instances: new Map(),
  vpcAccesses: new Map(),
  groups: new Map(),
  apis: new Map(),
  backends: new Map(),
  plugins: new Map(),
  privateDns: new Map(),
  tasks: new Map(),
  tags: new Map(),
  tokens: new Map(),
  strangeMigrations: new Map(),
});

export const timers: AlibabaTimerHandlers = {};
