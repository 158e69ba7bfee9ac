import type { AlibabaTimerHandlers, AnyAlibabaOperation } from '../../operation/operation.js';
import { gatewayTimers } from './gateway/gateway-life.js';
import { authorizationOperations } from './operations/authorization.js';
import { domainOperations } from './operations/domain.js';
import { gatewayOperations } from './operations/gateway.js';
import { httpApiOperations } from './operations/http-api.js';
import { pluginOperations } from './operations/plugin.js';
import { routeOperations } from './operations/route.js';
import { serviceOperations } from './operations/service.js';
import { sourceOperations } from './operations/source.js';
import { tagOperations } from './operations/tags.js';

export { newState } from './state.js';

/** What falls due here: the lives of gateways. */
export const timers: AlibabaTimerHandlers = gatewayTimers;

/** The simulated operations of Cloud-native API Gateway. */
export const operations: readonly AnyAlibabaOperation[] = [
  ...gatewayOperations,
  ...serviceOperations,
  ...sourceOperations,
  ...httpApiOperations,
  ...routeOperations,
  ...domainOperations,
  ...pluginOperations,
  ...authorizationOperations,
  ...tagOperations,
];
