import type { GetUsagePlanKeysRequest, UsagePlanKeys } from '@aws-sdk/client-api-gateway';
import { listPage } from '../../../rest-api/list.js';
import { restOperation } from '../../../rest-api/rest-operation.js';
import { inListOrder, showPlanKey } from '../../../rest-api/usage/key-rules.js';

/** The keys of a usage plan, by the beginning of their names. An unknown plan has none: it is not refused. */
export const getUsagePlanKeys = restOperation<GetUsagePlanKeysRequest, UsagePlanKeys>({
  name: 'GetUsagePlanKeys',
  kind: 'read',
  run(call, input) {
    const { usagePlanId = '', nameQuery = '' } = input;
    const keys = [...(call.state.restApi.usagePlans.get(usagePlanId)?.keys.values() ?? [])];
    const rows = keys.map((key) => showPlanKey(call, key)).filter(({ name = '' }) => name.startsWith(nameQuery));
    return listPage(inListOrder(rows), input, `GetUsagePlanKeys ${usagePlanId} ${nameQuery}`, ({ id }) => id ?? '');
  },
});
