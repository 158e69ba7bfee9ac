import type { HandoverSource, SourceInstance, SourceWord, HandoverRequest } from '../../source/source.js';
import type { SourceApi, SourceNamedBackend } from '../../source/source-api.js';
import { defined, unlessGone, type CallContext } from '@postern/core/internal/adapter';
import { eachOf, flagOf, isWord } from '../../../../client/plain.js';
import type { Session } from '../../../../client/session.js';
import { requireGroup } from '../../../groups/api.js';
import { isBefore, listApis, type ApiSummary } from '../../../groups/api-list.js';
import { getInstance } from '../../../instances/instance.js';
import { definitionKey, type Definitions, sourceDeployment, type DeploymentParts, modelBackend } from './source-api.js';
import { readParts, type Gaps, readApps, readAuthorizations } from './source-apps.js';
import { readAccesses, readPeak } from './source-accesses.js';
import { sourceGroup, sourceInstance } from './source-group.js';
import { undocumented, wordsOfDeployment, wordsOfDomains, wordsOfInstance } from './words.js';
import {
  readIpControls,
  readLog,
  readPlugins,
  readSignatures,
  readThrottles,
  type GroupRead,
} from './source-policies.js';

/**
 * Reads one API group for a hand-over. Per API: its draft, its apps, and its definition on each stage; two calls more where the draft
 * was edited since. Everything else is read once for the group or the region. `definitions` gets what is deployed.
 * @throws {CloudError} `NOT_FOUND` where the group does not exist
 */
export async function readSource(
  session: Session,
  { groupId, stages: wanted, variables = {} }: HandoverRequest,
  ctx: CallContext,
  definitions?: Definitions,
): Promise<HandoverSource> {
  const takenAt = new Date(ctx.clock.now()).toISOString();
  const gaps = readParts();
  const [account, row] = await Promise.all([session.account(ctx), requireGroup(session, groupId, ctx)]);
  const group = sourceGroup(row);
  const summaries = await gaps.read('apis', () => listApis(session, groupId, ctx), []);
  const published = new Set(summaries.flatMap((api) => api.stages));
  const stages = (wanted ?? group.stages).filter((stage) => wanted !== undefined || published.has(stage));
  const words: SourceWord[] = [...wordsOfDomains(row)];
  const read: GroupRead = { session, groupId, stages, ctx, definitions, words };
  const { InstanceId = '' } = row;
  const [instance, apis, plugins, throttles, ipControls, signatures, log] = await Promise.all([
    gaps.read('instance', () => readInstance(read, InstanceId), undefined),
    eachOf(summaries, (summary) => readApi(read, summary, gaps)),
    gaps.read('plugins', () => readPlugins(read), []),
    gaps.read('throttles', () => readThrottles(read), []),
    gaps.read('ip-controls', () => readIpControls(read), []),
    gaps.read('signatures', () => readSignatures(read), []),
    gaps.read('log', () => readLog(read), undefined),
  ]);
  const backendIds = new Set(
    apis.flatMap(({ deployments }) => deployments.flatMap(({ backend }) => backend.namedBackend ?? [])),
  );
  const namedBackends = await gaps.read('backends', () => readNamedBackends(read, backendIds), []);
  const backends = [
    ...apis.flatMap(({ deployments }) => deployments.map(({ backend }) => backend)),
    ...namedBackends.flatMap(({ models }) => models.map(({ backend }) => backend)),
  ];
  const names = new Set(backends.flatMap(({ accessName }) => accessName ?? []));
  const callable = apis.filter(({ deployments }) => deployments.some(({ auth }) => auth !== 'anonymous'));
  const [accesses, authorized] = await Promise.all([
    names.size === 0 ? [] : gaps.read('accesses', () => readAccesses(read, names, takenAt), []),
    eachOf(callable, ({ id }) => gaps.read('authorizations', () => readAuthorizations(read, id), [])),
  ]);
  const authorizations = authorized.flat();
  return {
    version: 1,
    takenAt,
    provider: 'alibaba',
    region: session.region,
    account,
    group,
    ...defined({ instance }),
    stages,
    apis,
    accesses,
    namedBackends,
    plugins,
    throttles,
    ipControls,
    signatures,
    apps: await readApps(read, authorizations, gaps),
    authorizations: authorizations.map(({ appName: _name, ...rest }) => rest),
    variables,
    ...defined({ log }),
    ...(words.length === 0
      ? {}
      : { words: words.toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1)) }),
    gaps: gaps.found,
  };
}

/** Figures of the shared instance are not of this account alone. */
async function readInstance({ session, ctx, words }: GroupRead, id: string): Promise<SourceInstance | undefined> {
  const row = await getInstance(session, id, ctx);
  if (row === undefined) return undefined;

  words.push(...wordsOfInstance(row));
  const instance = sourceInstance(row);
  const peak = instance.kind === 'shared' ? undefined : await readPeak(session, id, ctx);
  return { ...instance, ...defined({ peak }) };
}

async function readApi(read: GroupRead, summary: ApiSummary, gaps: Gaps): Promise<SourceApi> {
  const { session, groupId, stages, ctx, words } = read;
  const own = stages.filter((stage) => summary.stages.includes(stage));
  const base = { id: summary.id, name: summary.name, ...defined({ draftModifiedAt: summary.modifiedTime }) };
  if (own.length === 0) return { ...base, deployments: [] };

  const ids = { GroupId: groupId, ApiId: summary.id };
  const draft = await gaps.read(
    'apis',
    () => unlessGone(session.call(ctx, 'CloudAPI', 'DescribeApi', ids)),
    undefined,
    summary.id,
  );
  const parts = await eachOf(own, (stage) =>
    gaps.read('apis', () => readDeployment(read, { ids, stage, draft }), undefined, summary.id),
  );
  const found = parts.flatMap((one) => one ?? []);
  for (const one of found) words.push(...wordsOfDeployment(summary, one));
  return { ...base, deployments: found.map(sourceDeployment) };
}

interface Wanted {
  readonly ids: { readonly GroupId: string; readonly ApiId: string };
  readonly stage: string;
  readonly draft: DeploymentParts['full'];
}

/** What is deployed lacks some members, which the draft has, or the history where the draft was edited since. */
async function readDeployment(
  { session, ctx, definitions }: GroupRead,
  { ids, stage, draft }: Wanted,
): Promise<DeploymentParts | undefined> {
  const StageName = stage;
  const deployed = await unlessGone(session.call(ctx, 'CloudAPI', 'DescribeDeployedApi', { ...ids, StageName }));
  if (deployed === undefined) return undefined;

  definitions?.set(definitionKey(ids.ApiId, stage), deployed);
  const edited = isBefore(
    deployed.DeployedTime,
    (draft as { readonly ModifiedTime?: string } | undefined)?.ModifiedTime,
  );
  const needed = flagOf(deployed.ServiceConfig?.ServiceVpcEnable) || !deployed.ServiceConfig?.ServiceAddress;
  if (!edited || !needed) return { stage, deployed, full: draft };

  const list = await session.call(ctx, 'CloudAPI', 'DescribeHistoryApis', {
    ...ids,
    StageName,
    PageNumber: '1',
    PageSize: '10',
  });
  const online = (list.ApiHisItems?.ApiHisItem ?? []).find(({ Status }) => isWord(Status, 'online'));
  const HistoryVersion = online?.HistoryVersion;
  if (HistoryVersion === undefined) return { stage, deployed };

  const full = await unlessGone(
    session.call(ctx, 'CloudAPI', 'DescribeApiHistory', { ...ids, StageName, HistoryVersion }),
  );
  return { stage, deployed, full };
}

async function readNamedBackends(
  { session, ctx, words }: GroupRead,
  ids: ReadonlySet<string>,
): Promise<readonly SourceNamedBackend[]> {
  const all = await eachOf([...ids].toSorted(), async (BackendId) => {
    const answer = await unlessGone(session.call(ctx, 'CloudAPI', 'DescribeBackendInfo', { BackendId }));
    const info = answer?.BackendInfo;
    if (info === undefined) return [];

    const own = { id: BackendId, name: info.BackendName ?? BackendId };
    const models = (info.BackendModels ?? []).map(({ StageName = '', BackendConfig = {} }) => {
      const type = info.BackendType ?? BackendConfig.Type ?? '';
      const given = [
        ['BackendType', type],
        ['VpcScheme', BackendConfig.VpcConfig?.VpcScheme],
      ] as const;
      words.push(...undocumented({ kind: 'backend', ...own, stage: StageName }, given));
      return { stage: StageName, backend: modelBackend(type, BackendConfig) };
    });
    return [{ ...own, models }];
  });
  return all.flat();
}
