import type { UpdateUsagePlanRequest, UsagePlan } from '@aws-sdk/client-api-gateway';
import type { Given } from '../../../given.js';
import { PATCH_LIMITS, patched } from '../../../rest-api/patch.js';
import { restOperation } from '../../../rest-api/rest-operation.js';
import { checkOnePlanPerStage } from '../../../rest-api/usage/api-stages.js';
import { getPlan } from '../../../rest-api/usage/find.js';
import { checkedPlan } from '../../../rest-api/usage/limits.js';
import { escaped, planPatchTable } from '../../../rest-api/usage/plan-patch.js';

/** Changes a usage plan: its limits, its stages. */
export const updateUsagePlan = restOperation<Given<UpdateUsagePlanRequest>, UsagePlan>({
  name: 'UpdateUsagePlan',
  kind: 'write',
  limits: PATCH_LIMITS,
  // https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html
  rate: { perSecond: 1 / 20, burst: 1 },
  holds: ({ usagePlanId }) => usagePlanId,
  run(call, { usagePlanId, patchOperations }) {
    const row = getPlan(call, usagePlanId);
    const fields = checkedPlan(patched(row.fields, patchOperations?.map(escaped), planPatchTable(call)));
    for (const keyId of row.keys.keys()) checkOnePlanPerStage(call, keyId, fields);
    call.state.restApi.usagePlans.set(usagePlanId, { ...row, fields });
    return fields;
  },
});
