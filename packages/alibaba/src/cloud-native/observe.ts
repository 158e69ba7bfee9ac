import { gatewayIdsBy } from '@postern/core/internal/kinds';
import type { CallContext, Link, RegionSnapshot, Target, Gateway } from '@postern/core/internal/library';
import { unnamedIn, type Allowlist, type Gaps, type Json, type Scope } from '@postern/core/internal/adapter';
import { parseServiceRef } from './cloud/targets.js';
import type { Source } from './cloud/sources.js';
import type { GatewayRow, HttpApiRow } from '../client/apis/apig.js';
import { eachOf, plain } from '../client/plain.js';
import { cloudNativeIn } from '../cloud/regions.js';
import type { Session } from '../client/session.js';
import { listRules, toAllowlist, listGateways, toLink } from './gateway.js';
import { getHttpApi, listHttpApis, listRoutes, toGateway } from './http-api.js';
import { listServices, listSources, onlyPort, serviceIdOf, toTarget, withSource, type Service } from './services.js';
import { endpointsOfRef, resourceOf } from './gateway-links.js';

/** What was read of Cloud-native API Gateway. */
export interface ObservedApig {
  readonly rows: readonly GatewayRow[];
  readonly links: readonly Link[];
  readonly allowlists: readonly Allowlist[];
  readonly gateways: readonly Gateway[];
  readonly targets: readonly Target[];
  /** HTTP APIs beyond what is read. */
  readonly others: NonNullable<RegionSnapshot['otherGateways']>;
  /** Whether all gateways of the region were read. */
  readonly complete: boolean;
}

/** The part of a scope that is about HTTP APIs. */
function httpApisOf({ gateways = [] }: Scope): readonly string[] {
  return gatewayIdsBy('apigHttpApi', gateways);
}

/** Nothing of this product. */
export const NO_APIG: ObservedApig = {
  rows: [],
  links: [],
  allowlists: [],
  gateways: [],
  others: [],
  targets: [],
  complete: true,
};

/**
 * Whether a scope asks for links or gateways of this product. A region in which it was not offered when this was written
 * is called for a spec of this product, and not for what asks for all products.
 */
export function wantsApig(scope: Scope, region: string): boolean {
  const kinds = scope.linkKinds ?? [];
  const isAsked = kinds.includes('apig-gateway');
  if (httpApisOf(scope).length > 0 || (isAsked && kinds.length === 1)) return true;

  return (isAsked || scope.all === true || scope.allGateways === true) && cloudNativeIn(region) === 'yes';
}

/**
 * Reads gateways, the rules that admit them, HTTP APIs with their routes, and services: each list once. A part that the
 * credentials do not allow is a gap, except for the list of gateways.
 */
export async function observeApig(session: Session, scope: Scope, gaps: Gaps, ctx: CallContext): Promise<ObservedApig> {
  const lists = scope.checks
    ? (['links', 'allowlists', 'egress', 'targets'] as const)
    : (['links', 'targets'] as const);
  const rows = await gaps.attempt({ what: 'gateways of Cloud-native API Gateway', of: lists }, () =>
    listGateways(session, ctx),
  );
  const gateways = rows ?? [];
  const [rules, services] = await Promise.all([
    eachOf(gateways, ({ gatewayId = '' }) =>
      gaps.attempt({ what: `security group rules of ${gatewayId}`, of: 'allowlists', id: gatewayId }, async () =>
        toAllowlist(gatewayId, await listRules(session, gatewayId, ctx)),
      ),
    ),
    eachOf(gateways, ({ gatewayId = '' }) =>
      gaps.attempt({ what: `services of ${gatewayId}`, of: 'targets' }, () => listServices(session, gatewayId, ctx)),
    ),
  ]);
  const listed = services.flatMap((list) => list ?? []);
  const sources = new Map<string, readonly Source[] | undefined>();
  if (wantsSources(scope, listed))
    await eachOf(gateways, async ({ gatewayId = '' }) => {
      const found = await gaps.attempt({ what: `sources of ${gatewayId}`, of: 'targets' }, () =>
        listSources(session, gatewayId, ctx),
      );
      sources.set(gatewayId, found);
    });
  const all = gateways.flatMap(({ gatewayId = '' }) =>
    withSource(
      listed.filter((one) => one.gatewayId === gatewayId),
      sources.get(gatewayId) ?? [],
    ),
  );
  const { apis, others } = await observeApis(session, scope, all, gaps, ctx);
  const networks = new Map(gateways.map(({ gatewayId = '', vpc }) => [gatewayId, vpc?.vpcId] as const));
  return {
    rows: gateways,
    links: gateways.map((row) => withSources(toLink(row), sources.get(row.gatewayId ?? ''))),
    allowlists: rules.flatMap((one) => one ?? []),
    gateways: apis,
    others,
    targets: await targetsOf(session, scope, { services: all, apis, networks }, ctx),
    complete: rows !== undefined,
  };
}

/** Sources matter to services of registries alone: a spec without one makes no call for them. */
function wantsSources({ all, targets = [] }: Scope, services: readonly Service[]): boolean {
  return all === true || targets.some((ref) => 'nacos' in ref) || services.some(({ registered }) => registered);
}

function withSources(link: Link, sources: readonly Source[] | undefined): Link {
  if (sources === undefined) return link;

  return {
    ...link,
    native: { ...link.native, sources: plain(sources.toSorted((a, b) => (a.id < b.id ? -1 : 1))) as Json },
  };
}

async function observeApis(
  session: Session,
  scope: Scope,
  services: readonly Service[],
  gaps: Gaps,
  ctx: CallContext,
): Promise<Pick<ObservedApig, 'others'> & { readonly apis: readonly Gateway[] }> {
  const { most, gap } = unnamedIn(scope);
  const wanted = { what: 'HTTP APIs', of: 'gateways', ...gap } as const;
  const listed = (most > 0 ? await gaps.attempt(wanted, () => listHttpApis(session, ctx)) : []) ?? [];
  const named = httpApisOf(scope);
  const unread = new Set(listed.filter(({ httpApiId = '' }) => !named.includes(httpApiId)).slice(most));
  const others = [...unread].map(({ httpApiId: id = '', name = '' }) => ({ id, name }));
  const rows = listed.filter((row) => !unread.has(row));
  const byId = new Map<string, HttpApiRow | undefined>(rows.map((row) => [row.httpApiId ?? '', row]));
  for (const id of named) if (!byId.has(id)) byId.set(id, undefined);
  const known = new Map(services.map((one) => [one.id, one] as const));
  const found = await eachOf([...byId], ([id, row]) =>
    gaps.attempt({ what: `HTTP API ${id}`, of: 'gateways', id }, async () => {
      // The list has no settings of authentication.
      const api = await getHttpApi(session, id, ctx);
      if (api === undefined) return undefined;

      return toGateway({ httpApiId: id, ...row, ...api }, await listRoutes(session, id, ctx), known);
    }),
  );
  return { apis: found.flatMap((one) => one ?? []), others };
}

/** The targets of services: one for each port that they list or that a route calls, and those that the scope names. */
async function targetsOf(
  session: Session,
  scope: Scope,
  {
    services,
    apis,
    networks,
  }: {
    readonly services: readonly Service[];
    readonly apis: readonly Gateway[];
    readonly networks: ReadonlyMap<string, string | undefined>;
  },
  ctx: CallContext,
): Promise<readonly Target[]> {
  const named = new Map<string, string>();
  for (const ref of scope.targets ?? []) {
    if (!('instance' in ref)) continue;

    // What does not exist, or cannot be read, is reported by the planner or the checks.
    const endpoints = await endpointsOfRef(session, ref, ctx).catch(() => undefined);
    const id = resourceOf(parseServiceRef(ref));
    if (endpoints !== undefined && id !== undefined) named.set(endpoints.join(' '), id);
  }
  // A route to a service with several ports may name none.
  const called = new Map<string, Set<number | undefined>>();
  for (const { targetId: id } of apis.flatMap(({ routes }) => routes)) {
    if (id === undefined) continue;

    const port = /:(\d+)$/.exec(id)?.[1];
    const ports = called.get(serviceIdOf(id)) ?? new Set();
    called.set(serviceIdOf(id), ports.add(port === undefined ? undefined : Number(port)));
  }
  const targets = services.flatMap((service) => {
    const ports = new Set([...service.ports, ...(called.get(service.id) ?? [])]);
    const each: readonly (number | undefined)[] = ports.size === 0 ? [onlyPort(service)] : [...ports];
    const resource = service.endpoints.length === 0 ? undefined : named.get(service.endpoints.join(' '));
    return each.map((port) => toTarget(service, port, networks.get(service.gatewayId), resource));
  });
  return [...new Map(targets.map((target) => [target.id, target])).values()];
}
