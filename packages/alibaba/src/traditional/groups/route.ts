import type { CallContext, Owner } from '@postern/core/internal/library';
import {
  defined,
  CloudError,
  createQueue,
  InvalidInputError,
  isMarkOf,
  mayChange,
  readUntil,
  unlessGone,
  UnsupportedError,
  type Route,
  type RouteMethods,
  type RouteCall,
} from '@postern/core/internal/adapter';
import { adoptApi, definitionFor, type Definition } from './adopted-api.js';
import { apiSummary, isAsCreated, listApis, publishedOn, shows, type ApiSummary } from './api-list.js';
import { getApi, toRoute, type ApiOutput, checkUnlocked, moveGroup, type GroupOutput } from './api.js';
import { forgetApi, callsAs, createApi, DEFAULT_STAGES, modifyApi, publishApi, testAccess } from './write-api.js';
import { routeSession, type RouteSession } from './group-settings.js';
import { plain, allSent } from '../../client/plain.js';
import { STALENESS_MS } from '../../limits.js';
import { isPathOf, toApiPath } from './description.js';
import type { Session } from '../../client/session.js';
import { modifyVpcAccess } from '../instances/vpc-access.js';
import { isPlainId } from '../../cloud/target-ref.js';

/**
 * APIs of a group, in the form of routes of core's driver: drafted, and published to each of the named
 * stages. Writes to one group run one after the other.
 */
export function routes(caller: Session): RouteMethods {
  const session = routeSession(caller);
  const queue = createQueue();
  return {
    create: (request, ctx) => {
      toApiPath(request.key); // refuses an invalid key before the first call
      return queue(request.gatewayId, () => createRoute(session, request, ctx), ctx.signal);
    },
    testCall: (call, ctx) => testAccess(session, call, ctx),
    find: (groupId, key, ctx, by) => findRoute(session, groupId, key, ctx, by),
    update: (route, request, ctx) => {
      toApiPath(request.key);
      return queue(request.gatewayId, () => updateRoute(session, route.id, request, ctx), ctx.signal);
    },
    delete: (groupId, key, owner, ctx, by) =>
      queue(groupId, () => deleteRoute(session, groupId, key, owner, ctx, by), ctx.signal),
    adopt: (groupId, key, owner, ctx) => queue(groupId, () => adoptApi(session, groupId, key, owner, ctx), ctx.signal),
    forget: (groupId, key, owner, ctx) =>
      queue(groupId, () => forgetApi(session, groupId, key, owner, ctx), ctx.signal),
  };
}

async function createRoute(session: RouteSession, request: RouteCall, ctx: CallContext): Promise<Route> {
  const group = await prepare(session, request, ctx);
  const definition = definitionFor(undefined, request, group.BasePath);
  const { id, isNew } = await createApi(session, request, definition, ctx);
  // One that a run left behind may be from another spec.
  if (!isNew) return complete(session, await requireApi(session, request, id, ctx), id, request, group, ctx);

  await publishApi(session, request, id, definition, ctx);
  return made(request, id, definition);
}

async function updateRoute(session: RouteSession, apiId: string, request: RouteCall, ctx: CallContext): Promise<Route> {
  const { gatewayId, key } = request;
  const before = await requireApi(session, request, apiId, ctx);
  // Minutes may have passed since the plan. A write does not restore a mark that was removed in that time.
  if (summaryOf(gatewayId, before).owner?.project !== request.owner.project)
    throw notOurs(gatewayId, key, request.owner, 'ModifyApi');

  return complete(session, before, apiId, request, await prepare(session, request, ctx), ctx);
}

/** An API that another answer named. A read may not show it yet, so it is missing only if it is missing for that long. @throws {CloudError} `NOT_FOUND` */
async function requireApi(
  session: Session,
  { gatewayId, key }: RouteCall,
  apiId: string,
  ctx: CallContext,
): Promise<ApiOutput> {
  const api = await readUntil(
    () => getApi(session, gatewayId, apiId, ctx),
    (one) => one !== undefined,
    STALENESS_MS,
    ctx,
  );
  if (api !== undefined) return api;

  throw new CloudError('NOT_FOUND', `API group ${gatewayId} has no API ${apiId} (${key})`, {
    operation: 'DescribeApi',
  });
}

/** Makes an API that exists as declared, and publishes it. Another writer may have changed the backend, and left the description with its hash. */
async function complete(
  session: RouteSession,
  before: ApiOutput,
  apiId: string,
  request: RouteCall,
  { BasePath }: GroupOutput,
  ctx: CallContext,
): Promise<Route> {
  const definition = definitionFor(before, request, BasePath);
  const isSame = callsAs(before.ServiceConfig ?? {}, definition) && before.Description === definition.Description;
  if (!isSame) await modifyApi(session, before, apiId, request, definition, ctx);
  const draft = isSame ? before : await getApi(session, request.gatewayId, apiId, ctx);
  await publishApi(session, request, apiId, definition, ctx, { draft, isSame });
  return made(request, apiId, definition);
}

/** Brings the group and the host name of the backend to where the route needs them. */
async function prepare(session: RouteSession, request: RouteCall, ctx: CallContext): Promise<GroupOutput> {
  const group = await session.groups.of(request.gatewayId, ctx);
  checkUnlocked(group);
  await bringToLink(session, group, request, ctx);
  await ensureHostName(session, request, ctx);
  return group;
}

/**
 * All APIs of a group are served by the instance that the group is on. A group whose published APIs all may
 * be changed by the route's owner is moved to the instance of the route. The service itself verifies that
 * all backends of the group can be reached from there.
 * @throws {UnsupportedError} when other owners have APIs published in the group.
 */
async function bringToLink(
  session: RouteSession,
  group: GroupOutput,
  { linkId, owner, gatewayId, key }: RouteCall,
  ctx: CallContext,
): Promise<void> {
  if (group.InstanceId === linkId) return;

  const apis = await listApis(session, gatewayId, ctx);
  const existing = apis.find(({ method, path }) => isPathOf(key, method, path));
  if (existing !== undefined && !isMarkOf(existing.owner, owner)) throw alreadyThere(gatewayId, key);

  const others = apis.filter((api) => api.stages.length > 0 && !mayChange(api.owner, owner));
  if (others.length > 0) {
    const some = others.slice(0, 5).map(({ method, path }) => `${method} ${path}`);
    throw new UnsupportedError(
      `API group ${gatewayId} is on ${group.InstanceId}, not on ${linkId}, and other owners have ${others.length} APIs published there: ${some.join(', ')}`,
      {
        remedy: `Move the whole group to ${linkId} first, or use a group of your own.`,
        details: { groupId: gatewayId, instanceId: group.InstanceId, linkId },
      },
    );
  }

  session.groups.forget(gatewayId);
  await moveGroup(session, group, linkId, ctx);
}

/**
 * The host name that a backend's certificate must match is set on the authorization, for all APIs that use
 * it.
 * @throws {InvalidInputError} `NOT_OURS` where an authorization of another owner has another host name.
 */
async function ensureHostName(session: RouteSession, { use, owner }: RouteCall, ctx: CallContext): Promise<void> {
  const serverName = use.tls?.serverName;
  if (serverName === undefined || serverName === '' || isPlainId(use.target.id)) return;

  const access = await session.accesses.of(use.target.id, ctx);
  if (access === undefined || access.hostName === serverName) return;
  if (!mayChange(access.owner, owner)) {
    throw new InvalidInputError(
      'NOT_OURS',
      `authorization ${access.name} is not managed by this project and has the host name ${JSON.stringify(access.hostName)}`,
      { remedy: `Set its host name to ${serverName}, or remove tls.serverName.` },
    );
  }

  session.accesses.forget(access.name);
  await modifyVpcAccess(session, access, { hostName: serverName }, ctx);
}

async function findRoute(
  session: RouteSession,
  groupId: string,
  key: string,
  ctx: CallContext,
  by?: { readonly id: string },
): Promise<Route | undefined> {
  const existing = await find(session, groupId, key, ctx, by);
  if (existing === undefined) return undefined;

  const { api, summary } = existing;
  const name = api.ServiceConfig?.VpcConfig?.Name;
  const [group, access, shown] = await Promise.all([
    session.groups.of(groupId, ctx),
    name === undefined ? undefined : session.accesses.of(name, ctx),
    // Where an API is as it was created, each of its publications has this definition, and the draft tells where it has one.
    isAsCreated(summary) ? undefined : publishedOn(session, groupId, summary.stages, [summary], ctx, summary.id),
  ]);
  const accesses = new Map(access === undefined ? [] : [[access.name, access] as const]);
  const stages = summary.stages.filter((stage) => shown === undefined || shows(shown.get(stage), summary));
  return toRoute(api, { groupId, instanceId: group.InstanceId, accesses, stages });
}

/** The API of a route, by its ID or as the list of all has it. */
async function find(
  session: Session,
  groupId: string,
  key: string,
  ctx: CallContext,
  by?: { readonly id: string },
): Promise<{ readonly api: ApiOutput; readonly summary: ApiSummary } | undefined> {
  const id = by?.id ?? (await listed(session, groupId, key, ctx))?.id;
  const api = id === undefined ? undefined : await getApi(session, groupId, id, ctx);
  if (api === undefined) return undefined;

  const summary = summaryOf(groupId, api);
  return isPathOf(key, summary.method, summary.path) ? { api, summary } : undefined;
}

function summaryOf(groupId: string, api: ApiOutput): ApiSummary {
  const { RequestHttpMethod: ApiMethod, RequestPath: ApiPath } = api.RequestConfig ?? {};
  return apiSummary(groupId, { ...allSent(api, ['ApiId'], 'DescribeApi'), ApiMethod, ApiPath });
}

async function deleteRoute(
  session: Session,
  groupId: string,
  key: string,
  owner: Owner,
  ctx: CallContext,
  by?: { readonly id: string },
): Promise<void> {
  // A read may not show yet what a plan has seen: an API counts as deleted only if reads lack it for as long as they may lag.
  const read = () => find(session, groupId, key, ctx, by);
  const known = by && (await read())?.summary;
  const existing =
    known ?? (await listed(session, groupId, key, ctx)) ?? (await readUntil(read, Boolean, STALENESS_MS, ctx))?.summary;
  if (existing === undefined) return;
  if (!isMarkOf(existing.owner, owner)) throw notOurs(groupId, key, owner, 'DeleteApi');

  for (const StageName of existing.stages) {
    await unlessGone(session.call(ctx, 'CloudAPI', 'AbolishApi', { GroupId: groupId, ApiId: existing.id, StageName }));
  }
  await unlessGone(session.call(ctx, 'CloudAPI', 'DeleteApi', { GroupId: groupId, ApiId: existing.id }));
}

function made(request: RouteCall, id: string, definition: Definition): Route {
  const { gatewayId, key, linkId, use, owner, stages = DEFAULT_STAGES } = request;
  const { project, spec, integration, name } = owner;
  return {
    id,
    gatewayId,
    key,
    linkId,
    targetId: use.target.id,
    tls: use.tls,
    path: use.path,
    stages: [...stages],
    owner: { project, ...defined({ spec }), integration, ...defined({ name }) },
    raw: plain(definition),
  };
}

async function listed(
  session: Session,
  groupId: string,
  key: string,
  ctx: CallContext,
): Promise<ApiSummary | undefined> {
  const apis = await unlessGone(listApis(session, groupId, ctx));
  return apis?.find(({ method, path }) => isPathOf(key, method, path));
}

function notOurs(groupId: string, key: string, { project, integration }: Owner, operation: string): CloudError {
  return new CloudError('NOT_OURS', `${key} of ${groupId} does not carry the mark of ${project}/${integration}`, {
    operation,
    remedy: 'Plan again, or change the API manually: it was created or changed outside of this project.',
  });
}

function alreadyThere(groupId: string, key: string): CloudError {
  return new CloudError('ALREADY_EXISTS', `API group ${groupId} has an API for ${key} already`, {
    operation: 'CreateApi',
    remedy:
      'Delete it first. To keep it, write `owner: external` on the integration of the spec (in a program, do not call `ensureRoute` for it).',
  });
}
