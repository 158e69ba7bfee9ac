import type { GetUsagePlanRequest, UsagePlan } from '@aws-sdk/client-api-gateway';
import type { Given } from '../../../given.js';
import { restOperation } from '../../../rest-api/rest-operation.js';
import { getPlan } from '../../../rest-api/usage/find.js';

/** One usage plan. */
export const getUsagePlan = restOperation<Given<GetUsagePlanRequest>, UsagePlan>({
  name: 'GetUsagePlan',
  kind: 'read',
  run: (call, { usagePlanId }) => getPlan(call, usagePlanId).fields,
});
