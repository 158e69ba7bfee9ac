import type { AlibabaCall } from '../../../operation/operation.js';
import {
  attach,
  attachmentsOf,
  attachmentView,
  checkPolicy,
  policyView,
  removePolicy,
  POLICY_CLASSES,
} from '../policy.js';
import { apigFamily, page, neededText, PAGE } from '../request/parameters.js';
import { getPolicy } from '../request/find.js';
import { refusals } from '../request/refusals.js';
import type { PolicyRow } from '../state.js';
import { flag, text, texts, type InputOf } from '../../../operation/parameters.js';

const POLICY = { className: neededText, config: neededText, name: text, description: text };
const ATTACHMENT = { attachResourceType: text, environmentId: text, gatewayId: text };
const MANY = { ...ATTACHMENT, attachResourceIds: texts };

function newPolicy(
  call: AlibabaCall,
  { className, config, name = '', description = '' }: InputOf<typeof POLICY>,
): PolicyRow {
  checkPolicy(className, config);
  const row = { id: call.id('p-', 20), name, className, config, description };
  call.state.apig.policies.set(row.id, row);
  return row;
}

/** Policies: with their attachments in one call, or apart. A change is in effect without another publication: user guide, "Configure policies and plug-ins". */
export const policyOperations = apigFamily({
  CreateAndAttachPolicy: {
    parameters: { ...POLICY, ...MANY },
    run(call, input) {
      const row = newPolicy(call, input);
      try {
        return { policyId: row.id, attachment: attachmentView(attach(call, row, input)) };
      } catch (error) {
        call.state.apig.policies.delete(row.id);
        throw error;
      }
    },
  },

  DeleteAndDetachPolicy: {
    parameters: { policyId: neededText, policyAttachmentId: text },
    run({ state }, { policyId, policyAttachmentId }) {
      removePolicy(state, getPolicy(state, policyId).id, policyAttachmentId);
      return undefined;
    },
  },

  ListPolicies: {
    parameters: { ...ATTACHMENT, attachResourceId: text, withAttachments: flag, withSystemPolicy: flag, ...PAGE },
    run({ state }, asked) {
      const fits = (row: ReturnType<typeof attachmentsOf>[number]): boolean =>
        (asked.attachResourceId === undefined || row.resourceIds.includes(asked.attachResourceId)) &&
        (asked.attachResourceType === undefined || row.resourceType === asked.attachResourceType) &&
        (asked.environmentId === undefined || row.environmentId === asked.environmentId) &&
        (asked.gatewayId === undefined || row.gatewayId === asked.gatewayId);
      const isAsked = [asked.attachResourceId, asked.attachResourceType, asked.environmentId, asked.gatewayId].some(
        (one) => one !== undefined,
      );
      const rows = [...state.apig.policies.values()].filter(
        ({ id }) => !isAsked || attachmentsOf(state, id).some(fits),
      );
      const { items, ...numbers } = page(rows, asked);
      const view = (row: PolicyRow) => ({
        ...policyView(row),
        attachments: attachmentsOf(state, row.id).map(attachmentView),
      });
      return { items: items.map(view), ...numbers };
    },
  },

  CreatePolicy: {
    parameters: { ...POLICY, name: neededText },
    run: (call, input) => ({ policyId: newPolicy(call, input).id }),
  },

  GetPolicy: {
    parameters: { policyId: neededText },
    run: ({ state }, { policyId }) => policyView(getPolicy(state, policyId)),
  },

  UpdatePolicy: {
    parameters: { policyId: neededText, config: text, name: text, description: text },
    run({ state }, { policyId, ...given }) {
      const row = getPolicy(state, policyId);
      const { config = row.config, name = row.name, description = row.description } = given;
      checkPolicy(row.className, config);
      state.apig.policies.set(row.id, { ...row, config, name, description });
      return undefined;
    },
  },

  DeletePolicy: {
    parameters: { policyId: neededText },
    run({ state }, { policyId }) {
      const row = getPolicy(state, policyId);
      const [attached] = attachmentsOf(state, row.id);
      if (attached) throw refusals.inUse('Policy', row.id, attached.id);

      state.apig.policies.delete(row.id);
      return undefined;
    },
  },

  CreatePolicyAttachment: {
    parameters: { policyId: neededText, attachResourceId: neededText, ...ATTACHMENT },
    run: (call, input) => ({
      policyAttachmentId: attach(call, getPolicy(call.state, input.policyId), input).id,
    }),
  },

  GetPolicyAttachment: {
    parameters: { policyAttachmentId: neededText },
    run({ state }, { policyAttachmentId }) {
      const row = state.apig.policyAttachments.get(policyAttachmentId);
      if (!row) throw refusals.missing('policy attachment', policyAttachmentId);

      return { ...attachmentView(row), policyId: row.policyId };
    },
  },

  DeletePolicyAttachment: {
    parameters: { policyAttachmentId: neededText },
    run({ state }, { policyAttachmentId }) {
      if (!state.apig.policyAttachments.delete(policyAttachmentId)) {
        throw refusals.missing('policy attachment', policyAttachmentId);
      }

      return undefined;
    },
  },

  ListPolicyClasses: {
    parameters: {
      type: text,
      direction: text,
      attachResourceId: text,
      attachResourceType: text,
      gatewayId: text,
      ...PAGE,
    },
    run(_call, asked) {
      const { attachResourceType: type } = asked;
      const rows = POLICY_CLASSES.filter((one) => type === undefined || one.attachableResourceTypes.includes(type));
      const { items, ...numbers } = page(rows, asked);
      const view = ({ name, attachableResourceTypes, configExample }: (typeof items)[number]) => ({
        classId: `pc-${name.toLowerCase()}`,
        name,
        attachableResourceTypes,
        configExample,
        deprecated: false,
      });
      return { items: items.map(view), ...numbers };
    },
  },
});
