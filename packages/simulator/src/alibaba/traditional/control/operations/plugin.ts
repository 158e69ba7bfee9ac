import { defined } from '../../../../simulation/defined.js';
import { checkPluginBody, PLUGIN_TYPES } from '../backend/plugin-body.js';
import { attach, checkPluginName, checkPluginReach, detach, detachFromStage, pluginsAt } from '../api/plugin-rules.js';
import { onlineVersion } from '../api/publish.js';
import { family, pages, pluginName, tagList, say, newTimes, written } from '../request/parameters.js';
import { getApi, getGroup, getPlugin, getStage } from '../request/find.js';
import { hasTags, putTags, tagInfo } from '../request/tags.js';
import { admitsShown } from '../../../vpc/request/lists.js';
import { shown } from '../../../operation/operation.js';
import { page } from '../../../operation/page.js';
import { textOf } from '../../../state/json-object.js';
import { required, text } from '../../../operation/parameters.js';

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
  DescribePlugins: {
    parameters: { PluginId: text, PluginName: text, PluginType: text, Tag: tagList, ...pages },
    run({ state }, input) {
      const { PluginName = '', Tag } = input;
      const rows = [...state.cloudApi.plugins.values()].filter(
        (row) =>
          admitsShown(input, row, 'PluginId', 'PluginType') &&
          row.PluginName.includes(PluginName) &&
          hasTags(state, 'plugin', row.PluginId, Tag),
      );
      const { items, numbers } = page(rows, input, { largest: 100 });
      const attributes = items.map((row) => ({ ...shown(row), Tags: tagInfo(state, 'plugin', row.PluginId) }));
      return { ...numbers, Plugins: { PluginAttribute: attributes } };
    },
  },

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
  AttachGroupPlugin: {
    parameters: { PluginId: required(text), GroupId: required(text), StageName: required(text) },
    run({ state }, { PluginId, GroupId, StageName }) {
      const plugin = getPlugin(state, PluginId);
      getStage(getGroup(state, GroupId), StageName);
      attach(state, plugin, { groupId: GroupId, stageName: StageName, apiId: undefined });
      return {};
    },
  },

  /** Detaches a plug-in from a whole group on a stage. */
  DetachGroupPlugin: {
    parameters: { PluginId: required(text), GroupId: required(text), StageName: required(text) },
    run({ state }, { PluginId, GroupId, StageName }) {
      const plugin = getPlugin(state, PluginId);
      getStage(getGroup(state, GroupId), StageName);
      detach(state, plugin, { groupId: GroupId, stageName: StageName, apiId: undefined });
      return {};
    },
  },

  /** Lists the APIs that a plug-in is attached to: a row per API and stage. */
  DescribePluginApis: {
    parameters: {
      PluginId: required(text),
      GroupId: text,
      ApiId: text,
      ApiName: text,
      Description: text,
      Method: text,
      Path: text,
      ...pages,
    },
    run({ state, region }, input) {
      const { GroupId = '', ApiId = '', ApiName = '', Description = '', Method = '', Path = '' } = input;
      const rows = getPlugin(state, input.PluginId).attachments.flatMap(({ apiId = '', groupId, stageName }) => {
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
      });
      const wanted = rows.filter(
        (row) =>
          (GroupId === '' || row.GroupId === GroupId) &&
          (ApiId === '' || row.ApiId === ApiId) &&
          row.ApiName.includes(ApiName) &&
          row.Description.includes(Description) &&
          (Method === '' || row.Method === Method) &&
          row.Path.includes(Path),
      );
      const { items, numbers } = page(wanted, input, { largest: 100 });
      return { ...numbers, ApiSummarys: { ApiPluginSummary: items } };
    },
  },

  /** Lists the groups that a plug-in is attached to as a whole: a row per group and stage. */
  DescribePluginGroups: {
    parameters: { PluginId: required(text), GroupId: text, GroupName: text, Description: text, ...pages },
    run({ state, region }, input) {
      const { GroupId = '', GroupName = '', Description = '' } = input;
      const rows = getPlugin(state, input.PluginId).attachments.flatMap(({ apiId, groupId, stageName }) => {
        const group = apiId === undefined ? state.cloudApi.groups.get(groupId) : undefined;
        return group ? [{ group, stageName }] : [];
      });
      const wanted = rows.filter(
        ({ group }) =>
          (GroupId === '' || group.id === GroupId) &&
          group.name.includes(GroupName) &&
          group.description.includes(Description),
      );
      const { items, numbers } = page(wanted, input, { largest: 100 });
      const summaries = items.map(({ group, stageName }) => ({
        GroupId: group.id,
        GroupName: group.name,
        Description: group.description,
        BasePath: group.basePath,
        RegionId: region,
        StageName: stageName,
      }));
      return { ...numbers, GroupSummarys: { GroupPluginSummary: summaries } };
    },
  },

  /** Lists the plug-ins attached to an API on a stage, with their bodies. Those of its group are not in it. */
  DescribePluginsByApi: {
    parameters: { GroupId: required(text), ApiId: required(text), StageName: required(text), ...pages },
    run({ state }, input) {
      const api = getApi(state, input.ApiId, input.GroupId);
      getStage(getGroup(state, api.groupId), input.StageName);
      const rows = pluginsAt(state, { groupId: api.groupId, stageName: input.StageName, apiId: api.id });
      const { items, numbers } = page(rows, input, { largest: 100 });
      return { ...numbers, Plugins: { PluginAttribute: items.map(shown) } };
    },
  },

  /** Lists the plug-ins attached to a whole group on a stage, with their bodies. Those of its APIs are not in it. */
  DescribePluginsByGroup: {
    parameters: { GroupId: required(text), StageName: required(text), ...pages },
    run({ state }, input) {
      const group = getGroup(state, input.GroupId);
      getStage(group, input.StageName);
      const rows = pluginsAt(state, { groupId: group.id, stageName: input.StageName, apiId: undefined });
      const { items, numbers } = page(rows, input, { largest: 100 });
      return { ...numbers, Plugins: { PluginAttribute: items.map(shown) } };
    },
  },
});
