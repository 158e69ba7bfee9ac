import { unlessGone, type Route, type CallContext, type Gateway, type Json } from '@postern/core/internal/adapter';
import { isBefore, listApis, publishedOn, shows } from './api-list.js';
import { endOf, toRoute, type PublishedService, getGroup, lockOf, requireGroup, type GroupOutput } from './api.js';
import { readDrafts } from './drafts.js';
import { readPublications } from './custom-domains.js';
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

/** What of an API a simulated one is made from: a draft, or what is published. Structures are the service's own. */
interface Form {
  readonly name: string;
  readonly description: string;
  readonly visibility: string;
  readonly authType: string;
  readonly request: Json;
  readonly service: Json;
  readonly backendId?: string | undefined;
}

interface ApiRaw {
  readonly draft?: FormRaw | undefined;
  readonly published?: Readonly<Record<string, FormRaw>> | undefined;
  /** The description that each publication was made with. */
  readonly shown?: Readonly<Record<string, string>> | undefined;
}

interface FormRaw {
  readonly ApiName?: string | undefined;
  readonly Description?: string | undefined;
  readonly Visibility?: string | undefined;
  readonly AuthType?: string | undefined;
  readonly RequestConfig?: Json | undefined;
  readonly ServiceConfig?: Json | undefined;
  readonly BackendEnable?: boolean | undefined;
  readonly BackendConfig?: { readonly BackendId?: string | undefined } | undefined;
}

/**
 * The facts that a world needs and that portable routes, gateways and targets do not contain: the
 * definitions of APIs (draft and by stage), the settings of groups, and the host names of authorizations.
 * `raw` is not written to files, so these facts are in `native`.
 */
export function definitionsOf(
  gateways: readonly Gateway[],
  accesses: readonly VpcAccess[],
): { readonly [name: string]: Json } {
  return {
    apis: sorted(
      gateways.flatMap(({ routes }) => routes),
      (route) => route.id,
    ).map((route) => api(route.id, route.gatewayId, route.raw as ApiRaw)),
    groups: sorted(gateways, ({ id }) => id).map(({ id, raw }) => group(id, raw as GroupOutput)),
    accesses: sorted(accesses, ({ name }) => name).map(({ name, id, hostName }) => ({ name, id, hostName })),
  };
}

/** Sorts items by their key, so that the same world always gives the same text. */
export function sorted<T>(items: readonly T[], key: (item: T) => string): readonly T[] {
  return items.toSorted((a, b) => (key(a) < key(b) ? -1 : 1));
}

function api(id: string, groupId: string, { draft = {}, published = {}, shown = {} }: ApiRaw): Json {
  const stages = Object.entries(published).map(([stage, one]): [string, Json] => [
    stage,
    { ...form(one), shown: shown[stage] ?? '' },
  ]);
  return { id, groupId, draft: form(draft), published: Object.fromEntries(stages) };
}

function form(raw: FormRaw): { readonly [name: string]: Json } {
  const made: Form = {
    name: raw.ApiName ?? '',
    description: raw.Description ?? '',
    visibility: raw.Visibility ?? '',
    authType: raw.AuthType ?? '',
    request: raw.RequestConfig ?? {},
    service: raw.ServiceConfig ?? {},
    ...(raw.BackendEnable === true ? { backendId: raw.BackendConfig?.BackendId ?? '' } : {}),
  };
  return { ...made } as { readonly [name: string]: Json };
}

function group(id: string, raw: GroupOutput): Json {
  return {
    id,
    description: raw.Description ?? '',
    basePath: raw.BasePath ?? '/',
    httpsPolicy: raw.HttpsPolicy ?? '',
    trafficLimit: raw.TrafficLimit ?? 0,
    billingStatus: raw.BillingStatus ?? '',
    illegalStatus: raw.IllegalStatus ?? '',
    migrationStatus: raw.MigrationStatus ?? '',
    migrationError: raw.MigrationError ?? '',
  };
}
