import { defined } from '../../../../simulation/defined.js';
import type { AlibabaCall } from '../../../operation/operation.js';
import {
  AUTHORIZATION,
  consumerInfo,
  newAuthorizations,
  IDENTITIES,
  consumerView,
  readIdentities,
} from '../consumer.js';
import { environmentView, gatewayInfo } from '../gateway/gateway-view.js';
import { apigList, getConsumer, getPolicy } from '../request/find.js';
import { apigFamily, isListed, neededText, refusals, LIST_LAG_MS } from '../request/parameters.js';
import type { AuthorizationRow, PolicyAttachmentRow, PolicyRow } from '../state.js';
import { flag, listOf, required, text, action, texts, type InputOf } from '../../../operation/family.js';
import { attach, attachmentsOf, attachmentView, checkPolicy, removePolicy, POLICY_CLASSES } from '../policy.js';

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

const GIVEN = { enable: flag, description: text, ...IDENTITIES };

const POLICY = { className: neededText, config: neededText, name: text, description: text };
const ATTACHMENT = { attachResourceType: text, environmentId: text, gatewayId: text };
const MANY = { ...ATTACHMENT, attachResourceIds: texts };

function newPolicy(
  call: AlibabaCall,
  { className, config, name = '', description = '' }: InputOf<typeof POLICY>,
): PolicyRow {
  checkPolicy(className, config);
  const row = { policyId: call.id('p-', 20), name, className, config, description };
  call.state.apig.policies.set(row.policyId, row);
  return row;
}

/**
 * Which consumers may call what. Lists show a new rule some seconds later; it is in effect before. Consumers: who
 * calls. They belong to the account. Lists show a new one some seconds later. Policies: with their attachments in one
 * call, or apart. A change is in effect without another publication: user guide, "Configure policies and plug-ins".
 */
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

  CreateConsumer: {
    parameters: { name: required({ type: 'string', length: [1, 64] }), gatewayType: text, ...GIVEN },
    run(call, input) {
      const { consumers } = call.state.apig;
      if ([...consumers.values()].some(({ name }) => name === input.name)) {
        throw refusals.duplicated('ConsumerName', input.name);
      }

      const id = call.id('cs-', 20);
      consumers.set(id, {
        ...readIdentities(call, input),
        id,
        name: input.name,
        enable: input.enable ?? true,
        description: input.description ?? '',
        gatewayType: input.gatewayType ?? 'API',
        listedFrom: call.now + Math.floor(call.random() * LIST_LAG_MS),
        createdAt: call.now,
        modifiedAt: call.now,
      });
      return { consumerId: id };
    },
  },

  GetConsumer: {
    parameters: { consumerId: neededText },
    run: ({ state }, { consumerId }) => consumerView(getConsumer(state, consumerId)),
  },

  ListConsumers: apigList({
    rows: ({ state, now }) => [...state.apig.consumers.values()].filter(isListed(now)),
    same: ['gatewayType'],
    part: { nameLike: 'name' },
    view: consumerInfo,
  }),

  /** Identities that are given replace those of the same kind. */
  UpdateConsumer: action({ consumerId: neededText, ...GIVEN }, (call, input) => {
    const row = getConsumer(call.state, input.consumerId);
    const { enable = row.enable, description = row.description } = input;
    const identities = readIdentities(call, input, row);
    call.state.apig.consumers.set(row.id, { ...row, ...identities, enable, description, modifiedAt: call.now });
    return undefined;
  }),

  /** The authorizations of a consumer go with it [I]. */
  DeleteConsumer: action({ consumerId: neededText }, ({ state }, { consumerId }) => {
    const { id } = getConsumer(state, consumerId);
    state.apig.consumers.delete(id);
    for (const row of state.apig.authorizations.values()) {
      if (row.consumerId === id) state.apig.authorizations.delete(row.id);
    }
    return undefined;
  }),

  CreateAndAttachPolicy: action({ ...POLICY, ...MANY }, (call, input) => {
    const row = newPolicy(call, input);
    try {
      return { policyId: row.policyId, attachment: attachmentView(attach(call, row, input)) };
    } catch (error) {
      call.state.apig.policies.delete(row.policyId);
      throw error;
    }
  }),

  DeleteAndDetachPolicy: {
    parameters: { policyId: neededText, policyAttachmentId: text },
    run({ state }, { policyId, policyAttachmentId }) {
      getPolicy(state, policyId);
      removePolicy(state, policyId, policyAttachmentId);
      return undefined;
    },
  },

  ListPolicies: apigList({
    parameters: { ...ATTACHMENT, attachResourceId: text, withAttachments: flag, withSystemPolicy: flag },
    rows({ state }, asked) {
      const names = ['attachResourceType', 'environmentId', 'gatewayId'] as const;
      const fits = (row: PolicyAttachmentRow): boolean =>
        (asked.attachResourceId === undefined || row.attachResourceIds.includes(asked.attachResourceId)) &&
        names.every((name) => asked[name] === undefined || row[name] === asked[name]);
      const isAsked = [...names, 'attachResourceId' as const].some((name) => asked[name] !== undefined);
      return [...state.apig.policies.values()].filter(
        ({ policyId }) => !isAsked || attachmentsOf(state, policyId).some(fits),
      );
    },
    view: (row, { state }) => ({ ...row, attachments: attachmentsOf(state, row.policyId).map(attachmentView) }),
  }),

  CreatePolicy: {
    parameters: { ...POLICY, name: neededText },
    run: (call, input) => ({ policyId: newPolicy(call, input).policyId }),
  },

  GetPolicy: action({ policyId: neededText }, ({ state }, { policyId }) => getPolicy(state, policyId)),

  UpdatePolicy: {
    parameters: { policyId: neededText, config: text, name: text, description: text },
    run({ state }, { policyId, config, name, description }) {
      const changed = { ...getPolicy(state, policyId), ...defined({ config, name, description }) };
      checkPolicy(changed.className, changed.config);
      state.apig.policies.set(policyId, changed);
      return undefined;
    },
  },

  DeletePolicy: action({ policyId: neededText }, ({ state }, { policyId }) => {
    getPolicy(state, policyId);
    const [attached] = attachmentsOf(state, policyId);
    if (attached) throw refusals.inUse('Policy', policyId, attached.policyAttachmentId);

    state.apig.policies.delete(policyId);
    return undefined;
  }),

  CreatePolicyAttachment: {
    parameters: { policyId: neededText, attachResourceId: neededText, ...ATTACHMENT },
    run: (call, input) => ({
      policyAttachmentId: attach(call, getPolicy(call.state, input.policyId), input).policyAttachmentId,
    }),
  },

  GetPolicyAttachment: action({ policyAttachmentId: neededText }, ({ state }, { policyAttachmentId }) => {
    const row = state.apig.policyAttachments.get(policyAttachmentId);
    if (!row) throw refusals.missing('policy attachment', policyAttachmentId);

    return row;
  }),

  DeletePolicyAttachment: action({ policyAttachmentId: neededText }, ({ state }, { policyAttachmentId }) => {
    if (!state.apig.policyAttachments.delete(policyAttachmentId)) {
      throw refusals.missing('policy attachment', policyAttachmentId);
    }

    return undefined;
  }),

  ListPolicyClasses: apigList({
    parameters: { type: text, direction: text, attachResourceId: text, attachResourceType: text, gatewayId: text },
    rows: (_call, { attachResourceType: type }) =>
      POLICY_CLASSES.filter((one) => type === undefined || one.attachableResourceTypes.includes(type)),
    view: ({ name, attachableResourceTypes, configExample }) => ({
      classId: `pc-${name.toLowerCase()}`,
      name,
      attachableResourceTypes,
      configExample,
      deprecated: false,
    }),
  }),
});
