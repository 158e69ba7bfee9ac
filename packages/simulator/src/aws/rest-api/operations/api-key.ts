import { tooMany } from '../api/api-rules.js';
import { checkTags } from '../api/tags.js';
import { family } from '../family.js';
import { listPage } from '../list.js';
import { PATCH_LIMITS, patched, readMember, textMember, type PatchTable } from '../patch.js';
import { getKey } from '../usage/find.js';
import { checkKey, inListOrder, newValue, showKey } from '../usage/key-rules.js';
import { notSimulated } from '../words.js';
import type { ApiKeyRow } from '../state.js';

/**
 * A value of `/enabled` that is not `true` is `false`.
 * @see https://docs.aws.amazon.com/apigateway/latest/api/patch-operations.html
 */
const TABLE: PatchTable<ApiKeyRow> = {
  '/description': textMember('description'),
  '/enabled': readMember('enabled', (value) => value?.toLowerCase() === 'true'),
  '/name': textMember('name'),
  '/customerId': textMember('customerId'),
};

/** API keys. */
export const apiKeyOperations = family({
  /** Creates an API key. It is disabled by default. Callers can use it once it is in a usage plan. */
  CreateApiKey: {
    // https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html
    rate: { perSecond: 5, burst: 5 },
    run(call, { tags, value, stageKeys = [], generateDistinctId, ...input }) {
      const { apiKeys } = call.state.restApi;
      if (apiKeys.size >= call.quota('api-keys')) throw tooMany('API keys', 'account');
      checkKey(input);
      // Both are deprecated: stages belong to usage plans, and IDs are distinct from values.
      if (stageKeys.length > 0) throw notSimulated('An API key with stageKeys');
      if (generateDistinctId === false) throw notSimulated('An API key whose ID is its value');
      const { name, enabled = false, ...rest } = input;
      const now = new Date(call.now);
      const row: ApiKeyRow = {
        id: call.id('', 10, 'base36'),
        value: newValue(call, value),
        ...(name !== undefined && name !== '' && { name }),
        ...rest,
        enabled,
        createdDate: now,
        lastUpdatedDate: now,
        stageKeys: [],
        tags: checkTags(tags),
      };
      apiKeys.set(row.id, row);
      return showKey(row, { value: true, tags: Object.keys(row.tags).length > 0 });
    },
  },

  /** Changes an API key. Its value stays. */
  UpdateApiKey: {
    limits: PATCH_LIMITS,
    run(call, { apiKey, patchOperations }) {
      const changed = patched(getKey(call, apiKey), patchOperations, TABLE);
      checkKey(changed);
      const row = { ...changed, lastUpdatedDate: new Date(call.now) };
      call.state.restApi.apiKeys.set(row.id, row);
      return showKey(row, { value: false, tags: true });
    },
  },

  /** Deletes an API key. It leaves its usage plans. */
  DeleteApiKey: {
    // https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html
    rate: { perSecond: 5, burst: 5 },
    run(call, { apiKey }) {
      const { id } = getKey(call, apiKey);
      const { apiKeys, usagePlans } = call.state.restApi;
      apiKeys.delete(id);
      for (const { keys } of usagePlans.values()) keys.delete(id);
      return {};
    },
  },

  /** One API key; its value only with `includeValue`. */
  GetApiKey: (call, { apiKey, includeValue = false }) =>
    showKey(getKey(call, apiKey), { value: includeValue, tags: true }),

  /** The API keys, by the beginning of their names and by customer; their values only with `includeValues`. */
  GetApiKeys(call, input) {
    const { nameQuery = '', customerId, includeValues = false } = input;
    const rows = [...call.state.restApi.apiKeys.values()]
      .filter((row) => (row.name ?? '').startsWith(nameQuery))
      .filter((row) => customerId === undefined || row.customerId === customerId)
      .map((row) => showKey(row, { value: includeValues, tags: false }));
    const list = JSON.stringify(['GetApiKeys', nameQuery, customerId]);
    // A negative limit is not refused here; it counts as none [I]. LocalStack, snapshot test_negative_get_usage_plan_api_keys
    const limit = (input.limit ?? 0) < 0 ? undefined : input.limit;
    return listPage(inListOrder(rows), { ...input, limit }, list, ({ id }) => id ?? '');
  },
});
