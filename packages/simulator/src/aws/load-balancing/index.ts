import type { LoadBalancingState } from './state.js';
import type { TimerHandlers } from '../operation/call.js';
import { removeDrained } from './target-group/targets.js';
import { releaseInterface } from './load-balancer/interfaces.js';
import { becomeActive } from './load-balancer/dns.js';

export { operations } from './operations/index.js';

/** Elastic Load Balancing of a new account: nothing. */
export function newState(): LoadBalancingState {
  return {
    loadBalancers: new Map(),
    listeners: new Map(),
    rules: new Map(),
    targetGroups: new Map(),
    trustStores: new Map(),
  };
}

/** What falls due in this service. */
export const timers: TimerHandlers = {
  'load-balancing.active': becomeActive,
  'load-balancing.release-interface': releaseInterface,
  'load-balancing.drained': removeDrained,
};
