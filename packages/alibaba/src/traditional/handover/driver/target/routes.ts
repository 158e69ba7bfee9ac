import { CloudError, unlessGone } from '@postern/core/internal/adapter';
import type { FoundObject, RemoveAnswer } from '../../run/driver.js';
import { listRoutes } from '../../../../cloud-native/http-api.js';
import { listApig } from '../../../../client/lists.js';
import { sent } from '../../../../client/plain.js';
import { differing, environmentIn, keptFor, markOf, REMOVED, type At, type KindMethods } from './kind.js';

/** HTTP APIs: their names are unique in an account. */
export const apiKind: KindMethods<'api'> = {
  find: async (at): Promise<FoundObject | undefined> => {
    const { object, session, ctx } = at;
    const { name, type, basePath } = object.planned;
    const names = await listApig(session, ctx, 'HTTP APIs', 'ListHttpApis', { query: { name } });
    const row = names.find((one) => one.name === name)?.versionedHttpApis?.[0];
    if (row?.httpApiId === undefined) return undefined;

    const differs = differing(row, { type, ...(type === 'Rest' ? { basePath } : {}) });
    return { id: row.httpApiId, differs, isOurs: row.description === markOf(at) };
  },
  create: async (at) => {
    const { object, place, session, ctx } = at;
    const { name, type, basePath } = object.planned;
    const { httpApiId } = await session.apig(ctx, 'CreateHttpApi', {
      body: {
        name,
        type,
        protocols: ['HTTP', 'HTTPS'],
        description: markOf(at),
        belongGatewayId: place.gatewayId,
        ...(type === 'Rest' ? { basePath } : {}),
      },
    });
    return sent(httpApiId, 'httpApiId', 'CreateHttpApi', true);
  },
  remove: async ({ session, ctx }, httpApiId) => {
    const [other] = (await unlessGone(listRoutes(session, httpApiId, ctx))) ?? [];
    if (other !== undefined) return keptFor(`it has the route ${other.name}, which was not created by this hand-over`);

    await unlessGone(session.apig(ctx, 'DeleteHttpApi', { path: { httpApiId } }));
    return REMOVED;
  },
};

/** What a route is written with. Names differ from those that are read. */
async function bodyOf(at: At<'route'>) {
  const { object, place } = at;
  const { match, service, mock } = object.planned;
  return {
    name: object.name,
    description: markOf(at),
    environmentId: await environmentIn(at),
    domainIds: object.domains.map((name) => place.idOf('domain', name)),
    match: { path: match.path, methods: match.methods, headers: [], queryParams: [], ignoreUriCase: false },
    backendConfig:
      service === undefined || mock !== undefined
        ? { scene: 'Mock' }
        : { scene: 'SingleService', services: [{ serviceId: place.idOf('service', service), weight: 100 }] },
  };
}

/** Routes: one for each API of the group. */
export const routeKind: KindMethods<'route'> = {
  find: async (at): Promise<FoundObject | undefined> => {
    const { object, place } = at;
    const row = (await routesIn(at)).find(({ name }) => name === object.name);
    if (row?.routeId === undefined) return undefined;

    const { match, service } = object.planned;
    const ids = (row.domainInfos ?? []).map(({ domainId = '' }) => domainId).toSorted();
    const found = {
      path: row.match?.path,
      methods: [...(row.match?.methods ?? [])],
      domains: ids,
      service: row.backend?.services?.[0]?.serviceId,
    };
    const domains = object.domains.map((name) => place.idOf('domain', name)).toSorted();
    const wanted = {
      path: match.path,
      methods: [...match.methods],
      domains,
      ...(service === undefined ? {} : { service: place.idOf('service', service) }),
    };
    return { id: row.routeId, differs: differing(found, wanted), isOurs: row.description === markOf(at) };
  },
  create: async (at) => {
    const { place, session, ctx } = at;
    const path = { httpApiId: place.apiId };
    const { routeId } = await session.apig(ctx, 'CreateHttpApiRoute', { path, body: await bodyOf(at) }, 'create');
    return sent(routeId, 'routeId', 'CreateHttpApiRoute', true);
  },
  remove: async (at, routeId) => {
    const { place, session, ctx } = at;
    if ((await takeBack(at, routeId)).state === 'pending') return { state: 'pending' };

    await unlessGone(session.apig(ctx, 'DeleteHttpApiRoute', { path: { httpApiId: place.apiId, routeId } }));
    return REMOVED;
  },
};

/** Takes a route back that is published. It is read until it is not. */
async function takeBack(
  { place, session, ctx }: Pick<At<'route' | 'publication'>, 'place' | 'session' | 'ctx'>,
  routeId: string,
): Promise<RemoveAnswer> {
  const httpApiId = place.apiId;
  const row = await unlessGone(session.apig(ctx, 'GetHttpApiRoute', { path: { httpApiId, routeId } }));
  const { deployStatus = 'NotDeployed', environmentInfo } = row ?? {};
  if (deployStatus === 'NotDeployed') return REMOVED;

  if (deployStatus === 'Deployed' || /fail/i.test(deployStatus)) {
    const body = { routeId, environmentId: environmentInfo?.environmentId, gatewayId: place.gatewayId };
    await unlessGone(session.apig(ctx, 'UndeployHttpApi', { path: { httpApiId }, body }));
  }
  return { state: 'pending' };
}

/** The routes of the stage's HTTP API. */
function routesIn({ place, session, ctx, fresh }: Omit<At<'route'>, 'object'>) {
  return place.once('routes', () => listRoutes(session, place.apiId, ctx), fresh);
}

/** That a route is served: it is published, and read until it is. */
export const publicationKind: KindMethods<'publication'> = {
  find: async (at): Promise<FoundObject | undefined> => {
    const { object, place, session, ctx, fresh = false } = at;
    if (!fresh && place.isNew('route', object.name)) return undefined;

    const routeId = place.idOf('route', object.name);
    const listed = fresh ? undefined : (await routesIn(at)).find((row) => row.routeId === routeId);
    const { deployStatus = '' } =
      listed ?? (await session.apig(ctx, 'GetHttpApiRoute', { path: { httpApiId: place.apiId, routeId } }));
    return /^Deploy(?:ed|ing)$/.test(deployStatus) ? { id: routeId, differs: [], isOurs: true } : undefined;
  },
  create: async ({ object, place, session, ctx }) => {
    const routeId = place.idOf('route', object.name);
    await session.apig(ctx, 'DeployHttpApi', { path: { httpApiId: place.apiId }, body: { routeId } });
    return routeId;
  },
  settle: async ({ place, session, ctx }, routeId) => {
    const { deployStatus = '' } = await session.apig(ctx, 'GetHttpApiRoute', {
      path: { httpApiId: place.apiId, routeId },
    });
    if (deployStatus === 'Deployed') return 'done';
    if (!/fail/i.test(deployStatus)) return 'pending';

    throw new CloudError('WAIT_FAILED', `route ${routeId} is ${deployStatus}`, { operation: 'GetHttpApiRoute' });
  },
  remove: takeBack,
};
