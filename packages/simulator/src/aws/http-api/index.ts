import type { ApiGatewayState } from './state.js';
import type { TimerHandlers } from '../operation/call.js';
import { vpcLinkTimers } from './vpc-link.js';

export { operations } from './operations/index.js';

/** A new account's API Gateway: nothing. */
export function newState(): ApiGatewayState {
  return { apis: new Map(), vpcLinks: new Map(), failingVpcLinks: new Map(), authorizerAnswers: new Map() };
}

/** What falls due here: the lives of VPC links. */
export const timers: TimerHandlers = vpcLinkTimers;
