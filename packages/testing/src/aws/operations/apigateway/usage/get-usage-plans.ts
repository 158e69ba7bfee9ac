import type { GetUsagePlansRequest, UsagePlans } from '@aws-sdk/client-api-gateway';
import { listPage } from '../../../rest-api/list.js';
import { restOperation } from '../../../rest-api/rest-operation.js';
import { showNewPlan } from '../../../rest-api/usage/find.js';

/** All usage plans, without their tags; or those of one key. */
export const getUsagePlans = restOperation<GetUsagePlansRequest, UsagePlans>({
  name: 'GetUsagePlans',
  kind: 'read',
  run(call, input) {
    const { keyId } = input;
    const plans = [...call.state.restApi.usagePlans.values()];
    const rows = plans.filter(({ keys }) => keyId === undefined || keys.has(keyId));
    const shown = rows.map((row) => showNewPlan(row, false));
    return listPage(shown, input, `GetUsagePlans ${keyId ?? ''}`, ({ id }) => id ?? '');
  },
});
