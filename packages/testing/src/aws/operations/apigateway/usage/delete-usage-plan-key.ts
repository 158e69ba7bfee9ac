import type { DeleteUsagePlanKeyRequest } from '@aws-sdk/client-api-gateway';
import type { Given } from '../../../given.js';
import { restOperation } from '../../../rest-api/rest-operation.js';
import { getKey, getPlan, planNotFound } from '../../../rest-api/usage/find.js';

/** Removes a key from a usage plan. The key stays. */
export const deleteUsagePlanKey = restOperation<Given<DeleteUsagePlanKeyRequest>, Record<string, never>>({
  name: 'DeleteUsagePlanKey',
  kind: 'write',
  holds: ({ usagePlanId }) => usagePlanId,
  run(call, { usagePlanId, keyId }) {
    const { keys } = getPlan(call, usagePlanId);
    // The sentence for a key that is not in the plan is that of GetUsagePlanKey [I].
    if (!keys.delete(getKey(call, keyId).id)) throw planNotFound();
    return {};
  },
});
