import type { GetUsagePlanKeyRequest, UsagePlanKey } from '@aws-sdk/client-api-gateway';
import type { Given } from '../../../given.js';
import { restOperation } from '../../../rest-api/rest-operation.js';
import { getKey, planNotFound } from '../../../rest-api/usage/find.js';
import { showPlanKey } from '../../../rest-api/usage/key-rules.js';

/** A key of a usage plan. The sentence for a key that is in another plan, or in none, is that of an unknown plan [I]. */
export const getUsagePlanKey = restOperation<Given<GetUsagePlanKeyRequest>, UsagePlanKey>({
  name: 'GetUsagePlanKey',
  kind: 'read',
  run(call, { usagePlanId, keyId }) {
    const { id } = getKey(call, keyId);
    const row = call.state.restApi.usagePlans.get(usagePlanId)?.keys.get(id);
    if (!row) throw planNotFound();
    return showPlanKey(call, row);
  },
});
