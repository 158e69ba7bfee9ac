import type { CallContext, Gateway, GatewayDomain } from '@postern/core/internal/library';
import { defined, formerText, readBoundMark, unlessGone, type Json, type Route } from '@postern/core/internal/adapter';
import { APIG_STAGE } from './cloud/types.js';
import type { HttpApiRow, RouteRow } from '../client/apis/apig.js';
import { redacted } from '../client/generated-client.js';
import type { Session } from '../client/session.js';
import { listApig } from '../client/lists.js';
import { toKey } from './route-match.js';
import { onlyPort, targetId, type Service } from './services.js';

/** Types of HTTP API that have routes. */
const WITH_ROUTES: ReadonlySet<string> = new Set(['Http', 'Rest']);

/** The HTTP APIs of the account that can have routes: they are not of one gateway. */
export async function listHttpApis(session: Session, ctx: CallContext): Promise<readonly HttpApiRow[]> {
  const names = await listApig(session, ctx, 'HTTP APIs', 'ListHttpApis');
  return names
    .flatMap(({ type, versionedHttpApis = [] }) => versionedHttpApis.map((row) => ({ type, ...row })))
    .filter(({ type = 'Http' }) => WITH_ROUTES.has(type));
}

export function getHttpApi(session: Session, httpApiId: string, ctx: CallContext): Promise<HttpApiRow | undefined> {
  return unlessGone(session.apig(ctx, 'GetHttpApi', { path: { httpApiId } }));
}

/** The routes of an HTTP API; with a name those whose names have it. */
export function listRoutes(
  session: Session,
  httpApiId: string,
  ctx: CallContext,
  name?: string,
): Promise<readonly RouteRow[]> {
  const what = `routes of ${httpApiId}`;
  const query = name === undefined ? {} : { name };
  return listApig(session, ctx, what, 'ListHttpApiRoutes', { path: { httpApiId }, query });
}

/** What a mark in the description of a route is bound to. */
export function markedBy(httpApiId: string, match: RouteRow['match']): Json {
  const { path, methods = [] } = match ?? {};
  return { httpApiId, type: path?.type ?? 'Exact', value: path?.value ?? '', methods: methods.toSorted() };
}

export function gatewayOf({ environmentInfo }: RouteRow): string | undefined {
  return environmentInfo?.gatewayInfo?.gatewayId || undefined;
}

/**
 * A route in the portable form. Its draft is read; that a change was not published since is not shown by any answer [U].
 * `services` are those of its gateway, whose ports count where the route names none.
 */
export function toRoute(row: RouteRow, api: HttpApiRow, services: ReadonlyMap<string, Service>): Route {
  const { routeId = '', match, description = '', deployStatus } = row;
  const { httpApiId = '' } = api;
  const used = (row.backend?.services ?? []).toSorted((a, b) => (b.weight ?? 0) - (a.weight ?? 0));
  const [main] = used;
  const service = main?.serviceId === undefined ? undefined : services.get(main.serviceId);
  // That of an instance of a registry is none of the service.
  const port = service?.registered === undefined ? (main?.port ?? (service && onlyPort(service))) : undefined;
  const isDeployed = deployStatus === 'Deployed' ? [APIG_STAGE] : deployStatus === 'NotDeployed' ? [] : undefined;
  const shares = used.map(({ serviceId = '', weight = 0 }) => `${serviceId} (${weight})`);
  return {
    id: routeId,
    gatewayId: httpApiId,
    key: toKey(match, formerText(description) || undefined),
    linkId: main === undefined ? undefined : gatewayOf(row),
    targetId: main?.serviceId === undefined ? undefined : targetId(main.serviceId, port),
    ...(main?.protocol?.toUpperCase() === 'HTTPS' ? { tls: {} } : {}),
    path: 'overwrite',
    stages: isDeployed ?? [],
    ...defined({ publishedOn: isDeployed }),
    // Weights decide for each call; only the heaviest service is evaluated.
    ...(used.length > 1 ? { routedBy: { [APIG_STAGE]: shares.join(', ') } } : {}),
    ...(api.enableAuth === true ? { open: false, authorization: api.authConfig?.authType ?? 'unknown' } : {}),
    owner: readBoundMark(description, markedBy(httpApiId, match)),
    raw: redacted(row),
  };
}

/** An HTTP API with its routes in the portable form. */
export function toGateway(api: HttpApiRow, rows: readonly RouteRow[], services: ReadonlyMap<string, Service>): Gateway {
  return {
    id: api.httpApiId ?? '',
    name: api.name ?? '',
    kind: 'apig-http-api',
    stages: [{ name: APIG_STAGE, autoDeploy: true }],
    routes: rows
      .filter((row) => (row as { builtin?: unknown }).builtin !== 'true')
      .map((row) => toRoute(row, api, services)),
    tags: {},
    settings: { basePath: api.basePath || undefined, domains: domainsOf(rows) },
    raw: redacted(api),
  };
}

/** The names by which callers reach an API: those of its gateways, where no custom domain is bound, and the custom ones. */
function domainsOf(rows: readonly RouteRow[]): readonly GatewayDomain[] {
  const found = new Map<string, GatewayDomain>();
  for (const { domainInfos = [], environmentInfo } of rows) {
    for (const { name = '' } of domainInfos) found.set(name, { name, kind: 'custom' });
    for (const { name = '', networkType } of environmentInfo?.subDomains ?? [])
      found.set(name, { name, kind: networkType === 'Internet' ? 'public' : 'network' });
  }
  found.delete('');
  return [...found.values()];
}
