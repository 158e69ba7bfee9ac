import { notSimulated } from '../../../operation/operation.js';
import { tooMany, checkTags } from '../api/api.js';
import { collection, REGION } from '../collection.js';
import { readMember, textMember, type PatchTable } from '../patch.js';
import { unknownKey, checkKey, inListOrder, newValue, showKey } from '../usage/key-rules.js';
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

/** @see https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html */
const RATE = { perSecond: 5, burst: 5 };

/** API keys. They are disabled by default. Callers can use one once it is in a usage plan. */
export const apiKeyOperations = collection({
  name: 'ApiKey',
  of: REGION,
  rows: 'apiKeys',
  key: ['apiKey', ({ id }) => id],
  unknown: unknownKey,
  rates: { Create: RATE, Delete: RATE },
  create(call, { apiKeys }, { tags, value, stageKeys = [], generateDistinctId, ...input }) {
    if (apiKeys.size >= call.quota('api-keys')) throw tooMany('API keys', 'account');

    checkKey(input);
    // Both are deprecated: stages belong to usage plans, and IDs are distinct from values.
    if (stageKeys.length > 0) throw notSimulated('An API key with stageKeys');
    if (generateDistinctId === false) throw notSimulated('An API key whose ID is its value');

    const { name, enabled = false, ...rest } = input;
    return {
      id: call.id('', 10, 'base36'),
      value: newValue(call, value),
      ...(name !== undefined && name !== '' && { name }),
      ...rest,
      enabled,
      createdDate: new Date(call.now),
      lastUpdatedDate: new Date(call.now),
      stageKeys: [],
      tags: checkTags(tags),
    };
  },
  patch: TABLE,
  checked(call, _, row, before) {
    checkKey(row);
    return before ? { ...row, lastUpdatedDate: new Date(call.now) } : row;
  },
  /** The key leaves its usage plans. */
  deleted({ usagePlans }, { id }) {
    for (const { keys } of usagePlans.values()) keys.delete(id);
  },
  /** The value only of a new key, and where it is asked for. */
  show: (row, verb, { includeValue = false, includeValues = false }) =>
    showKey(row, {
      value: { Create: true, Update: false, Get: includeValue, List: includeValues }[verb],
      tags: { Create: Object.keys(row.tags).length > 0, Update: true, Get: true, List: false }[verb],
    }),
  /** By the beginning of their names and by customer. */
  listed: (rows, { nameQuery = '', customerId }) =>
    inListOrder(rows)
      .filter((row) => (row.name ?? '').startsWith(nameQuery))
      .filter((row) => customerId === undefined || row.customerId === customerId),
  pages: ({ nameQuery = '', customerId }) => JSON.stringify(['GetApiKeys', nameQuery, customerId]),
  // A negative limit is not refused here; it counts as none [I]. LocalStack, snapshot test_negative_get_usage_plan_api_keys
  anyLimit: true,
});
