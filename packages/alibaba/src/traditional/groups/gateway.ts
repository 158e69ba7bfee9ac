import { unlessGone, type Route, type CallContext, type Gateway } from '@postern/core/internal/adapter';
import { isBefore, listApis, publishedOn, shows } from './api-list.js';
import { endOf, toRoute, type PublishedService, getGroup, lockOf, requireGroup, type GroupOutput } from './api.js';
import { readDrafts } from './drafts.js';
import { readPublications } from './publications.js';
import { redacted } from '../../client/generated-client.js';
import { accessOf, type AuthorizationPlugins } from './authorization-plugins.js';
import type { Session } from '../../client/session.js';
import { groupSettings } from './group-settings.js';
import type { VpcAccess } from '../instances/vpc-access.js';

/** The stages that every group has, where the response contains none. */
const STAGES = ['RELEASE', 'PRE', 'TEST'] as const;

/** How much of a group is read. */
export interface GroupReading {
  readonly accesses: Promise<ReadonlyMap<string, VpcAccess>>;
  /** Whether the definition of each publication is read, too, not only which there are. */
  readonly publications: boolean;
  /** Whether each definition is read, also those that lists prove. */
  readonly every: boolean;
  /**
   * The plug-ins that distinguish callers, where it must be determined whether routes are open. Undefined
   * where they could not be read.
   */
  readonly guards?: Promise<AuthorizationPlugins | undefined> | undefined;
}

/**
 * A group with its APIs, or `undefined` where it does not exist: one list of drafts, one of each stage, and the definitions
 * that these do not prove (`readDrafts`); with `publications` the published ones, as well (`readPublications`). Draft and
 * published stay apart: `raw` has `draft` and, by stage, `published`.
 */
export async function readGroup(
  session: Session,
  groupId: string,
  { accesses, publications, every, guards }: GroupReading,
  ctx: CallContext,
): Promise<Gateway | undefined> {
  const [group, apis] = await Promise.all([
    getGroup(session, groupId, ctx),
    unlessGone(listApis(session, groupId, ctx)),
  ]);
  if (group === undefined || apis === undefined) return undefined;

  const stages = stageNames(group);
  const [shown, byName, known] = await Promise.all([
    publishedOn(session, groupId, stages, apis, ctx),
    accesses,
    guards,
  ]);
  const drafts = await readDrafts(
    session,
    { groupId, basePath: group.BasePath ?? '', accesses: byName, shown, every },
    apis,
    ctx,
  );
  const definitions = publications
    ? await readPublications(session, { groupId, shown, accesses: byName }, drafts, ctx)
    : undefined;
  const routes = drafts.map(({ summary, api }): Route => {
    const showing = stages.filter((stage) => shows(shown.get(stage), summary));
    const online = stages.filter((stage) => shown.get(stage)?.has(summary.id));
    const around = { groupId, instanceId: group.InstanceId, accesses: byName, stages: showing };
    const route = { ...toRoute(api, around), publishedOn: online };
    if (definitions === undefined) return { ...route, raw: redacted({ draft: api }) };

    const read = definitions.get(summary.id) ?? {};
    const published = Object.fromEntries(
      online.flatMap((stage) => (read[stage] === undefined ? [] : [[stage, read[stage]] as const])),
    );
    const callable = online.map((stage) => ({
      stage,
      authType: published[stage]?.AuthType,
      guards: known?.guards(groupId, stage, summary.id),
    }));
    const access = guards === undefined ? {} : accessOf({ authType: api.AuthType, guards: known && [] }, callable);
    const publishedTargets = Object.fromEntries(
      Object.entries(published).flatMap(([stage, { ServiceConfig }]) => {
        const end = endOf(ServiceConfig ?? {});
        return end === undefined || isOther(ServiceConfig, byName) ? [] : [[stage, end]];
      }),
    );
    const descriptions = Object.fromEntries(
      online.map((stage) => [stage, shown.get(stage)?.get(summary.id)?.description ?? '']),
    );
    const routed = online.flatMap((stage) => {
      const names = known?.routing(groupId, stage, summary.id) ?? [];
      return names.length === 0 ? [] : [[stage, names.toSorted().join(', ')] as const];
    });
    const routedBy = routed.length === 0 ? {} : { routedBy: Object.fromEntries(routed) };
    // A draft that was changed after a publication is not what the stage shows, unless the mark of its definition says so.
    const current = showing.filter((stage) => !isBefore(published[stage]?.DeployedTime, api.ModifiedTime));
    const shownOn = route.owner === undefined ? { stages: current } : {};
    return {
      ...route,
      ...shownOn,
      publishedTargets,
      ...routedBy,
      ...access,
      raw: redacted({ draft: api, published, shown: descriptions }),
    };
  });
  return {
    id: groupId,
    name: group.GroupName ?? '',
    kind: 'api-group',
    stages: stages.map((name) => ({ name, autoDeploy: true })),
    routes,
    tags: {},
    linkId: group.InstanceId || undefined,
    locked: lockOf(group),
    settings: groupSettings(group),
    raw: redacted(group),
  };
}

/** The stages of a group by name. */
export async function stagesOf(session: Session, groupId: string, ctx: CallContext): Promise<readonly string[]> {
  return stageNames(await requireGroup(session, groupId, ctx));
}

function stageNames({ StageItems }: GroupOutput): readonly string[] {
  const names = (StageItems?.StageInfo ?? []).flatMap(({ StageName }) => StageName ?? []);
  return names.length > 0 ? names : STAGES;
}

/**
 * Whether a version was published with an authorization whose target differs by now: it was replaced, or a change of it has
 * not reached the published API. Where calls go then is not documented [U].
 */
function isOther(
  { VpcConfig }: PublishedService = {},
  accesses: ReadonlyMap<string, Pick<VpcAccess, 'vpcId' | 'instanceId' | 'port'>>,
): boolean {
  const access = accesses.get(VpcConfig?.Name ?? '');
  if (access === undefined || !VpcConfig?.InstanceId) return false;

  const { VpcId, InstanceId, Port } = VpcConfig;
  return VpcId !== access.vpcId || InstanceId !== access.instanceId || Number(Port) !== access.port;
}
