import { formatBoundMark, type Route, type Gateway } from '@postern/core/internal/adapter';
import type { BackendServiceRow, HttpRouteRow, RouteMatchRow } from '../control/state.js';
import { madeId, type Building } from '../../twin/api-rows.js';

/** An HTTP API with its routes. Which route has which custom domain is not in a snapshot: each has all of its API. */
export function loadHttpApi(building: Building, gateway: Gateway): void {
  const { snapshot, state, now } = building;
  const guarded = gateway.routes.find(({ open }) => open === false);
  state.apig.apis.set(gateway.id, {
    id: gateway.id,
    name: gateway.name,
    type: 'Http',
    basePath: gateway.settings?.basePath ?? '',
    protocols: ['HTTP', 'HTTPS'],
    description: '',
    gatewayId: '',
    removeBasePathOnForward: false,
    firstByteTimeout: undefined,
    versionConfig: undefined,
    auth: { enableAuth: guarded !== undefined, authType: guarded?.authorization ?? '', authMode: '' },
    deployConfigs: [],
    resourceGroupId: `rg-acfm${snapshot.account.slice(-10)}`,
    revisions: [],
    createdAt: now,
    modifiedAt: now,
  });
  if (guarded) building.lack(`the consumers that may call ${gateway.id}`);
  const domainIds = loadDomains(building, gateway);
  for (const route of gateway.routes) {
    const row = routeOf(building, gateway, route, domainIds);
    if (row) state.apig.routes.set(row.id, row);
  }
}

function loadDomains({ state, now, lack }: Building, { id: apiId, settings }: Gateway): readonly string[] {
  const names = (settings?.domains ?? []).filter(({ kind }) => kind === 'custom').map(({ name }) => name);
  if (names.length > 0)
    lack(`protocols and certificates of the custom domains of ${apiId}: they are HTTP domains here`);
  return names.map((name) => {
    const known = [...state.apig.domains.values()].find((row) => row.name === name);
    const id = known?.id ?? madeId('d', name);
    const plain = { protocol: 'HTTP', certIdentifier: '', forceHttps: false, mTLSEnabled: false, others: {} };
    if (!known)
      state.apig.domains.set(id, { id, name, ...plain, resourceGroupId: '', createdAt: now, modifiedAt: now });
    return id;
  });
}

function routeOf(
  { state, now, lack }: Building,
  api: Gateway,
  route: Route,
  domainIds: readonly string[],
): HttpRouteRow | undefined {
  const match = matchOf(route.key);
  const gateway = state.apig.gateways.get(route.linkId ?? '');
  if (!match || !gateway) {
    lack(`route ${route.key} of ${api.id}: ${match ? 'its gateway' : 'what it matches'} is not known`);
    return undefined;
  }

  const services = servicesOf(route);
  const scene = services.length > 1 ? 'MultiServiceByRatio' : services.length === 1 ? 'SingleService' : 'Mock';
  const rules = { match, scene, services, domainIds, environmentId: gateway.environmentId, mock: undefined };
  const isPublished = (route.publishedOn ?? route.stages ?? []).length > 0;
  return {
    ...rules,
    id: route.id,
    apiId: api.id,
    gatewayId: gateway.id,
    name: `route-${route.id}`,
    description: descriptionOf(api.id, route, match),
    published: isPublished ? rules : undefined,
    changesUntil: 0,
    createdAt: now,
    modifiedAt: now,
  };
}

/** With the owner's mark, and the key behind it: the names of variables are nowhere else. */
function descriptionOf(httpApiId: string, { key, owner }: Route, match: RouteMatchRow): string {
  if (!owner) return match.path.type === 'Regex' ? key : '';

  const of = { httpApiId, type: match.path.type, value: match.path.value, methods: match.methods.toSorted() };
  return formatBoundMark(owner, of, [], key);
}

/** `svc-a (90), svc-b (10)`, or the one service of the target. */
function servicesOf({ targetId, routedBy, tls }: Route): readonly BackendServiceRow[] {
  if (targetId === undefined) return [];

  const [main = '', port] = targetId.split(':');
  const protocol = tls === undefined ? 'HTTP' : 'HTTPS';
  const row = (serviceId: string, weight: number): BackendServiceRow => ({
    serviceId,
    port: serviceId === main && port !== undefined ? Number(port) : undefined,
    protocol,
    version: '',
    weight,
  });
  const [shares] = Object.values(routedBy ?? {});
  const several = [...(shares ?? '').matchAll(/(?<![^\s,()])(svc-[^\s,()]+) \((\d+)\)/g)];
  if (several.length === 0) return [row(main, 100)];

  return several.map(([, serviceId = '', weight]) => row(serviceId, Number(weight)));
}

/**
 * What a key of a route means: `ANY /orders/{proxy+}` and `ANY /orders*` are prefixes, `ANY ~^/a` is an expression, and so is a path with
 * variables. Undefined for a key with conditions, of which it has only a hash.
 */
function matchOf(key: string): RouteMatchRow | undefined {
  const [, methods = '', path = '', conditions] = /^(\S+) (\S+)(?: (\[\w+\]))?$/.exec(key) ?? [];
  if (path === '' || conditions !== undefined) return undefined;

  return {
    path: pathOf(path),
    methods: methods === 'ANY' ? [] : methods.split(','),
    headers: [],
    queryParams: [],
    ignoreUriCase: false,
  };
}

const VARIABLE = /^\{[^}+]+\}$/;

function pathOf(path: string): RouteMatchRow['path'] {
  if (path.startsWith('~')) return { type: 'Regex', value: path.slice(1) };

  const parts = path.split('/').slice(1);
  const isGreedy = /^\{[^}]+\+\}$/.test(parts.at(-1) ?? '');
  if (parts.some((part) => VARIABLE.test(part))) {
    const pattern = parts.map((part, at) => {
      if (VARIABLE.test(part)) return '[^/]+';

      return isGreedy && at === parts.length - 1 ? '.*' : part.replaceAll(/[.+?^$()|\\]/g, String.raw`\$&`);
    });
    return { type: 'Regex', value: `^/${pattern.join('/')}$` };
  }
  if (isGreedy)
    return {
      type: 'Prefix',
      value: `/${parts
        .slice(0, -1)
        .map((part) => `${part}/`)
        .join('')}`,
    };

  return path.endsWith('*') ? { type: 'Prefix', value: path.slice(0, -1) } : { type: 'Exact', value: path };
}
