import type { ApiGatewayState } from '../state/api-gateway-state.js';
import type { TimerHandlers } from '../call.js';
import { vpcLinkTimers } from './vpc-link-life.js';

/** A new account's API Gateway: nothing. */
export function newState(): ApiGatewayState {
  return { apis: new Map(), vpcLinks: new Map(), failingVpcLinks: new Map(), authorizerAnswers: new Map() };
}

/** What falls due here: the lives of VPC links. */
export const timers: TimerHandlers = vpcLinkTimers;
