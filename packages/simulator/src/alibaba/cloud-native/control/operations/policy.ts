import { defined } from '../../../../simulation/defined.js';
import type { AlibabaCall } from '../../../operation/operation.js';
import { attach, attachmentsOf, attachmentView, checkPolicy, removePolicy, POLICY_CLASSES } from '../policy.js';
import { apigList } from '../request/list.js';
import { apigFamily, neededText } from '../request/parameters.js';
import { getPolicy } from '../request/find.js';
import { refusals } from '../request/refusals.js';
import type { PolicyAttachmentRow, PolicyRow } from '../state.js';
import { flag, text, texts, type InputOf } from '../../../operation/parameters.js';
import { action } from '../../../operation/family.js';

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

/** Policies: with their attachments in one call, or apart. A change is in effect without another publication: user guide, "Configure policies and plug-ins". */
export const policyOperations = apigFamily({
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
