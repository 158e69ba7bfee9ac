import type { AlibabaNetworkState } from '../state/network-state.js';
import type { AlibabaTimerHandlers } from '../call.js';
import { instanceTimers } from './instance/instance-timers.js';
import { peeringTimers } from './vpc/peerings.js';

/** The state of a new region, without resources. */
export const newState = (): AlibabaNetworkState => ({
  vpcs: new Map(),
  vSwitches: new Map(),
  routeTables: new Map(),
  networkAcls: new Map(),
  securityGroups: new Map(),
  instances: new Map(),
  interfaces: new Map(),
  prefixLists: new Map(),
  addresses: new Map(),
  clientTokens: new Map(),
});

export const timers: AlibabaTimerHandlers = { ...instanceTimers, ...peeringTimers };
