import type { DeleteUsagePlanRequest } from '@aws-sdk/client-api-gateway';
import type { Given } from '../../../given.js';
import { restOperation } from '../../../rest-api/rest-operation.js';
import { stageName } from '../../../rest-api/usage/api-stages.js';
import { getPlan } from '../../../rest-api/usage/find.js';
import { badRequest } from '../../../rest-api/words.js';

/**
 * Deletes a usage plan that has no stages. Its keys stay, without the plan.
 * @see https://github.com/aws/aws-sdk-js/issues/3841
 */
export const deleteUsagePlan = restOperation<Given<DeleteUsagePlanRequest>, Record<string, never>>({
  name: 'DeleteUsagePlan',
  kind: 'write',
  holds: ({ usagePlanId }) => usagePlanId,
  run(call, { usagePlanId }) {
    const [stage] = getPlan(call, usagePlanId).fields.apiStages ?? [];
    if (stage) {
      throw badRequest(
        `Cannot delete Usage Plan ${usagePlanId} because there are API Stages associated with it, including ` +
          stageName(stage),
      );
    }
    call.state.restApi.usagePlans.delete(usagePlanId);
    return {};
  },
});
