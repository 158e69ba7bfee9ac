import { onlineVersions } from '../control/api/publish.js';
import { policiesOf } from '../control/api-policies/bindings.js';
import type { BindingRow, IpControlRow, SignatureRow, TrafficControlRow } from '../control/api-policies/state.js';
import type { ApiRow, ApiVersionRow, PluginRow } from '../control/state.js';
import type { AlibabaRegionState } from '../../state/alibaba-state.js';

/** An API as it is published on a stage. */
export interface PublishedApi {
  readonly api: Pick<ApiRow, 'id' | 'groupId'>;
  readonly version: ApiVersionRow;
  /** Those of the API, then those of its group. */
  readonly plugins: readonly PluginRow[];
  /** The throttling policy of the older form. */
  readonly throttle: TrafficControlRow | undefined;
  /** The access control policy of the older form. */
  readonly ipControl: IpControlRow | undefined;
  /** The key of the older form, which signs calls to the backend. */
  readonly signature: SignatureRow | undefined;
  /** A plug-in chose the backend of this call. */
  readonly isRouted?: boolean | undefined;
}

/** What is published of a group, as its data path sees it. */
export interface GroupView {
  readonly basePath: string;
  /** By stage name. */
  readonly stages: ReadonlyMap<string, readonly PublishedApi[]>;
}

/** What is published of a group now; undefined where there is none. Rows are never changed in place. */
export function readGroupView(state: AlibabaRegionState, groupId: string): GroupView | undefined {
  const { cloudApi } = state;
  const group = cloudApi.groups.get(groupId);
  if (!group) return undefined;

  const stages = new Map<string, PublishedApi[]>(group.stages.map(({ name }) => [name, []]));
  const plugins = [...cloudApi.plugins.values()].filter(({ attachments }) =>
    attachments.some((one) => one.groupId === groupId),
  );
  const throttles = policiesOf(state, 'TrafficControl');
  const ipControls = policiesOf(state, 'IpControl');
  const signatures = policiesOf(state, 'Signature');
  for (const api of cloudApi.apis.values()) {
    if (api.groupId !== groupId) continue;

    for (const version of onlineVersions(api)) {
      const { stageName } = version;
      const own = pluginsOf(plugins, api, stageName);
      const isBound = ({ bindings }: { readonly bindings: readonly BindingRow[] }): boolean =>
        bindings.some((one) => one.apiId === api.id && one.stageName === stageName);
      stages.get(stageName)?.push({
        api: { id: api.id, groupId },
        version,
        plugins: own,
        throttle: throttles.find(isBound),
        ipControl: ipControls.find(isBound),
        signature: signatures.find(isBound),
      });
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
    ...apis.flatMap(({ api, version, plugins, throttle, ipControl, signature }) => [
      api.id,
      version,
      throttle,
      ipControl,
      signature,
      ...plugins,
    ]),
  ]);
  return [basePath, ...published];
}

/** The groups whose publications a write may change, as `<group id>`. */
export function groupsChangedBy({ cloudApi }: AlibabaRegionState, input: unknown): readonly string[] {
  const { GroupId, ApiId, PluginId, TrafficControlId, IpControlId, SignatureId } = input as {
    readonly GroupId?: string;
    readonly ApiId?: string;
    readonly PluginId?: string;
    readonly TrafficControlId?: string;
    readonly IpControlId?: string;
    readonly SignatureId?: string;
  };
  const ofApi = cloudApi.apis.get(ApiId ?? '')?.groupId;
  const ofPlugin = cloudApi.plugins.get(PluginId ?? '')?.attachments.map(({ groupId }) => groupId) ?? [];
  const policyId = TrafficControlId ?? IpControlId ?? SignatureId ?? '';
  const ofPolicy = cloudApi.apiPolicies.get(policyId)?.bindings.map(({ groupId }) => groupId) ?? [];
  return [...new Set([GroupId ?? '', ofApi ?? '', ...ofPlugin, ...ofPolicy])].filter((id) => cloudApi.groups.has(id));
}
