import {
  CloudError,
  createQueue,
  InvalidInputError,
  isMarkOf,
  isPosternError,
  mayChange,
  unlessGone,
  UnsupportedError,
  type CallContext,
  type Owner,
  type Route,
  type RouteMethods,
  type RouteCall,
} from '@postern/core/adapter';
import { adoptApi, definitionFor, type Definition } from './adopted-api.js';
import { checkUnlocked, moveGroup, requireGroup, type GroupOutput } from './api-group.js';
import { listApis, listPublished, publishedOn, shows, type ApiSummary } from './api-list.js';
import { endOf, getApi, toRoute, type ApiOutput } from './api.js';
import { forgetApi } from './forget-api.js';
import { plain, sent } from '../client/plain.js';
import { isPathOf, toApiPath } from './route-key.js';
import type { Session } from '../client/session.js';
import { testAccess } from './test-call.js';
import { isPlainId } from '../target/target.js';
import { listVpcAccesses, modifyVpcAccess } from '../target/vpc-access.js';

/** Where a route is published that names no stage. */
const DEFAULT_STAGES = ['RELEASE'] as const;

/**
 * APIs of a group, in the form of routes of core's driver: drafted, and published to each of the named
 * stages. Writes to one group run one after the other.
 */
export function routes(session: Session): RouteMethods {
  const queue = createQueue();
  return {
    create: (request, ctx) => {
      toApiPath(request.key); // refuses an invalid key before the first call
      return queue(request.gatewayId, () => createRoute(session, request, ctx), ctx.signal);
    },
    testCall: (call, ctx) => testAccess(session, call, ctx),
    find: (groupId, key, ctx) => findRoute(session, groupId, key, ctx),
    update: (route, request, ctx) => {
      toApiPath(request.key);
      return queue(request.gatewayId, () => updateRoute(session, route.id, request, ctx), ctx.signal);
    },
    delete: (groupId, key, owner, ctx) =>
      queue(groupId, () => deleteRoute(session, groupId, key, owner, ctx), ctx.signal),
    adopt: (groupId, key, owner, ctx) => queue(groupId, () => adoptApi(session, groupId, key, owner, ctx), ctx.signal),
    forget: (groupId, key, owner, ctx) =>
      queue(groupId, () => forgetApi(session, groupId, key, owner, ctx), ctx.signal),
    deploy: () =>
      Promise.reject(
        new UnsupportedError('APIs are published one by one, each with its own change', {
          remedy: 'Name the stages on the gateway: { apiGroup: …, stages: [RELEASE] }.',
        }),
      ),
  };
}

async function createRoute(session: Session, request: RouteCall, ctx: CallContext): Promise<Route> {
  const { gatewayId, key, owner } = request;
  const group = await requireGroup(session, gatewayId, ctx);
  checkUnlocked(group);
  const apis = await listApis(session, gatewayId, ctx);
  const there = apis.find(({ method, path }) => isPathOf(key, method, path));
  if (there !== undefined && !sameOwner(there.owner, owner)) throw alreadyThere(gatewayId, key);
  await bringToLink(session, group, apis, request, ctx);
  await ensureHostName(session, request, ctx);
  const before = there && (await getApi(session, gatewayId, there.id, ctx));
  const definition = definitionFor(before, request, group.BasePath);
  const id = there === undefined ? await create(session, request, definition, ctx) : there.id;
  // One that a run left behind may be from another spec.
  if (there !== undefined && there.description !== definition.Description)
    await modify(session, before, id, request, definition, ctx);
  await publish(session, request, id, definition, ctx);
  return made(request, id, definition);
}

/**
 * Names are unique in a group, so creating is safe to repeat: a create that is refused because the API
 * exists finds a managed API.
 */
async function create(
  session: Session,
  { gatewayId, key, owner }: RouteCall,
  definition: Definition,
  ctx: CallContext,
): Promise<string> {
  // Plug-ins control who may call it. The API is not offered on a market.
  const query = { GroupId: gatewayId, ...definition, Visibility: 'PRIVATE', AuthType: 'ANONYMOUS' };
  try {
    const { ApiId } = await session.call(ctx, 'CloudAPI', 'CreateApi', query, 'idempotent');
    return sent(ApiId, 'ApiId', 'CreateApi', true);
  } catch (error) {
    if (!isPosternError(error, 'ALREADY_EXISTS')) throw error;
    const apis = await listApis(session, gatewayId, ctx);
    const existing = apis.find(({ method, path }) => isPathOf(key, method, path));
    if (existing !== undefined && sameOwner(existing.owner, owner)) return existing.id;
    throw error;
  }
}

async function updateRoute(session: Session, apiId: string, request: RouteCall, ctx: CallContext): Promise<Route> {
  const { gatewayId, key } = request;
  const [group, apis] = await Promise.all([requireGroup(session, gatewayId, ctx), listApis(session, gatewayId, ctx)]);
  checkUnlocked(group);
  const there = apis.find(({ id }) => id === apiId);
  if (there === undefined) {
    throw new CloudError('NOT_FOUND', `API group ${gatewayId} has no API ${apiId} (${key})`, {
      operation: 'DescribeApis',
    });
  }
  // Minutes may have passed since the plan. A write does not restore a mark that was removed in that time.
  if (there.owner?.project !== request.owner.project) throw notOurs(gatewayId, key, request.owner, 'ModifyApi');
  await bringToLink(session, group, apis, request, ctx);
  await ensureHostName(session, request, ctx);
  const before = await getApi(session, gatewayId, apiId, ctx);
  const definition = definitionFor(before, request, group.BasePath);
  // Another writer may have changed the backend, and left the description with its hash.
  const drifted = before !== undefined && !callsAs(before.ServiceConfig ?? {}, definition);
  if (drifted || there.description !== definition.Description)
    await modify(session, before, apiId, request, definition, ctx);
  await publish(session, request, apiId, definition, ctx, drifted);
  return made(request, apiId, definition);
}

type Service = NonNullable<ApiOutput['ServiceConfig']>;

/** Whether a draft calls its backend as a definition does. */
function callsAs(is: Service, { ServiceConfig }: Definition): boolean {
  const wanted = JSON.parse(ServiceConfig) as Service;
  const method = ({ ServiceHttpMethod = 'ANY' }: Service): string => ServiceHttpMethod.toUpperCase();
  const end = (service: Service): string => `${endOf(service)} ${service.VpcConfig?.VpcScheme?.toUpperCase() ?? ''}`;
  return end(is) === end(wanted) && method(is) === method(wanted);
}

/**
 * Updates an API. Settings that the route does not contain keep their current values: who may call the API,
 * and from where.
 */
async function modify(
  session: Session,
  before: ApiOutput | undefined,
  apiId: string,
  { gatewayId }: RouteCall,
  definition: Definition,
  ctx: CallContext,
): Promise<void> {
  const kept = {
    Visibility: before?.Visibility,
    AuthType: before?.AuthType,
    AppCodeAuthType: before?.AppCodeAuthType,
    AllowSignatureMethod: before?.AllowSignatureMethod,
    DisableInternet: before?.DisableInternet,
    ForceNonceCheck: before?.ForceNonceCheck,
  };
  await session.call(ctx, 'CloudAPI', 'ModifyApi', { GroupId: gatewayId, ApiId: apiId, ...kept, ...definition });
}

/** Publishes to the stages that do not show this definition yet: to all of them where the draft was not as its description says. */
async function publish(
  session: Session,
  { gatewayId, stages = DEFAULT_STAGES }: RouteCall,
  apiId: string,
  { Description }: Definition,
  ctx: CallContext,
  drifted = false,
): Promise<void> {
  for (const stage of stages) {
    const shown = await listPublished(session, gatewayId, stage, ctx);
    if (!drifted && shown.get(apiId) === Description) continue;
    await session.call(ctx, 'CloudAPI', 'DeployApi', {
      GroupId: gatewayId,
      ApiId: apiId,
      StageName: stage,
      Description,
    });
  }
}

/**
 * All APIs of a group are served by the instance that the group is on. A group whose published APIs all may
 * be changed by the route's owner is moved to the instance of the route. The service itself verifies that
 * all backends of the group can be reached from there.
 * @throws {UnsupportedError} when other owners have APIs published in the group.
 */
async function bringToLink(
  session: Session,
  group: GroupOutput,
  apis: readonly ApiSummary[],
  { linkId, owner, gatewayId }: RouteCall,
  ctx: CallContext,
): Promise<void> {
  if (group.InstanceId === linkId) return;
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
  await moveGroup(session, group, linkId, ctx);
}

/**
 * The host name that a backend's certificate must match is set on the authorization, for all APIs that use
 * it.
 * @throws {InvalidInputError} `NOT_OURS` where an authorization of another owner has another host name.
 */
async function ensureHostName(session: Session, { use, owner }: RouteCall, ctx: CallContext): Promise<void> {
  const serverName = use.tls?.serverName;
  if (serverName === undefined || serverName === '' || isPlainId(use.target.id)) return;
  const [access] = await listVpcAccesses(session, ctx, { name: use.target.id });
  if (access === undefined || access.hostName === serverName) return;
  if (!mayChange(access.owner, owner)) {
    throw new InvalidInputError(
      'NOT_OURS',
      `authorization ${access.name} is not managed by this project and has the host name ${JSON.stringify(access.hostName)}`,
      { remedy: `Set its host name to ${serverName}, or remove tls.serverName.` },
    );
  }
  await modifyVpcAccess(session, access, { hostName: serverName }, ctx);
}

async function findRoute(session: Session, groupId: string, key: string, ctx: CallContext): Promise<Route | undefined> {
  const apis = await unlessGone(listApis(session, groupId, ctx));
  const summary = apis?.find(({ method, path }) => isPathOf(key, method, path));
  if (summary === undefined) return undefined;
  const [group, api] = await Promise.all([
    requireGroup(session, groupId, ctx),
    getApi(session, groupId, summary.id, ctx),
  ]);
  if (api === undefined) return undefined;
  const name = api.ServiceConfig?.VpcConfig?.Name;
  const [accesses, shown] = await Promise.all([
    name === undefined ? [] : listVpcAccesses(session, ctx, { name }),
    publishedOn(session, groupId, summary.stages, [summary], ctx),
  ]);
  const byName = new Map(accesses.map((access) => [access.name, access] as const));
  const stages = summary.stages.filter((stage) => shows(shown.get(stage), summary));
  return toRoute(api, { groupId, instanceId: group.InstanceId, accesses: byName, stages });
}

async function deleteRoute(
  session: Session,
  groupId: string,
  key: string,
  owner: Owner,
  ctx: CallContext,
): Promise<void> {
  // A list may be stale: an API counts as deleted only if two lists lack it.
  const there = (await listed(session, groupId, key, ctx)) ?? (await listed(session, groupId, key, ctx));
  if (there === undefined) return;
  if (!sameOwner(there.owner, owner)) throw notOurs(groupId, key, owner, 'DeleteApi');
  for (const StageName of there.stages) {
    await unlessGone(session.call(ctx, 'CloudAPI', 'AbolishApi', { GroupId: groupId, ApiId: there.id, StageName }));
  }
  await unlessGone(session.call(ctx, 'CloudAPI', 'DeleteApi', { GroupId: groupId, ApiId: there.id }));
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
    owner: { project, ...(spec === undefined ? {} : { spec }), integration, ...(name === undefined ? {} : { name }) },
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

function sameOwner(a: Owner | undefined, b: Owner): boolean {
  return isMarkOf(a, b);
}
