import { defined } from '../../../../simulation/defined.js';
import { checkPluginBody, PLUGIN_TYPES } from '../backend/plugin-body.js';
import { attach, checkPluginName, checkPluginReach, detach, detachFromStage, pluginsAt } from '../api/plugin-rules.js';
import { onlineVersion } from '../api/publish.js';
import { family, pluginName, tagList, say, newTimes, written } from '../request/parameters.js';
import { getApi, getGroup, getPlugin, getStage } from '../request/find.js';
import { hasTags, putTags, tagInfo } from '../request/tags.js';
import { shown, type AlibabaCall } from '../../../operation/operation.js';
import { textOf } from '../../../state/json-object.js';
import { numberedList, required, text, type InputOf } from '../../../operation/family.js';

const OF_GROUP = { PluginId: required(text), GroupId: required(text), StageName: required(text) };

/** What is done with a plug-in of a whole group on a stage. */
const ofGroup = (act: typeof attach) => ({
  parameters: OF_GROUP,
  run({ state }: AlibabaCall, { PluginId, GroupId, StageName }: InputOf<typeof OF_GROUP>) {
    const plugin = getPlugin(state, PluginId);
    getStage(getGroup(state, GroupId), StageName);
    act(state, plugin, { groupId: GroupId, stageName: StageName, apiId: undefined });
    return {};
  },
});

/** Plugins, and what they are attached to. */
export const pluginActions = family({
  /** Makes a plug-in; its body is stored as given. */
  CreatePlugin: {
    parameters: {
      PluginName: required(pluginName),
      PluginType: required({ type: 'string', values: PLUGIN_TYPES }),
      PluginData: required(text),
      Description: { type: 'string', length: [0, 200] },
      Tag: tagList,
    },
    run({ state, now, region, id: newId }, { PluginName, PluginType, PluginData, Description = '', Tag }) {
      checkPluginBody(PluginData);
      checkPluginName(state, PluginName);
      const PluginId = newId('', 32, 'hex');
      const given = { PluginId, PluginName, PluginType, PluginData, Description, RegionId: region };
      state.cloudApi.plugins.set(PluginId, { ...given, ...newTimes(now), attachments: [] });
      putTags(state, 'plugin', PluginId, Tag);
      return { PluginId, TagStatus: true };
    },
  },

  /** Changes a plug-in. The change applies at once wherever it is attached. */
  ModifyPlugin: {
    parameters: {
      PluginId: required(text),
      PluginName: pluginName,
      PluginData: text,
      Description: { type: 'string', length: [0, 200] },
      Tag: tagList,
    },
    run({ state, now }, { PluginId, PluginName, PluginData, Description }) {
      const row = getPlugin(state, PluginId);
      if (PluginData !== undefined) checkPluginBody(PluginData);
      const changed = { ...row, ...defined({ PluginName, PluginData, Description }), ModifiedTime: written(now) };
      checkPluginName(state, changed.PluginName, PluginId);
      if (PluginData !== undefined) checkPluginReach(state, changed);
      state.cloudApi.plugins.set(PluginId, changed);
      return {};
    },
  },

  /** Deletes a plug-in that is attached nowhere. */
  DeletePlugin: {
    parameters: { PluginId: required(text), Tag: tagList },
    run({ state }, { PluginId }) {
      const row = getPlugin(state, PluginId);
      if (row.attachments.length > 0) throw say.inUse('Plugin', 'Api');

      state.cloudApi.plugins.delete(PluginId);
      state.cloudApi.tags.delete(`plugin/${PluginId}`);
      return {};
    },
  },

  /** Lists plug-ins with their bodies. A name finds all that contain it. */
  DescribePlugins: numberedList({
    parameters: { Tag: tagList },
    rows: ({ state }, { Tag }) =>
      [...state.cloudApi.plugins.values()]
        .filter(({ PluginId }) => hasTags(state, 'plugin', PluginId, Tag))
        .map((row) => ({ ...shown(row), Tags: tagInfo(state, 'plugin', row.PluginId) })),
    same: ['PluginId', 'PluginType'],
    part: ['PluginName'],
    as: ['Plugins', 'PluginAttribute'],
  }),

  /** Attaches a plug-in to published APIs on a stage: one by `ApiId`, several by `ApiIds`, joined by commas. */
  AttachPlugin: {
    parameters: { PluginId: required(text), GroupId: text, ApiId: text, ApiIds: text, StageName: required(text) },
    run({ state }, { PluginId, GroupId, ApiId = '', ApiIds = '', StageName }) {
      getPlugin(state, PluginId);
      const ids = [ApiId, ...ApiIds.split(',')].map((id) => id.trim()).filter((id) => id !== '');
      if (ids.length === 0) throw say.missing('ApiId');

      const apis = ids.map((id) => getApi(state, id, GroupId));
      for (const api of apis) {
        getStage(getGroup(state, api.groupId), StageName);
        onlineVersion(api, StageName);
      }
      for (const { id: apiId, groupId } of apis) {
        attach(state, getPlugin(state, PluginId), { groupId, stageName: StageName, apiId });
      }
      return {};
    },
  },

  /**
   * Detaches a plug-in on a stage: from an API, from a group, or from all that it is attached to there [I] where neither is named.
   */
  DetachPlugin: {
    parameters: { PluginId: required(text), GroupId: text, ApiId: text, StageName: required(text) },
    run({ state }, { PluginId, GroupId, ApiId, StageName }) {
      const plugin = getPlugin(state, PluginId);
      const stageName = StageName;
      if (ApiId !== undefined) {
        const { id: apiId, groupId } = getApi(state, ApiId, GroupId);
        detach(state, plugin, { groupId, stageName, apiId });
      } else if (GroupId === undefined) detachFromStage(state, plugin, stageName);
      else detach(state, plugin, { groupId: getGroup(state, GroupId).id, stageName, apiId: undefined });
      return {};
    },
  },

  /** Attaches a plug-in to a whole group on a stage. */
  AttachGroupPlugin: ofGroup(attach),

  /** Detaches a plug-in from a whole group on a stage. */
  DetachGroupPlugin: ofGroup(detach),

  /** Lists the APIs that a plug-in is attached to: a row per API and stage. */
  DescribePluginApis: numberedList({
    parameters: { PluginId: required(text) },
    rows: ({ state, region }, { PluginId }) =>
      getPlugin(state, PluginId).attachments.flatMap(({ apiId = '', groupId, stageName }) => {
        const api = state.cloudApi.apis.get(apiId);
        if (!api) return [];

        return {
          ApiId: api.id,
          ApiName: api.draft.name,
          Description: textOf(api.draft.scalars, 'Description'),
          GroupId: groupId,
          GroupName: state.cloudApi.groups.get(groupId)?.name ?? '',
          Method: textOf(api.draft.requestConfig, 'RequestHttpMethod'),
          Path: textOf(api.draft.requestConfig, 'RequestPath'),
          RegionId: region,
          StageName: stageName,
        };
      }),
    same: ['GroupId', 'ApiId', 'Method'],
    part: ['ApiName', 'Description', 'Path'],
    as: ['ApiSummarys', 'ApiPluginSummary'],
  }),

  /** Lists the groups that a plug-in is attached to as a whole: a row per group and stage. */
  DescribePluginGroups: numberedList({
    parameters: { PluginId: required(text) },
    rows: ({ state, region }, { PluginId }) =>
      getPlugin(state, PluginId).attachments.flatMap(({ apiId, groupId, stageName }) => {
        const group = apiId === undefined ? state.cloudApi.groups.get(groupId) : undefined;
        if (!group) return [];

        return {
          GroupId: group.id,
          GroupName: group.name,
          Description: group.description,
          BasePath: group.basePath,
          RegionId: region,
          StageName: stageName,
        };
      }),
    same: ['GroupId'],
    part: ['GroupName', 'Description'],
    as: ['GroupSummarys', 'GroupPluginSummary'],
  }),

  /** Lists the plug-ins attached to an API on a stage, with their bodies. Those of its group are not in it. */
  DescribePluginsByApi: numberedList({
    parameters: { GroupId: required(text), ApiId: required(text), StageName: required(text) },
    rows({ state }, { GroupId, ApiId, StageName: stageName }) {
      const { id: apiId, groupId } = getApi(state, ApiId, GroupId);
      getStage(getGroup(state, groupId), stageName);
      return pluginsAt(state, { groupId, stageName, apiId }).map(shown);
    },
    as: ['Plugins', 'PluginAttribute'],
  }),

  /** Lists the plug-ins attached to a whole group on a stage, with their bodies. Those of its APIs are not in it. */
  DescribePluginsByGroup: numberedList({
    parameters: { GroupId: required(text), StageName: required(text) },
    rows({ state }, { GroupId, StageName: stageName }) {
      const group = getGroup(state, GroupId);
      getStage(group, stageName);
      return pluginsAt(state, { groupId: group.id, stageName, apiId: undefined }).map(shown);
    },
    as: ['Plugins', 'PluginAttribute'],
  }),
});
