import type { AwsOption } from '../../planner/features.js';
import { REST_V1_MANY_LISTENERS, REST_V1_NLB_ALB, REST_V1_PER_BALANCER, REST_V2 } from '../planner.js';

/** What `advise` knows of REST APIs. */
export const restApis: { readonly options: readonly AwsOption[] } = {
  options: [REST_V2, REST_V1_PER_BALANCER, REST_V1_MANY_LISTENERS, REST_V1_NLB_ALB],
};
