import type { CreateUsagePlanRequest, UsagePlan } from '@aws-sdk/client-api-gateway';
import type { Given } from '../../../given.js';
import { tooMany } from '../../../rest-api/api/api-rules.js';
import { checkTags } from '../../../rest-api/api/tags.js';
import { restOperation } from '../../../rest-api/rest-operation.js';
import { checkApiStages } from '../../../rest-api/usage/api-stages.js';
import { showNewPlan } from '../../../rest-api/usage/find.js';
import { checkedPlan } from '../../../rest-api/usage/limits.js';
import type { UsagePlanRow } from '../../../state/rest-api-state.js';

/** Creates a usage plan: which keys call which stages, how often. */
export const createUsagePlan = restOperation<Given<CreateUsagePlanRequest>, UsagePlan>({
  name: 'CreateUsagePlan',
  kind: 'write',
  limits: { 'quota.period': { values: ['MONTH', 'WEEK', 'DAY'] } },
  run(call, { tags, apiStages = [], ...input }) {
    const { usagePlans } = call.state.restApi;
    if (usagePlans.size >= call.quota('usage-plans')) throw tooMany('Usage plans', 'account');
    checkApiStages(call, apiStages);
    const fields = checkedPlan({ id: call.id('', 6, 'base36'), ...input, apiStages, tags: checkTags(tags) });
    const row: UsagePlanRow = { fields, keys: new Map() };
    usagePlans.set(fields.id, row);
    return showNewPlan(row, true);
  },
});
