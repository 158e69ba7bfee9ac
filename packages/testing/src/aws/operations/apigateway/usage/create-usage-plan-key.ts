import type { CreateUsagePlanKeyRequest, UsagePlanKey } from '@aws-sdk/client-api-gateway';
import type { Given } from '../../../given.js';
import { tooMany } from '../../../rest-api/api/api-rules.js';
import { restOperation } from '../../../rest-api/rest-operation.js';
import { checkOnePlanPerStage } from '../../../rest-api/usage/api-stages.js';
import { getKey, getPlan } from '../../../rest-api/usage/find.js';
import { showPlanKey } from '../../../rest-api/usage/key-rules.js';
import { badRequest, conflict } from '../../../rest-api/words.js';

/** Adds an API key to a usage plan. */
export const createUsagePlanKey = restOperation<Given<CreateUsagePlanKeyRequest>, UsagePlanKey>({
  name: 'CreateUsagePlanKey',
  kind: 'write',
  holds: ({ usagePlanId }) => usagePlanId,
  run(call, { usagePlanId, keyId, keyType }) {
    const { fields, keys } = getPlan(call, usagePlanId);
    const { id } = getKey(call, keyId);
    if (keyType !== 'API_KEY') throw badRequest(`Invalid API Key type specified: ${keyType}`); // [U]
    if (keys.has(id)) throw conflict(`API Key ${id} is already in usage plan ${usagePlanId}`); // [U]
    const plans = [...call.state.restApi.usagePlans.values()].filter((plan) => plan.keys.has(id));
    if (plans.length >= call.quota('usage-plans-per-api-key')) throw tooMany('Usage plans', 'API key');
    checkOnePlanPerStage(call, id, fields);
    const row: UsagePlanKey = { id, type: keyType };
    keys.set(id, row);
    return showPlanKey(call, row);
  },
});
