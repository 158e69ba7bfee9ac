import { onlineVersions } from '../cloud-api/api/publish.js';
import type { ApiRow, ApiVersionRow, PluginRow } from '../cloud-api/state.js';
import type { AlibabaRegionState } from '../state/region-state.js';

/** An API as it is published on a stage. */
export interface PublishedApi {
  readonly api: Pick<ApiRow, 'id' | 'groupId'>;
  readonly version: ApiVersionRow;
  /** Those of the API, then those of its group. */
  readonly plugins: readonly PluginRow[];
}

/** What is published of a group, as its data path sees it. */
export interface GroupView {
  readonly basePath: string;
  /** By stage name. */
  readonly stages: ReadonlyMap<string, readonly PublishedApi[]>;
}

/** What is published of a group now; undefined where there is none. Rows are never changed in place. */
export function readGroupView({ cloudApi }: AlibabaRegionState, groupId: string): GroupView | undefined {
  const group = cloudApi.groups.get(groupId);
  if (!group) return undefined;
  const stages = new Map<string, PublishedApi[]>(group.stages.map(({ name }) => [name, []]));
  const plugins = [...cloudApi.plugins.values()].filter(({ attachments }) =>
    attachments.some((one) => one.groupId === groupId),
  );
  for (const api of cloudApi.apis.values()) {
    if (api.groupId !== groupId) continue;
    for (const version of onlineVersions(api)) {
      const own = pluginsOf(plugins, api, version.stageName);
      stages.get(version.stageName)?.push({ api: { id: api.id, groupId }, version, plugins: own });
    }
  }
  return { basePath: group.basePath, stages };
}

function pluginsOf(plugins: readonly PluginRow[], { id, groupId }: ApiRow, stage: string): readonly PluginRow[] {
  const attached = (apiId: string | undefined): readonly PluginRow[] =>
    plugins.filter(({ attachments }) =>
      attachments.some((one) => one.groupId === groupId && one.stageName === stage && one.apiId === apiId),
    );
  return [...attached(id), ...attached(undefined)];
}

/** Whether two views show the same rows. */
export function isSameGroupView(a: GroupView, b: GroupView): boolean {
  const [one, other] = [rowsOf(a), rowsOf(b)];
  return one.length === other.length && one.every((row, index) => row === other[index]);
}

function rowsOf({ basePath, stages }: GroupView): readonly unknown[] {
  const published = [...stages].flatMap(([stage, apis]) => [
    stage,
    ...apis.flatMap(({ api, version, plugins }) => [api.id, version, ...plugins]),
  ]);
  return [basePath, ...published];
}

/** The groups whose publications a write may change, as `<group id>`. */
export function groupsChangedBy({ cloudApi }: AlibabaRegionState, input: unknown): readonly string[] {
  const { GroupId, ApiId, PluginId } = input as {
    readonly GroupId?: string;
    readonly ApiId?: string;
    readonly PluginId?: string;
  };
  const ofApi = cloudApi.apis.get(ApiId ?? '')?.groupId;
  const ofPlugin = cloudApi.plugins.get(PluginId ?? '')?.attachments.map(({ groupId }) => groupId) ?? [];
  return [...new Set([GroupId ?? '', ofApi ?? '', ...ofPlugin])].filter((id) => cloudApi.groups.has(id));
}
