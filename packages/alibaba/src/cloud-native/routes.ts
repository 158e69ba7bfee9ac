import type { CallContext, Owner } from '@postern/core/internal/library';
import {
  CloudError,
  createQueue,
  formatBoundMark,
  formerText,
  isMarkOf,
  mayChange,
  readUntil,
  unlessGone,
  waitFor,
  type Claim,
  type Route,
  type RouteCall,
  type RouteMethods,
} from '@postern/core/internal/adapter';
import type { HttpApiRow, RouteRow } from '../client/apis/apig.js';
import { sent } from '../client/plain.js';
import type { Session } from '../client/session.js';
import { STALENESS_MS } from '../limits.js';
import { environmentOf, requireGateway } from './gateway.js';
import { gatewayOf, getHttpApi, listRoutes, markedBy, toRoute } from './http-api.js';
import { routeName, toMatch } from './route-match.js';
import { listServices, serviceIdOf } from './services.js';

/** A change of what is published takes seconds to a minute [I]. */
const PUBLISH_TIMEOUT_MS = 300_000;
const PUBLISH_POLL_MS = 2_000;

/**
 * Routes of HTTP APIs, in the form of routes of core's driver: each is created or changed, and then published, because a
 * route serves nothing before DeployHttpApi. Writes to one API run one after the other.
 */
export function httpApiRoutes(session: Session): RouteMethods {
  const queue = createQueue();
  const write = <T>(apiId: string, ctx: CallContext, task: () => Promise<T>): Promise<T> =>
    queue(apiId, task, ctx.signal);
  return {
    create: (request, ctx) => {
      toMatch(request.key); // refuses an invalid key before the first call
      return write(request.gatewayId, ctx, () => createRoute(session, request, ctx));
    },
    find: (apiId, key, ctx, by) => findRoute(session, apiId, key, ctx, by),
    update: (route, request, ctx) => {
      toMatch(request.key);
      return write(request.gatewayId, ctx, () => updateRoute(session, route.id, request, ctx));
    },
    delete: (apiId, key, owner, ctx, by) => write(apiId, ctx, () => deleteRoute(session, apiId, key, owner, ctx, by)),
    adopt: (apiId, key, owner, ctx) => write(apiId, ctx, () => markRoute(session, apiId, key, owner, 'write', ctx)),
    forget: (apiId, key, owner, ctx) => write(apiId, ctx, () => markRoute(session, apiId, key, owner, 'remove', ctx)),
  };
}

/** @throws {CloudError} `NOT_FOUND` */
async function requireApi(session: Session, httpApiId: string, ctx: CallContext): Promise<HttpApiRow> {
  const api = await getHttpApi(session, httpApiId, ctx);
  if (api !== undefined) return { httpApiId, ...api };

  throw new CloudError('NOT_FOUND', `HTTP API ${httpApiId} does not exist`, {
    operation: 'GetHttpApi',
    remedy: 'Check the ID and the account.',
  });
}

async function findRoute(
  session: Session,
  apiId: string,
  key: string,
  ctx: CallContext,
  by?: { readonly id: string },
): Promise<Route | undefined> {
  const read = await getHttpApi(session, apiId, ctx);
  if (read === undefined) return undefined;

  const api = { httpApiId: apiId, ...read };
  const found = await findRow(session, apiId, api, key, ctx, by);
  return found && (await portable(session, [found], api, ctx))[0];
}

/**
 * Routes as a snapshot has them. Where a route names no port, or was not written by Postern, its service says which one calls go to: that of
 * its addresses, or none where a registry gives them.
 */
async function portable(
  session: Session,
  rows: readonly RouteRow[],
  api: HttpApiRow,
  ctx: CallContext,
): Promise<readonly Route[]> {
  const drafts = rows.map((row) => toRoute(row, api, new Map()));
  const unsure = drafts.filter(({ owner, targetId = '' }) => owner === undefined || targetId === serviceIdOf(targetId));
  const gatewayIds = [...new Set(unsure.flatMap(({ linkId }) => linkId ?? []))];
  if (gatewayIds.length === 0) return drafts;

  const lists = await Promise.all(gatewayIds.map((id) => listServices(session, id, ctx)));
  const services = new Map(lists.flat().map((service) => [service.id, service] as const));
  return rows.map((row) => toRoute(row, api, services));
}

async function findRow(
  session: Session,
  httpApiId: string,
  api: HttpApiRow,
  key: string,
  ctx: CallContext,
  by?: { readonly id: string },
): Promise<RouteRow | undefined> {
  const isIt = (row: RouteRow): boolean => toRoute(row, api, new Map()).key === key;
  if (by !== undefined) {
    const path = { httpApiId, routeId: by.id };
    const row = await unlessGone(session.apig(ctx, 'GetHttpApiRoute', { path }));
    if (row !== undefined && isIt(row)) return { routeId: by.id, ...row };
  }
  return (await listRoutes(session, httpApiId, ctx)).find(isIt);
}

async function createRoute(session: Session, request: RouteCall, ctx: CallContext): Promise<Route> {
  const { gatewayId: httpApiId, key, owner } = request;
  const api = await requireApi(session, httpApiId, ctx);
  const rows = await listRoutes(session, httpApiId, ctx);
  const existing = rows.find((row) => toRoute(row, api, new Map()).key === key);
  if (existing !== undefined) {
    const mark = toRoute(existing, api, new Map()).owner;
    if (!isMarkOf(mark, owner)) {
      throw new CloudError('ALREADY_EXISTS', `HTTP API ${httpApiId} has a route ${key}`, {
        operation: 'CreateHttpApiRoute',
        remedy: 'Plan again: another writer created the route.',
      });
    }

    return updateRoute(session, existing.routeId ?? '', request, ctx);
  }

  const body = { ...(await bodyOf(session, request, ctx)), name: routeName(key), domainIds: sharedDomains(rows) };
  const { routeId } = await session.apig(ctx, 'CreateHttpApiRoute', { path: { httpApiId }, body }, 'create');
  const id = sent(routeId, 'routeId', 'CreateHttpApiRoute', true);
  return publish(session, api, id, request, ctx);
}

/** The custom domains that all routes of an API have: without them a new one would not be reached by its callers. */
function sharedDomains(rows: readonly RouteRow[]): readonly string[] {
  const [first, ...others] = rows.map(({ domainInfos = [] }) => domainInfos.flatMap(({ domainId }) => domainId ?? []));
  return (first ?? []).filter((id) => others.every((list) => list.includes(id)));
}

/** What a route is written with: names differ from those that are read. */
async function bodyOf(
  session: Session,
  { key, linkId, use, owner, gatewayId }: RouteCall,
  ctx: CallContext,
  former = '',
) {
  const gateway = await requireGateway(session, linkId, ctx);
  const match = { ...toMatch(key), headers: [], queryParams: [], ignoreUriCase: false };
  const protocol = use.tls === undefined ? 'HTTP' : 'HTTPS';
  const service = { serviceId: serviceIdOf(use.target.id), port: use.target.port, protocol, weight: 100 };
  // The names of variables are only in the key.
  const text = former === '' && key.includes('{') ? key : former;
  return {
    description: formatBoundMark(owner, markedBy(gatewayId, match), [], text),
    environmentId: environmentOf(gateway),
    match,
    backendConfig: { scene: 'SingleService', services: [service] },
  };
}

async function updateRoute(session: Session, routeId: string, request: RouteCall, ctx: CallContext): Promise<Route> {
  const { gatewayId: httpApiId, key, owner } = request;
  const api = await requireApi(session, httpApiId, ctx);
  const path = { httpApiId, routeId };
  const row = await readRow(session, path, ctx);
  if (row === undefined)
    throw new CloudError('NOT_FOUND', `HTTP API ${httpApiId} has no route ${key}`, { operation: 'GetHttpApiRoute' });

  const mark = toRoute(row, api, new Map()).owner;
  // Minutes may have passed since the plan. A write does not restore a mark that was removed in that time.
  if (!mayChange(mark, owner)) throw notOurs(httpApiId, key, 'UpdateHttpApiRoute');

  const body = {
    ...(await bodyOf(session, request, ctx, formerText(row.description))),
    domainIds: (row.domainInfos ?? []).flatMap(({ domainId }) => domainId ?? []),
  };
  await session.apig(ctx, 'UpdateHttpApiRoute', { path, body });
  return publish(session, api, routeId, request, ctx);
}

/** Publishes a route, and waits until the answer shows it. */
async function publish(
  session: Session,
  api: HttpApiRow,
  routeId: string,
  { use }: RouteCall,
  ctx: CallContext,
): Promise<Route> {
  const row = await publishRoute(session, { httpApiId: api.httpApiId ?? '', routeId }, ctx);
  return { ...toRoute({ routeId, ...row }, api, new Map()), targetId: use.target.id };
}

/** Publishes a route as it is written, and waits until the answer shows it. */
export async function publishRoute(
  session: Session,
  { httpApiId, routeId }: { readonly httpApiId: string; readonly routeId: string },
  ctx: CallContext,
): Promise<RouteRow> {
  await session.apig(ctx, 'DeployHttpApi', { path: { httpApiId }, body: { routeId } });
  const row = await waitForStatus(session, httpApiId, routeId, 'Deployed', ctx);
  if (row !== undefined) return row;

  throw new CloudError('OUTCOME_UNKNOWN', `no read shows route ${routeId} of ${httpApiId}, which was published`, {
    operation: 'GetHttpApiRoute',
    outcomeUnknown: true,
    remedy: 'Run again in a few minutes; the next run looks for it before it creates anything.',
  });
}

/** A route that an answer named. A read may not show it yet, so it is missing only if it is missing for that long. */
function readRow(
  session: Session,
  path: { readonly httpApiId: string; readonly routeId: string },
  ctx: CallContext,
): Promise<RouteRow | undefined> {
  const read = () => unlessGone(session.apig(ctx, 'GetHttpApiRoute', { path }));
  return readUntil(read, (one) => one !== undefined, STALENESS_MS, ctx);
}

/**
 * Waits for a status. Undefined: the route is gone. One that shows the other status for longer than reads lag, and no change under way, was
 * changed back by another writer: how long a change takes to begin is not documented [U].
 */
function waitForStatus(
  session: Session,
  httpApiId: string,
  routeId: string,
  target: 'Deployed' | 'NotDeployed',
  ctx: CallContext,
): Promise<RouteRow | undefined> {
  const other = target === 'Deployed' ? 'NotDeployed' : 'Deployed';
  const askedMs = ctx.clock.monotonicMs();
  return waitFor({
    what: `route ${routeId}`,
    read: () => readRow(session, { httpApiId, routeId }, ctx),
    status: (row) => {
      const { deployStatus = '' } = row ?? { deployStatus: target };
      const isBack = deployStatus === other && ctx.clock.monotonicMs() - askedMs > 3 * STALENESS_MS;
      return isBack || deployStatus === target || /fail/i.test(deployStatus) ? deployStatus : 'pending';
    },
    reason: (row) => (row?.deployStatus === other ? 'another writer changed it back' : undefined),
    pending: ['pending'],
    target: [target],
    timeoutMs: PUBLISH_TIMEOUT_MS,
    pollMs: PUBLISH_POLL_MS,
    clock: ctx.clock,
    signal: ctx.ending ?? ctx.signal,
  });
}

/** A published route has to be taken back before it is deleted. One that does not exist is not an error. */
async function deleteRoute(
  session: Session,
  httpApiId: string,
  key: string,
  owner: Owner,
  ctx: CallContext,
  by?: { readonly id: string },
): Promise<void> {
  const api = await getHttpApi(session, httpApiId, ctx);
  if (api === undefined) return;

  // A read may not show yet what a plan has seen.
  const read = () => findRow(session, httpApiId, { httpApiId, ...api }, key, ctx, by);
  const row = await (by === undefined ? read() : readUntil(read, (one) => one !== undefined, STALENESS_MS, ctx));
  if (row === undefined) return;

  if (!mayChange(toRoute(row, { httpApiId, ...api }, new Map()).owner, owner))
    throw notOurs(httpApiId, key, 'DeleteHttpApiRoute');

  const { routeId = '', environmentInfo, deployStatus } = row;
  if (deployStatus !== 'NotDeployed') {
    const body = { routeId, environmentId: environmentInfo?.environmentId, gatewayId: gatewayOf(row) };
    await unlessGone(session.apig(ctx, 'UndeployHttpApi', { path: { httpApiId }, body }));
    await waitForStatus(session, httpApiId, routeId, 'NotDeployed', ctx);
  }
  await unlessGone(session.apig(ctx, 'DeleteHttpApiRoute', { path: { httpApiId, routeId } }));
}

/** Writes or removes the mark of a route, and changes nothing else: what is published stays. */
async function markRoute(
  session: Session,
  httpApiId: string,
  key: string,
  owner: Claim,
  how: 'write' | 'remove',
  ctx: CallContext,
): Promise<void> {
  const api = await requireApi(session, httpApiId, ctx);
  const row = await findRow(session, httpApiId, api, key, ctx);
  if (row === undefined) {
    if (how === 'remove') return;

    throw new CloudError('NOT_FOUND', `HTTP API ${httpApiId} has no route ${key}`, { operation: 'ListHttpApiRoutes' });
  }

  const { owner: mark } = toRoute(row, api, new Map());
  if (mark === undefined ? how === 'remove' : how === 'write' && isMarkOf(mark, owner)) return;
  if (mark !== undefined && !mayChange(mark, owner)) throw notOurs(httpApiId, key, 'UpdateHttpApiRoute');

  const former = formerText(row.description);
  const description = how === 'remove' ? former : formatBoundMark(owner, markedBy(httpApiId, row.match), [], former);
  const body = writtenRoute(row, { description });
  await session.apig(ctx, 'UpdateHttpApiRoute', { path: { httpApiId, routeId: row.routeId ?? '' }, body });
}

/** A route as it is written: names differ from those that are read. What `changes` does not name is as it was read. */
export function writtenRoute(
  row: RouteRow,
  changes: { readonly description?: string; readonly backendConfig?: object },
) {
  return {
    description: row.description,
    environmentId: row.environmentInfo?.environmentId,
    domainIds: (row.domainInfos ?? []).flatMap(({ domainId }) => domainId ?? []),
    match: row.match,
    backendConfig: {
      scene: row.backend?.scene,
      services: (row.backend?.services ?? []).map(({ serviceId, port, protocol, weight }) => ({
        serviceId,
        port,
        protocol,
        weight,
      })),
    },
    ...changes,
  };
}

function notOurs(httpApiId: string, key: string, operation: string): CloudError {
  return new CloudError('NOT_OURS', `${key} of ${httpApiId} does not carry the mark of this project and spec`, {
    operation,
    remedy: 'Plan again: another writer changed the route.',
  });
}
