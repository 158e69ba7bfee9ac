import { raise } from '../../../../simulation/raise.js';
import type { UsagePlanKey } from '@aws-sdk/client-api-gateway';
import { tooMany, checkTags } from '../api/api.js';
import { family, listPage } from '../collection.js';
import { patched } from '../patch.js';
import { checkApiStages, checkOnePlanPerStage, stageName, checkedPlan } from '../usage/api-stages.js';
import { getKey, getPlan, planNotFound, showNewPlan, inListOrder, showPlanKey } from '../usage/key-rules.js';
import { escaped, planPatchTable } from '../usage/plan-patch.js';
import { badRequest, conflict } from '../words.js';
import type { UsagePlanRow } from '../state.js';

export const usagePlanOperations = family({
  /** Creates a usage plan: which keys call which stages, how often. */
  CreateUsagePlan: {
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
  },

  /** Changes a usage plan: its limits, its stages. */
  UpdateUsagePlan: {
    // https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html
    rate: { perSecond: 1 / 20, burst: 1 },
    run(call, { usagePlanId, patchOperations }) {
      const row = getPlan(call, usagePlanId);
      const fields = checkedPlan(patched(row.fields, patchOperations?.map(escaped), planPatchTable(call)));
      for (const keyId of row.keys.keys()) checkOnePlanPerStage(call, keyId, fields);
      call.state.restApi.usagePlans.set(usagePlanId, { ...row, fields });
      return fields;
    },
  },

  /**
   * Deletes a usage plan that has no stages. Its keys stay, without the plan.
   * @see https://github.com/aws/aws-sdk-js/issues/3841
   */
  DeleteUsagePlan(call, { usagePlanId }) {
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

  GetUsagePlan: (call, { usagePlanId }) => getPlan(call, usagePlanId).fields,

  /** All usage plans, without their tags; or those of one key. */
  GetUsagePlans(call, input) {
    const { keyId } = input;
    const plans = [...call.state.restApi.usagePlans.values()];
    const rows = plans.filter(({ keys }) => keyId === undefined || keys.has(keyId));
    const shown = rows.map((row) => showNewPlan(row, false));
    return listPage(shown, input, `GetUsagePlans ${keyId ?? ''}`, ({ id }) => id ?? '');
  },

  /** Adds an API key to a usage plan. */
  CreateUsagePlanKey(call, { usagePlanId, keyId, keyType }) {
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

  /** Removes a key from a usage plan. The key stays. */
  DeleteUsagePlanKey(call, { usagePlanId, keyId }) {
    const { keys } = getPlan(call, usagePlanId);
    // The sentence for a key that is not in the plan is that of GetUsagePlanKey [I].
    if (!keys.delete(getKey(call, keyId).id)) throw planNotFound();

    return {};
  },

  /** A key of a usage plan. The sentence for a key that is in another plan, or in none, is that of an unknown plan [I]. */
  GetUsagePlanKey(call, { usagePlanId, keyId }) {
    const { id } = getKey(call, keyId);
    const row = call.state.restApi.usagePlans.get(usagePlanId)?.keys.get(id) ?? raise(planNotFound());

    return showPlanKey(call, row);
  },

  /** The keys of a usage plan, by the beginning of their names. An unknown plan has none: it is not refused. */
  GetUsagePlanKeys(call, input) {
    const { usagePlanId = '', nameQuery = '' } = input;
    const keys = [...(call.state.restApi.usagePlans.get(usagePlanId)?.keys.values() ?? [])];
    const rows = keys.map((key) => showPlanKey(call, key)).filter(({ name = '' }) => name.startsWith(nameQuery));
    return listPage(inListOrder(rows), input, `GetUsagePlanKeys ${usagePlanId} ${nameQuery}`, ({ id }) => id ?? '');
  },
});
