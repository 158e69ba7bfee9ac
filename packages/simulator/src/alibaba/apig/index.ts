import type { AlibabaTimerHandlers } from '../operation/call.js';
import { gatewayTimers } from './gateway/gateway-life.js';
import type { ApigState } from './state.js';

export { operations } from './operations/index.js';

/** A new region's Cloud-native API Gateway: nothing. */
export const newState = (): ApigState => ({
  gateways: new Map(),
  deletedGateways: new Map(),
  securityGroupRules: new Map(),
  services: new Map(),
  apis: new Map(),
  routes: new Map(),
  operations: new Map(),
  domains: new Map(),
  certificates: new Map(),
  policies: new Map(),
  policyAttachments: new Map(),
  consumers: new Map(),
  authorizations: new Map(),
  clientTokens: new Map(),
  settings: new Map(),
});

/** What falls due here: the lives of gateways. */
export const timers: AlibabaTimerHandlers = gatewayTimers;
