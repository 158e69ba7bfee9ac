import type {
  ModifyApiGroupNetworkPolicyRequest,
  ModifyApiGroupNetworkPolicyResponseBody,
} from '@alicloud/cloudapi20160714';
import { cloudApiAction, type Given } from '../../cloud-api/request/cloud-api-action.js';
import { getGroup } from '../../cloud-api/request/find.js';
import { requireUnlocked } from '../../cloud-api/group/group-rules.js';
import { flag, HTTPS_POLICIES, required, text } from '../../cloud-api/request/parameters.js';
import type { Wire } from '../../wire.js';

type Input = Given<Wire<ModifyApiGroupNetworkPolicyRequest>, 'GroupId'>;

const FLAGS = [
  'InternetEnable',
  'InternetIPV6Enable',
  'VpcIntranetEnable',
  'VpcSlbIntranetEnable',
  'InnerDomainEnable',
] as const;

/** Changes a group's HTTPS policy and its domains. It restores settings that a migration overwrote. */
export const modifyApiGroupNetworkPolicy = cloudApiAction<Input, Wire<ModifyApiGroupNetworkPolicyResponseBody>>({
  name: 'ModifyApiGroupNetworkPolicy',
  kind: 'write',
  parameters: {
    GroupId: required(text),
    HttpsPolicy: { type: 'string', values: HTTPS_POLICIES },
    InternetEnable: flag,
    InternetIPV6Enable: flag,
    VpcIntranetEnable: flag,
    VpcSlbIntranetEnable: flag,
    InnerDomainEnable: flag,
  },
  run({ state, now }, input) {
    const group = getGroup(state, input.GroupId);
    requireUnlocked(group);
    const given = FLAGS.flatMap((name) => (input[name] === undefined ? [] : [[name, input[name]] as const]));
    state.cloudApi.groups.set(group.id, {
      ...group,
      httpsPolicy: input.HttpsPolicy ?? group.httpsPolicy,
      networkPolicy: { ...group.networkPolicy, ...Object.fromEntries(given) },
      modifiedAt: now,
    });
    return {};
  },
});
