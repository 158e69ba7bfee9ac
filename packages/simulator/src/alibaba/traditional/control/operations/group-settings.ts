import { requireUnlocked, startMigration } from '../group.js';
import { family, HTTPS_POLICIES, tagList, say } from '../request/parameters.js';
import { getGroup, getInstance } from '../request/find.js';
import { flag, required, text } from '../../../operation/parameters.js';

const FLAGS = [
  'InternetEnable',
  'InternetIPV6Enable',
  'VpcIntranetEnable',
  'VpcSlbIntranetEnable',
  'InnerDomainEnable',
] as const;

/** Settings of groups: their instance, network policy and variables of stages. */
export const groupSettingsActions = family({
  /**
   * Starts the move of a group to another instance of the region. The answer is empty. DescribeApiGroup shows
   * the progress, and at first still the result of the previous move.
   */
  ModifyApiGroupInstance: {
    parameters: { GroupId: required(text), TargetInstanceId: required(text), Remark: text, Tag: tagList },
    run(call, { GroupId, TargetInstanceId }) {
      const group = getGroup(call.state, GroupId);
      requireUnlocked(group);
      if (group.migration) throw group.migration.targetInstanceId === TargetInstanceId ? say.repeated() : say.busy();

      const target = getInstance(call.state, TargetInstanceId);
      if (target.status !== 'RUNNING') throw say.invalid('TargetInstanceId', 'The target instance is not running.');

      startMigration(call, group, target.id);
      return {};
    },
  },

  /** Changes a group's HTTPS policy and its domains. It restores settings that a migration overwrote. */
  ModifyApiGroupNetworkPolicy: {
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
  },

  /** Whether a group has a domain for its client VPC. */
  ModifyIntranetDomainPolicy: {
    parameters: { GroupId: required(text), VpcIntranetEnable: required(flag) },
    run({ state, now }, { GroupId, VpcIntranetEnable }) {
      const group = getGroup(state, GroupId);
      requireUnlocked(group);
      const networkPolicy = { ...group.networkPolicy, VpcIntranetEnable };
      state.cloudApi.groups.set(group.id, { ...group, networkPolicy, modifiedAt: now });
      return {};
    },
  },

  /** Sets the only VPCs that may call a group's VPC domain, with commas between; without one, any may. */
  ModifyApiGroupVpcWhitelist: {
    parameters: { GroupId: required(text), VpcIds: text },
    run({ state, now }, { GroupId, VpcIds = '' }) {
      const group = getGroup(state, GroupId);
      requireUnlocked(group);
      const vpcWhitelist = [...new Set(VpcIds.split(',').map((id) => id.trim()))].filter((id) => id !== '');
      if (!vpcWhitelist.every((id) => /^vpc-\w+$/.test(id))) throw say.invalid('VpcIds');

      state.cloudApi.groups.set(group.id, { ...group, vpcWhitelist, modifiedAt: now });
      return {};
    },
  },

  DescribeApiGroupVpcWhitelist: {
    parameters: { GroupId: required(text) },
    run: ({ state }, { GroupId }) => ({ VpcIds: (getGroup(state, GroupId).vpcWhitelist ?? []).join(',') }),
  },

  /** Sets a variable of a group's stage, which `#NAME#` refers to. No action of this version reads one. */
  CreateApiStageVariable: {
    parameters: {
      GroupId: required(text),
      StageId: required(text),
      VariableName: required({ type: 'string', pattern: /^\w{1,50}$/ }),
      VariableValue: text,
      SupportRoute: flag,
      StageRouteModel: text,
    },
    run({ state }, { GroupId, StageId, VariableName, VariableValue = '' }) {
      const group = getGroup(state, GroupId);
      if (!group.stages.some(({ id }) => id === StageId)) throw say.notFound('Stage');

      const variables = new Map([...group.variables, [`${StageId}/${VariableName}`, VariableValue]]);
      state.cloudApi.groups.set(group.id, { ...group, variables });
      return {};
    },
  },

  /** Deletes a variable of a group's stage. */
  DeleteApiStageVariable: {
    parameters: { GroupId: required(text), StageId: required(text), VariableName: required(text) },
    run({ state }, { GroupId, StageId, VariableName }) {
      const group = getGroup(state, GroupId);
      const key = `${StageId}/${VariableName}`;
      if (!group.variables.has(key)) throw say.notFound('StageVariable');

      const variables = new Map([...group.variables].filter(([name]) => name !== key));
      state.cloudApi.groups.set(group.id, { ...group, variables });
      return {};
    },
  },
});
