import type { ApiGroupRow, PluginAttachmentRow, PluginRow } from '../state.js';
import type { AlibabaRegionState } from '../../../state/alibaba-state.js';
import { usesOfPlugin, requireReach } from '../backend/backend-use.js';
import { getGroup } from '../request/find.js';
import { say } from '../request/parameters.js';

/** Names of plug-ins are unique. @throws {AlibabaError} `DuplicatePluginName` */
export function checkPluginName({ cloudApi }: AlibabaRegionState, name: string, id?: string): void {
  if ([...cloudApi.plugins.values()].some((row) => row.PluginName === name && row.PluginId !== id)) {
    throw say.duplicate('PluginName');
  }
}

/** What a plug-in calls must be in reach wherever it is attached. @throws {AlibabaError} `InvalidBackend` */
export function checkPluginReach(state: AlibabaRegionState, plugin: PluginRow): void {
  for (const { groupId, stageName } of plugin.attachments) {
    const group = state.cloudApi.groups.get(groupId);
    if (group) checkReachIn(state, group, stageName, plugin);
  }
}

/**
 * Attaches a plug-in. An API, and a group, has one plug-in of a type on a stage: the new one replaces
 * another.
 * @throws {AlibabaError} `InvalidBackend`
 */
export function attach(state: AlibabaRegionState, plugin: PluginRow, attachment: PluginAttachmentRow): void {
  checkReachIn(state, getGroup(state, attachment.groupId), attachment.stageName, plugin);
  for (const row of state.cloudApi.plugins.values()) {
    if (row.PluginType === plugin.PluginType) remove(state, row, attachment);
  }
  const { attachments } = state.cloudApi.plugins.get(plugin.PluginId) ?? plugin;
  state.cloudApi.plugins.set(plugin.PluginId, { ...plugin, attachments: [...attachments, attachment] });
}

/** The plug-ins that are attached to an API, or to a whole group, on a stage. */
export function pluginsAt({ cloudApi }: AlibabaRegionState, attachment: PluginAttachmentRow): PluginRow[] {
  return [...cloudApi.plugins.values()].filter(({ attachments }) => attachments.some((row) => same(row, attachment)));
}

/** Detaches a plug-in. @throws {AlibabaError} `NotFoundPluginAttachment` where it is not attached */
export function detach(state: AlibabaRegionState, plugin: PluginRow, attachment: PluginAttachmentRow): void {
  if (!remove(state, plugin, attachment)) throw say.notFound('PluginAttachment');
}

/** Plug-ins lose attachments to what is deleted. */
export function detachAll({ cloudApi }: AlibabaRegionState, goes: (row: PluginAttachmentRow) => boolean): void {
  for (const plugin of cloudApi.plugins.values()) {
    const attachments = plugin.attachments.filter((row) => !goes(row));
    cloudApi.plugins.set(plugin.PluginId, { ...plugin, attachments });
  }
}

/** Detaches a plug-in from all on a stage. @throws {AlibabaError} `NotFoundPluginAttachment` where it is attached to nothing there */
export function detachFromStage(state: AlibabaRegionState, plugin: PluginRow, stageName: string): void {
  const attachments = plugin.attachments.filter((row) => row.stageName !== stageName);
  if (attachments.length === plugin.attachments.length) throw say.notFound('PluginAttachment');

  state.cloudApi.plugins.set(plugin.PluginId, { ...plugin, attachments });
}

function remove(state: AlibabaRegionState, plugin: PluginRow, attachment: PluginAttachmentRow): boolean {
  const attachments = plugin.attachments.filter((row) => !same(row, attachment));
  state.cloudApi.plugins.set(plugin.PluginId, { ...plugin, attachments });
  return attachments.length < plugin.attachments.length;
}

function same(a: PluginAttachmentRow, b: PluginAttachmentRow): boolean {
  return a.groupId === b.groupId && a.stageName === b.stageName && a.apiId === b.apiId;
}

function checkReachIn(state: AlibabaRegionState, group: ApiGroupRow, stage: string, plugin: PluginRow): void {
  requireReach(state, group.instanceId, usesOfPlugin(state, group, stage, plugin, group.instanceId));
}
