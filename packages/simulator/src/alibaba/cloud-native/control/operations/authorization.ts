import { defined } from '../../../../simulation/defined.js';
import type { AlibabaCall } from '../../../operation/operation.js';
import { AUTHORIZATION, consumerInfo, newAuthorizations } from '../consumer.js';
import { environmentView, gatewayInfo } from '../gateway/gateway-view.js';
import { apigList } from '../request/list.js';
import { apigFamily, isListed, neededText } from '../request/parameters.js';
import { refusals } from '../request/refusals.js';
import type { AuthorizationRow } from '../state.js';
import { flag, listOf, required, text } from '../../../operation/parameters.js';
import { action } from '../../../operation/family.js';

function authorizationView({ state, now }: AlibabaCall, row: AuthorizationRow): Record<string, unknown> {
  const consumer = state.apig.consumers.get(row.consumerId);
  const gateway = [...state.apig.gateways.values()].find((one) => one.environmentId === row.environmentId);
  const isOver = row.expiresAt !== undefined && row.expiresAt <= now;
  return {
    consumerAuthorizationRuleId: row.id,
    consumerId: row.consumerId,
    principalType: 'Consumer',
    ...(consumer && { consumerInfo: consumerInfo(consumer) }),
    resourceType: row.resourceType,
    resourceId: row.resourceId,
    expireMode: row.expireMode,
    expireStatus: isOver ? 'Expired' : 'Valid', // [I]
    ...defined({ expireTimestamp: row.expiresAt }),
    deployStatus: 'Deployed',
    ...(gateway && { environmentInfo: environmentView(gateway), gatewayInfo: gatewayInfo(gateway) }),
    createTimestamp: row.createdAt,
    updateTimestamp: row.createdAt,
  };
}

function remove({ state }: AlibabaCall, ids: readonly string[]): void {
  const { authorizations } = state.apig;
  const missing = ids.find((id) => !authorizations.has(id));
  if (missing !== undefined) throw refusals.missing('authorization', missing);

  for (const id of ids) authorizations.delete(id);
}

const RULES = apigList({
  parameters: {
    consumerGroupId: text,
    consumerNameLike: text,
    apiNameLike: text,
    principalType: text,
    groupByApi: flag,
  },
  rows: ({ state, now }) => [...state.apig.authorizations.values()].filter(isListed(now)),
  same: ['consumerId', 'resourceId', 'parentResourceId', 'environmentId', 'resourceType'],
  among: { resourceTypes: 'resourceType' },
  view: (row, call) => authorizationView(call, row),
});

/** Which consumers may call what. Lists show a new rule some seconds later; it is in effect before. */
export const authorizationOperations = apigFamily({
  CreateConsumerAuthorizationRules: action(
    { authorizationRules: required({ ...listOf(AUTHORIZATION), length: [1, 100] }) },
    (call, { authorizationRules }) => {
      const rows = authorizationRules.flatMap((given) => newAuthorizations(call, given));
      for (const row of rows) call.state.apig.authorizations.set(row.id, row);
      return { consumerAuthorizationRuleIds: rows.map(({ id }) => id) };
    },
  ),

  QueryConsumerAuthorizationRules: {
    ...RULES,
    run(call, asked) {
      // A text here, as the official model has it.
      const { totalSize, ...found } = RULES.run(call, asked);
      return { ...found, totalSize: String(totalSize) };
    },
  },

  BatchDeleteConsumerAuthorizationRule: {
    parameters: { consumerAuthorizationRuleIds: neededText },
    run(call, { consumerAuthorizationRuleIds: ids }) {
      remove(call, ids.split(','));
      return undefined;
    },
  },

  RemoveConsumerAuthorizationRule: {
    parameters: { consumerAuthorizationRuleId: neededText },
    run(call, { consumerAuthorizationRuleId: id }) {
      remove(call, [id]);
      return undefined;
    },
  },
});
