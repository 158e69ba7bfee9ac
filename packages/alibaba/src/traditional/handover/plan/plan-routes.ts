import { defined, type Json } from '@postern/core/internal/adapter';
import { keyText } from '../assess/rules/paths.js';
import { membersOf, numberIn, textIn, type AssessView, type Published } from '../assess/view.js';
import { type RouteMatch, RATE_UNITS, timeoutSeconds } from '../mapping/route-match.js';
import type { PolicyUse } from '../source/source.js';
import { namesFrom } from './fingerprint.js';
import type { GuardType, PlannedPolicy, PlannedRoute, PlannedService } from './plan-values.js';
import { isAddress } from '@postern/core/internal/cloud';
import { NACOS } from '../../../cloud-native/cloud/sources.js';
import { hostOf } from '../mapping/backend-host.js';

/** One route for each API of a stage. */
export function planRoutes(
  view: AssessView,
  published: readonly Published[],
  { serviceOf }: PlannedServices,
): readonly PlannedRoute[] {
  const nameOf = namesFrom();
  const attached = policiesByApi(view);
  const guards = guardsOf(view);
  const asked = new Set(published.filter(({ method }) => method === 'OPTIONS').map(({ path }) => path));
  return published.map((one): PlannedRoute => {
    const { api, deployment, backend } = one;
    const service = serviceOf(one);
    const guard = guards.get(`${deployment.stage} ${api.id}`);
    const policies = [...ownPolicies(view, one), ...(attached.get(`${deployment.stage} ${api.id}`) ?? [])];
    const isCors = policies.some((policy) => policy.class === 'Cors');
    const match = isCors && !asked.has(one.path) ? withPreflight(view.matchOf(one)) : view.matchOf(one);
    if (isCors) asked.add(one.path);
    return {
      name: nameOf(api.name),
      apiId: api.id,
      key: keyText(one),
      match,
      ...defined({ service }),
      ...(backend?.kind === 'mock'
        ? { mock: { status: backend.mock?.status ?? 200, hasBody: backend.mock?.hasBody === true } }
        : {}),
      policies,
      signed: deployment.auth === 'app',
      ...defined({ guard }),
    };
  });
}

/**
 * Browsers ask with OPTIONS before they call. The classic plug-in answers for an API of any method; the engine only where the route
 * matches OPTIONS, too [I].
 * @see https://github.com/envoyproxy/gateway/issues/6316
 */
const withPreflight = (match: RouteMatch): RouteMatch =>
  match.methods.length === 0 ? match : { ...match, methods: [...match.methods, 'OPTIONS'] };

const GUARDS: readonly GuardType[] = ['jwtAuth', 'basicAuth', 'remoteAuth'];

/** The plug-in that authenticates callers, by stage and API: one that a run builds comes first. */
function guardsOf({ source, reached }: AssessView): ReadonlyMap<string, GuardType> {
  const found = new Map<string, GuardType>();
  for (const guard of GUARDS) {
    for (const { uses } of source.plugins.filter(({ type }) => type === guard)) {
      for (const [stage, apis] of reached(uses)) {
        for (const { api } of apis) if (!found.has(`${stage} ${api.id}`)) found.set(`${stage} ${api.id}`, guard);
      }
    }
  }
  return found;
}

/** What the definition of the API itself needs. */
function* ownPolicies(view: AssessView, one: Published): Iterable<PlannedPolicy> {
  const { backend, deployment, path } = one;
  if (backend === undefined || backend.kind === 'mock') return;

  const to = backend.path === undefined ? undefined : resolvedText(view, deployment.stage, backend.path);
  const host = backend.kind === 'vpc' ? view.access(backend.accessName ?? '')?.hostName : undefined;
  if ((to !== undefined && to !== path) || host !== undefined) {
    yield {
      class: 'HttpRewrite',
      settings: {
        ...(to === undefined || to === path ? {} : { from: path, path: to }),
        ...defined({ host }),
      },
    };
  }
  // The sample of the service: {"unitNum":1,"timeUnit":"s","enable":true}.
  if (backend.timeoutMs !== undefined) {
    yield { class: 'Timeout', settings: { unitNum: timeoutSeconds(backend.timeoutMs), timeUnit: 's', enable: true } };
  }
  const constants = deployment.constants.filter(({ place }) => place === 'header').map(({ name }) => name);
  if (constants.length > 0) yield { class: 'HeaderModify', settings: {}, valuesOf: constants };
}

/** What is attached to APIs: throttling, lists of addresses, CORS. */
function policiesByApi(view: AssessView): ReadonlyMap<string, readonly PlannedPolicy[]> {
  const found = new Map<string, PlannedPolicy[]>();
  const add = (uses: readonly PolicyUse[], policy: PlannedPolicy | undefined): void => {
    if (policy === undefined) return;

    for (const [stage, apis] of view.reached(uses)) {
      for (const { api } of apis) {
        const key = `${stage} ${api.id}`;
        found.set(key, [...(found.get(key) ?? []), policy]);
      }
    }
  };
  const { throttles, ipControls, plugins } = view.source;
  for (const { unit, perApi, uses } of throttles) add(uses, limit(unit, perApi));
  for (const { allows, entries, uses } of ipControls) {
    const blocks = entries.filter(({ appId }) => appId === undefined).map(({ block }) => block);
    add(uses, { class: 'IpAccessControl', settings: { allow: allows, blocks } });
  }
  for (const { type, body, uses } of plugins) add(uses, pluginPolicy(type, body));
  return found;
}

function pluginPolicy(type: string, body: Json): PlannedPolicy | undefined {
  switch (type) {
    case 'trafficControl':
      return limit(textIn(body, 'unit')?.toUpperCase() ?? 'SECOND', numberIn(body, 'apiDefault'));
    case 'ipControl': {
      const items = membersOf(body, 'items').filter(
        (item) => textIn(item, 'appId') === undefined && numberIn(item, 'appId') === undefined,
      );
      const blocks = items.flatMap((item) => membersOf(item, 'blocks'));
      return { class: 'IpAccessControl', settings: { allow: !/^refuse$/i.test(textIn(body, 'type') ?? ''), blocks } };
    }
    case 'cors':
      return { class: 'Cors', settings: { classic: body } };
    default:
      return undefined;
  }
}

/** The keys of the service's own sample: {"unit":"Second","limit":100,"responseStatusCode":429}. */
function limit(unit: string, calls: number | undefined): PlannedPolicy | undefined {
  const per = RATE_UNITS[unit];
  if (per === undefined || calls === undefined) return undefined;

  return { class: 'RateLimit', settings: { unit: per, limit: calls, responseStatusCode: 429 } };
}

/** The services of a stage, and which of them each API calls. */
interface PlannedServices {
  readonly services: readonly PlannedService[];
  readonly serviceOf: (one: Published) => string | undefined;
}

/** One service for each backend: an authorization, an address, a function or a registry. */
export function planServices(view: AssessView, published: readonly Published[]): PlannedServices {
  const nameOf = namesFrom();
  const services = new Map<string, PlannedService>();
  for (const one of published) {
    const key = keyOf(one);
    if (key === undefined || services.has(key)) continue;

    const service = serviceFor(view, one);
    if (service !== undefined) services.set(key, { ...service, name: nameOf(service.name) });
  }
  return {
    services: [...services.values()],
    serviceOf: (one) => services.get(keyOf(one) ?? '')?.name,
  };
}

function keyOf({ backend, deployment }: Published): string | undefined {
  if (backend === undefined || backend.kind === 'mock') return undefined;

  const { kind, scheme, accessName = '', address = '', function: fn, discovery } = backend;
  const { server = '', namespace = '', group = '', service = '' } = discovery ?? {};
  const registered = [server, namespace, group, service];
  return [deployment.stage, kind, scheme, accessName, address, fn?.name ?? '', ...registered].join(' ');
}

function serviceFor(view: AssessView, { backend, deployment }: Published): PlannedService | undefined {
  if (backend === undefined) return undefined;

  const https = backend.scheme === 'https';
  const base = { protocol: https ? ('HTTPS' as const) : ('HTTP' as const), healthCheck: { protocol: 'TCP' as const } };
  if (backend.kind === 'vpc') {
    const access = view.access(backend.accessName ?? '');
    if (access?.resolved.is !== 'found') return undefined;

    const { name, instanceId, port, hostName, resolved } = access;
    return {
      ...base,
      name,
      kind: 'VIP',
      addresses: [`${resolved.address}:${port}`],
      from: { access: name, instanceId, at: resolved.at },
      policies: https ? [tlsPolicy(hostName)] : [],
    };
  }
  if (backend.kind === 'http') {
    const host = hostOf(resolvedText(view, deployment.stage, backend.address ?? ''));
    if (host === undefined) return undefined;

    const kind = isAddress(host.name) ? 'VIP' : 'DNS';
    return {
      ...base,
      name: host.name,
      kind,
      addresses: [`${host.name}:${host.port}`],
      policies: https ? [tlsPolicy(kind === 'DNS' ? host.name : undefined)] : [],
    };
  }
  if (backend.kind === 'function') {
    const name = backend.function?.name ?? '';
    return { name, kind: 'FC3', protocol: 'HTTP', addresses: [name], policies: [] };
  }
  if (backend.kind === 'discovery') {
    const { server = '', service = '', namespace = '', group = '' } = backend.discovery ?? {};
    const registered = { service, namespace, group };
    return { name: service || server, kind: NACOS, protocol: 'HTTP', addresses: [server], registered, policies: [] };
  }

  return undefined;
}

/** The keys of the service's own sample. */
const tlsPolicy = (sni: string | undefined): PlannedPolicy => ({
  class: 'ServiceTls',
  settings: { mode: 'SIMPLE', ...defined({ sni }), enable: true },
});

/** A text with the values of stage variables. */
function resolvedText({ source }: Pick<AssessView, 'source'>, stage: string, text: string): string {
  return text.replace(/#(\w+)#/g, (whole, name: string) => source.variables[stage]?.[name] ?? whole);
}
