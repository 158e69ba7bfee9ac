import type { CallContext, Egress, ErrorCode, Link, Owner, RegionSnapshot, Target, TargetRef } from '@postern/core';
import {
  call,
  CloudError,
  collectPages,
  isMarkOf,
  isMarkOfLink,
  MARK_TAGS,
  networkFailure,
  observing,
  ownerFromTags,
  ownerTags,
  pinIdentity,
  unlessGone,
  type Claim,
  type DriverMethods,
  type LinkMethods,
  type Page,
  type Route,
  type RouteCall,
  type RouteMethods,
  type Scope,
  type TargetMethods,
} from '@postern/core/adapter';
import { emptyRegion } from '@postern/core/cloud';
import type { RouteTable, SecurityGroup } from '@postern/core/snapshot';
import { gatewayIdsBy } from '@postern/core/kinds';
import { NETWORK, type Lead, type MACHINES, type RouterRoute, SEGMENTS, type Send, type Tunnel } from './account.js';

const CODES: Readonly<Record<string, ErrorCode>> = {
  NotFound: 'NOT_FOUND',
  Exists: 'ALREADY_EXISTS',
  InUse: 'STILL_REFERENCED',
  QuotaExceeded: 'QUOTA_EXCEEDED',
  Throttled: 'THROTTLED',
  Failed: 'CLOUD_FAILED',
  Denied: 'PERMISSION_DENIED',
  Expired: 'CREDENTIALS_EXPIRED',
};
/** An answer that refuses the call. */
class Refused extends Error {
  constructor(
    readonly status: number,
    readonly body: { readonly code?: string; readonly message?: string },
  ) {
    super(body.message);
  }
}

/** Each call of the service. */
function apiOf(send: Send, region: string) {
  const place = { provider: 'tunnel', account: '', region, service: 'tunnel', limits: [] };

  const errorOf = (operation: string, isWrite: boolean, cause: unknown): CloudError => {
    const network = networkFailure(cause);
    if (network) {
      const { code, message, remedy, sent, transient } = network;
      return new CloudError(code, message, {
        operation,
        cause,
        remedy,
        retryable: transient,
        outcomeUnknown: isWrite && sent,
      });
    }

    if (!(cause instanceof Refused) || cause.body.code === undefined) {
      const message = 'the answer is not JSON';
      return new CloudError('BAD_RESPONSE', message, { operation, cause, retryable: true, outcomeUnknown: isWrite });
    }

    const { status, body, message } = cause;
    const code = CODES[body.code ?? ''] ?? 'CLOUD_REFUSED';
    const permission = `tunnel:${operation}`;
    return new CloudError(code, message, {
      operation,
      cause,
      status,
      nativeCode: body.code,
      ...(code === 'PERMISSION_DENIED'
        ? { remedy: `Allow ${permission} for these credentials.`, details: { permission } }
        : {}),
      retryable: code === 'THROTTLED' || code === 'CLOUD_FAILED',
      outcomeUnknown: isWrite && code === 'CLOUD_FAILED',
    });
  };

  const ask = <T>(
    ctx: CallContext,
    kind: 'read' | 'idempotent' | 'create',
    operation: string,
    input: object,
  ): Promise<T> => {
    const answer = async (): Promise<T> => {
      const { status, text } = await send(operation, input);
      const body = JSON.parse(text) as T & Refused['body'];
      if (status >= 400) throw new Refused(status, body);
      return body;
    };
    return call<T>(ctx, { ...place, operation, kind }, answer, (error) => errorOf(operation, kind !== 'read', error));
  };

  const list = <T>(ctx: CallContext, operation: string, what: string, input: object = {}): Promise<T[]> =>
    collectPages<T>(ctx, { what, operation }, (page) => ask<Page<T>>(ctx, 'read', operation, { ...input, page }));

  return { ask, list };
}

/** Of tunnels and machines: the port of the services. */
const GROUP: SecurityGroup = {
  id: 'grp-1',
  name: 'machines',
  networkId: NETWORK.id,
  rules: SEGMENTS.flatMap(({ block }) =>
    (['in', 'out'] as const).map((direction) => ({
      direction,
      protocol: 'tcp',
      fromPort: 8080,
      toPort: 8080,
      cidrBlock: block,
    })),
  ),
  tags: {},
  raw: null,
};
const TABLE: RouteTable = {
  id: 'table-1',
  networkId: NETWORK.id,
  main: true,
  routes: [{ cidrBlock: NETWORK.cidrBlock, nextHop: { kind: 'local' }, state: 'active', origin: 'local' }],
  raw: null,
};
const STAGE = { name: 'live', autoDeploy: true };
const ZONES = [
  { id: 'a', servesLinks: true },
  { id: 'b', servesLinks: true },
];
/** What the cloud does not have. */
const EMPTY = { peerings: [], networkAcls: [], prefixLists: [], transitGateways: [], virtualGateways: [] };
const WHOLE = [
  ...(Object.keys(EMPTY) as (keyof typeof EMPTY)[]),
  ...(['links', 'networks', 'subnets', 'interfaces', 'securityGroups', 'routeTables', 'zones'] as const),
];
type Machine = (typeof MACHINES)[number];
type SeenTunnel = Tunnel & { readonly state: string };
const STATES: Readonly<Record<string, Link['state']>> = { Opening: 'pending', Up: 'ready', Closing: 'deleting' };
const USABLE: readonly Link['state'][] = ['ready', 'inactive', 'pending', 'unknown', 'failed', 'deleting'];

function linkOf({ id, name, segments, groups, tags, state, openedAt }: SeenTunnel): Link {
  return {
    kind: 'tunnel',
    id,
    name,
    state: STATES[state] ?? 'unknown',
    nativeState: state,
    networkId: NETWORK.id,
    subnetIds: segments,
    securityGroupIds: groups,
    tags,
    createdAt: new Date(openedAt).toISOString(),
    owner: ownerFromTags(tags),
    raw: null,
  };
}

/** Each tunnel has an address in each of its segments. */
function egressOf({ id, subnetIds, securityGroupIds }: Link): Egress {
  const addresses = SEGMENTS.filter((segment) => subnetIds.includes(segment.id)).map(({ block }) =>
    block.replace('0/24', String(100 + Number(id.slice('tun-'.length)))),
  );
  return { linkId: id, addresses, prefixes: [], securityGroupIds, stability: 'stable', seenBy: [] };
}

function routeOf({ id, router, key, tunnel, address, port, tls, path, tags }: RouterRoute): Route {
  const targetId = `${address}:${port}`;
  return {
    id,
    gatewayId: router,
    key,
    linkId: tunnel,
    targetId,
    tls,
    path,
    open: false,
    owner: ownerFromTags(tags),
    raw: null,
  };
}

/** A target is the port on which a machine answers. */
function targetOf({ address, port }: Machine): Target {
  return { kind: 'address', id: `${address}:${port}`, networkId: NETWORK.id, resourceId: address, port, raw: null };
}

function isMeant({ address, port }: TargetRef, machine: Machine): boolean {
  return machine.address === address && machine.port === port;
}

function leadOf({ linkId, use: { target, tls, path } }: RouteCall): Lead {
  return { tunnel: linkId, address: target.resourceId ?? '', port: target.port ?? 80, tls, path };
}

/** What the driver does. */
export function methods(send: Send, region: string): DriverMethods {
  const { ask, list } = apiOf(send, region);
  const { identity, account } = pinIdentity({
    request: (ctx) => ask(ctx, 'read', 'WhoAmI', {}),
    accessKeyId: () => Promise.resolve(undefined),
  });
  const tunnels = async (ctx: CallContext): Promise<Link[]> =>
    (await list<SeenTunnel>(ctx, 'ListTunnels', 'tunnels')).map(linkOf);
  const routes = async (router: string, ctx: CallContext): Promise<Route[]> =>
    (await list<RouterRoute>(ctx, 'ListRoutes', `routes of ${router}`, { router })).map(routeOf);
  const change = async (ctx: CallContext, input: object): Promise<void> => {
    await ask(ctx, 'idempotent', 'ChangeTunnel', input);
  };

  const links: LinkMethods = {
    create: (request, ctx) =>
      ask(ctx, 'create', 'OpenTunnel', {
        name: request.name,
        segments: request.subnetIds,
        groups: request.securityGroupIds,
        tags: { ...request.tags, ...ownerTags(request.owner) },
      }),
    find: async (by, ctx) => {
      const found = (await tunnels(ctx)).filter((link) =>
        'id' in by ? link.id === by.id : isMarkOfLink(link.owner, by.owner, link),
      );
      const rank = ({ state }: Link): number => USABLE.indexOf(state);
      return found.toSorted((a, b) => rank(a) - rank(b) || (a.createdAt ?? '').localeCompare(b.createdAt ?? ''))[0];
    },
    statuses: async (ids, ctx) => (await tunnels(ctx)).filter(({ id }) => ids.includes(id)),
    delete: async (id, ctx) => {
      await unlessGone(ask(ctx, 'idempotent', 'CloseTunnel', { id }));
    },
    rename: (id, name, ctx) => change(ctx, { id, name }),
    tag: (id, tags, ctx) => change(ctx, { id, tags }),
    untag: (id, untag, ctx) => change(ctx, { id, untag }),
  };

  const find = async (router: string, key: string, ctx: CallContext): Promise<Route | undefined> =>
    (await routes(router, ctx)).find((route) => route.key === key);
  /** Refuses a route that carries the mark of another owner. */
  const refuseOthers = ({ owner: mark, key }: Route, owner: Claim | Owner, operation: string): void => {
    if (isMarkOf(mark, owner)) return;

    throw new CloudError('NOT_OURS', `${key} has another owner`, { operation, details: { project: mark?.project } });
  };
  const router: RouteMethods = {
    create: async (request, ctx) => {
      const { gatewayId, key, owner } = request;
      const route = { router: gatewayId, key, ...leadOf(request), tags: ownerTags(owner) };
      return routeOf(await ask<RouterRoute>(ctx, 'create', 'CreateRoute', route));
    },
    find,
    update: async ({ id }, request, ctx) => {
      const change = { id, ...leadOf(request), tags: ownerTags(request.owner) };
      return routeOf(await ask<RouterRoute>(ctx, 'idempotent', 'ChangeRoute', change));
    },
    delete: async (gatewayId, key, owner, ctx) => {
      const route = await unlessGone(find(gatewayId, key, ctx));
      if (!route) return;

      refuseOthers(route, owner, 'DeleteRoute');
      await ask(ctx, 'idempotent', 'DeleteRoute', { id: route.id });
    },
    adopt: async (gatewayId, key, owner, ctx) => {
      const route = await find(gatewayId, key, ctx);
      if (!route) throw new CloudError('NOT_FOUND', `no route ${key}`, { operation: 'ChangeRoute' });

      if (route.owner) refuseOthers(route, owner, 'ChangeRoute');
      await ask(ctx, 'idempotent', 'ChangeRoute', { id: route.id, tags: ownerTags(owner) });
    },
    forget: async (gatewayId, key, owner, ctx) => {
      const route = await unlessGone(find(gatewayId, key, ctx));
      if (!route?.owner) return;

      refuseOthers(route, owner, 'ChangeRoute');
      await unlessGone(ask(ctx, 'idempotent', 'ChangeRoute', { id: route.id, untag: MARK_TAGS }));
    },
  };

  const machines = (ctx: CallContext): Promise<Machine[]> => list<Machine>(ctx, 'ListMachines', 'machines');
  const resolve: TargetMethods['resolve'] = async (ref, _, ctx) => {
    const machine = (await machines(ctx)).find((each) => isMeant(ref, each));
    if (!machine) throw new CloudError('NOT_FOUND', `no machine has ${ref['address']}`, { operation: 'ListMachines' });

    return targetOf(machine);
  };

  const observe = async (scope: Scope, given: CallContext): Promise<RegionSnapshot> => {
    const { gaps, ctx } = observing(given);
    const links = await gaps.attempt({ what: 'tunnels', of: 'links' }, () => tunnels(given));
    const segments = await gaps.attempt({ what: 'segments', of: ['subnets', 'networks'] }, () =>
      list<(typeof SEGMENTS)[number]>(ctx, 'ListSegments', 'segments'),
    );
    const seen = (await gaps.attempt({ what: 'machines', of: ['interfaces', 'targets'] }, () => machines(ctx))) ?? [];
    const isAll = scope.all === true || scope.allGateways === true;
    const routers = isAll
      ? await gaps.attempt({ what: 'routers', of: 'gateways' }, () => list<string>(ctx, 'ListRouters', 'routers'))
      : gatewayIdsBy('tunnelRouter', scope.gateways);
    const gateways = [];
    for (const id of routers ?? []) {
      const read = () => unlessGone(routes(id, ctx));
      const found = await gaps.attempt({ what: `routes of ${id}`, of: 'gateways', id }, read);
      if (found)
        gateways.push({ id, name: id, kind: 'tunnel-router', stages: [STAGE], routes: found, tags: {}, raw: null });
    }
    return {
      ...emptyRegion({ provider: 'tunnel', region, account: await account(given) }),
      links: links ?? [],
      egress: scope.all || scope.checks || scope.egress ? (links ?? []).map(egressOf) : [],
      gateways,
      networks: [{ id: NETWORK.id, cidrBlocks: [NETWORK.cidrBlock], tags: {}, raw: null }],
      subnets: (segments ?? []).map(({ id, block, zone }) => ({
        id,
        networkId: NETWORK.id,
        cidrBlock: block,
        zone,
        freeAddresses: 250,
        routeTableId: TABLE.id,
        networkAclId: null,
        tags: {},
        raw: null,
      })),
      targets: seen.filter((each) => scope.all || scope.targets?.some((ref) => isMeant(ref, each))).map(targetOf),
      securityGroups: [GROUP],
      interfaces: seen.map(({ id, segment, address }) => ({
        id: `nic-${id}`,
        networkId: NETWORK.id,
        subnetId: segment,
        addresses: [address],
        securityGroupIds: [GROUP.id],
        attachedTo: id,
        raw: null,
      })),
      ...EMPTY,
      zones: ZONES,
      routeTables: [TABLE],
      whole: isAll ? [...WHOLE, 'gateways'] : WHOLE,
      quotas: { tunnels: 5 },
      gaps: gaps.list,
    };
  };

  return {
    identity,
    observe,
    links: {
      tunnel: { links, targets: { resolve } },
    },
    gateways: { 'tunnel-router': router },
  };
}
