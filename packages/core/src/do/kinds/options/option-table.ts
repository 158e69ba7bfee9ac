import { ALIBABA_APIG } from './alibaba-apig.js';
import { ALIBABA_CONVENTIONAL, ALIBABA_VPC_INTEGRATION } from './alibaba-instances.js';
import { HTTP_V2 } from './http-v2.js';
import type { OptionTraits } from './option.js';
import { REST_V1_MANY_LISTENERS } from './rest-v1-many-listeners.js';
import { REST_V1_NLB_ALB } from './rest-v1-nlb-alb.js';
import { REST_V1_PER_BALANCER } from './rest-v1-per-balancer.js';
import { REST_V2 } from './rest-v2.js';
import { WEBSOCKET_V1 } from './websocket-v1.js';

/** Every option, in the order in which equals are ranked. */
export const OPTIONS: readonly OptionTraits[] = [
  HTTP_V2,
  REST_V2,
  REST_V1_PER_BALANCER,
  REST_V1_MANY_LISTENERS,
  REST_V1_NLB_ALB,
  WEBSOCKET_V1,
  ALIBABA_VPC_INTEGRATION,
  ALIBABA_CONVENTIONAL,
  ALIBABA_APIG,
];
