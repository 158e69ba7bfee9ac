import type { RestApiState } from './state.js';
import type { TimerHandlers } from '../operation/call.js';
import { vpcLinkV1Timers } from './vpc-link.js';

export { operations } from './operations/index.js';

/** A new account's REST APIs: none. */
export function newState(): RestApiState {
  return {
    apis: new Map(),
    vpcLinks: new Map(),
    failingVpcLinks: new Map(),
    domainNames: new Map(),
    usagePlans: new Map(),
    apiKeys: new Map(),
    clientCertificates: new Map(),
    settings: new Map(),
  };
}

/** What falls due here: the lives of V1 links. */
export const timers: TimerHandlers = vpcLinkV1Timers;
