import type { AlibabaCall } from '../../../operation/operation.js';
import {
  attach,
  attachmentsOf,
  attachmentView,
  checkPolicy,
  policyView,
  removePolicy,
  POLICY_CLASSES,
  type GivenAttachment,
} from '../policy.js';
import { apigFamily, page, type PageRequest, flag, neededText, PAGE, text, texts } from '../request/parameters.js';
import { getPolicy } from '../request/find.js';
import { refusals } from '../request/refusals.js';
import type { PolicyRow } from '../state.js';

interface GivenPolicy extends GivenAttachment {
  readonly policyId?: string;
  readonly className?: string;
  readonly config?: string;
  readonly name?: string;
  readonly description?: string;
}

interface ListPoliciesInput extends PageRequest, GivenAttachment {
  readonly withAttachments?: boolean;
}

interface PolicyInput {
  readonly policyId: string;
}

const ATTACHMENT = { attachResourceType: text, environmentId: text, gatewayId: text };
const MANY = { ...ATTACHMENT, attachResourceIds: texts };

function newPolicy(
  call: AlibabaCall,
  { className = '', config = '', name = '', description = '' }: GivenPolicy,
): PolicyRow {
  checkPolicy(className, config);
  const row = { id: call.id('p-', 20), name, className, config, description };
  call.state.apig.policies.set(row.id, row);
  return row;
}

function changedPolicy(call: AlibabaCall, { policyId = '', ...given }: GivenPolicy): PolicyRow {
  const row = getPolicy(call.state, policyId);
  const { config = row.config, name = row.name, description = row.description } = given;
  checkPolicy(row.className, config);
  const changed = { ...row, config, name, description };
  call.state.apig.policies.set(row.id, changed);
  return changed;
}

/** Policies: with their attachments in one call, or apart. A change is in effect without another publication: user guide, "Configure policies and plug-ins". */
export const policyOperations = apigFamily({
  CreateAndAttachPolicy: {
    parameters: { className: neededText, config: neededText, name: text, description: text, ...MANY },
    run(call, input: GivenPolicy) {
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
    run({ state }, { policyId, policyAttachmentId }: PolicyInput & { readonly policyAttachmentId?: string }) {
      removePolicy(state, getPolicy(state, policyId).id, policyAttachmentId);
      return undefined;
    },
  },

  ListPolicies: {
    parameters: { ...ATTACHMENT, attachResourceId: text, withAttachments: flag, withSystemPolicy: flag, ...PAGE },
    run({ state }, asked: ListPoliciesInput) {
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
    parameters: { className: neededText, config: neededText, name: neededText, description: text },
    run: (call, input: GivenPolicy) => ({ policyId: newPolicy(call, input).id }),
  },

  GetPolicy: {
    parameters: { policyId: neededText },
    run: ({ state }, { policyId }: PolicyInput) => policyView(getPolicy(state, policyId)),
  },

  UpdatePolicy: {
    parameters: { policyId: neededText, config: text, name: text, description: text },
    run(call, input: GivenPolicy) {
      changedPolicy(call, input);
      return undefined;
    },
  },

  DeletePolicy: {
    parameters: { policyId: neededText },
    run({ state }, { policyId }: PolicyInput) {
      const row = getPolicy(state, policyId);
      const [attached] = attachmentsOf(state, row.id);
      if (attached) throw refusals.inUse('Policy', row.id, attached.id);
      state.apig.policies.delete(row.id);
      return undefined;
    },
  },

  CreatePolicyAttachment: {
    parameters: { policyId: neededText, attachResourceId: neededText, ...ATTACHMENT },
    run: (call, input: PolicyInput & GivenAttachment) => ({
      policyAttachmentId: attach(call, getPolicy(call.state, input.policyId), input).id,
    }),
  },

  GetPolicyAttachment: {
    parameters: { policyAttachmentId: neededText },
    run({ state }, { policyAttachmentId }: { readonly policyAttachmentId: string }) {
      const row = state.apig.policyAttachments.get(policyAttachmentId);
      if (!row) throw refusals.missing('policy attachment', policyAttachmentId);
      return { ...attachmentView(row), policyId: row.policyId };
    },
  },

  DeletePolicyAttachment: {
    parameters: { policyAttachmentId: neededText },
    run({ state }, { policyAttachmentId }: { readonly policyAttachmentId: string }) {
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
    run(_call, asked: PageRequest & { readonly attachResourceType?: string }) {
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
