// What the driver does: each function calls the service, and translates its answer.
import { emptyRegion, gatewayIdsBy, jsonService, listedLinks, MARK_TAGS, markedRoutes } from '@postern/core/adapter';
import { NETWORK_LISTS, observing, ownerFromTags, ownerTags, plainAddress, routeMoves } from '@postern/core/adapter';
import { unlessGone, wholeLists, type Allowlist, type DriverMethods, type Route } from '@postern/core/adapter';
import type { RouteCall, SendToService } from '@postern/core/adapter';
import { CloudError, type CallContext, type Egress, type Link, type Target, type TargetRef } from '@postern/core';
import type { RouterRoute, Tunnel } from './account.js';
import { ACCOUNT, NETWORK, ROPE, UNCHANGED, type MACHINES, type SUBNETS } from './network.js';

export function methods(send: SendToService, region: string): DriverMethods {
  const { api, list } = jsonService({
    provider: 'tunnel',
    account: ACCOUNT,
    region,
    service: 'tunnels',
    send,
    kindOf: (name) => (name.startsWith('List') ? 'read' : name.startsWith('Create') ? 'create' : 'idempotent'),
    permission: ({ operation }) => `tunnels:${operation}`,
    codes: {
      Throttled: 'THROTTLED',
      Failed: 'CLOUD_FAILED',
      Denied: 'PERMISSION_DENIED',
      Expired: 'CREDENTIALS_EXPIRED',
      NotFound: 'NOT_FOUND',
      Exists: 'ALREADY_EXISTS',
      InUse: 'STILL_REFERENCED',
      NoAddress: 'ADDRESSES_EXHAUSTED',
      SeveralNetworks: 'SUBNETS_OF_SEVERAL_NETWORKS',
    },
  });
  const subnets = (ctx: CallContext) => list<(typeof SUBNETS)[number]>(ctx, 'ListNetwork');
  const machines = (ctx: CallContext) => list<(typeof MACHINES)[number]>(ctx, 'ListMachines');
  const tunnels = (ctx: CallContext) => list<Tunnel>(ctx, 'ListTunnels');
  const routers = (ctx: CallContext) => list<string>(ctx, 'ListRouters');
  const routes = async (router: string, ctx: CallContext) =>
    (await list<RouterRoute>(ctx, 'ListRoutes', { router })).map(routeOf);
  const tunnelOf = async (id: string, ctx: CallContext) => {
    const found = (await tunnels(ctx)).find((tunnel) => tunnel.id === id);
    if (found === undefined) throw new CloudError('NOT_FOUND', `${id} does not exist`, { operation: 'ListTunnels' });
    return found;
  };
  const allow = async (id: string, change: (blocks: readonly string[]) => string[], ctx: CallContext) =>
    api<void>(ctx, 'ChangeTunnel', { id, allowed: [...new Set(change((await tunnelOf(id, ctx)).allowed))] });

  return {
    identity: () => Promise.resolve({ account: ACCOUNT }),
    observe: async (scope, outer) => {
      const { gaps, ctx } = observing(outer);
      const isAll = scope.all === true || scope.allGateways === true;
      const named = gatewayIdsBy('tunnelRouter', scope.gateways);
      const gateways = [];
      for (const id of (await routers(outer)).filter((router) => isAll || named.includes(router))) {
        const found = await gaps.attempt({ what: `routes of ${id}`, of: 'gateways', id }, () => routes(id, ctx));
        const stages = [{ name: 'live', autoDeploy: true }];
        if (found) gateways.push({ id, name: id, kind: 'tunnel-router', stages, routes: found, tags: {}, raw: null });
      }
      const links = await tunnels(outer);
      const inRegion = await subnets(outer);
      const called = gateways.flatMap((gateway) => gateway.routes);
      const refs = [...(scope.targets ?? []), ...called.flatMap(({ targetId }) => refsOf(targetId))];
      const interfaces = await gaps.attempt({ what: 'machines', of: ['interfaces', 'targets'] }, () => machines(ctx));
      const targets = refs.flatMap((ref) => targetOf(ref, interfaces ?? []) ?? []).concat(scope.all ? ROPE : []);
      const whole = wholeLists([...NETWORK_LISTS, ...(isAll ? (['gateways'] as const) : [])], gaps);
      return {
        ...emptyRegion({ provider: 'tunnel', region, account: ACCOUNT, whole }),
        ...UNCHANGED,
        gateways,
        subnets: inRegion,
        links: links.map(linkOf),
        allowlists: links.map(allowlistOf),
        egress:
          (scope.egress ?? scope.checks ?? scope.all) ? links.map((link) => egressOf(link, inRegion, called)) : [],
        targets: [...new Map(targets.map((target) => [target.id, target])).values()],
        interfaces: interfaces ?? [],
        quotas: { tunnels: 5 },
        gaps: gaps.list,
      };
    },
    links: {
      tunnel: {
        links: {
          ...listedLinks(async (ctx) => (await tunnels(ctx)).map(linkOf)),
          create: ({ name, subnetIds, securityGroupIds, owner, tags }, ctx) =>
            api(ctx, 'CreateTunnel', { name, subnetIds, securityGroupIds, tags: { ...tags, ...ownerTags(owner) } }),
          rename: (id, name, ctx) => api(ctx, 'ChangeTunnel', { id, name }),
          tag: (id, tags, ctx) => api(ctx, 'ChangeTunnel', { id, tags }),
          untag: (id, untag, ctx) => api(ctx, 'ChangeTunnel', { id, untag }),
          delete: async (id, ctx) => void (await unlessGone(api(ctx, 'CloseTunnel', { id }))),
        },
        targets: { resolve: async (ref, _, ctx) => targetOf(ref, await machines(ctx)) },
        // The list is the tunnel's own, and is written with the tunnel's own operation.
        allowlist: {
          read: async (id, ctx) => allowlistOf(await tunnelOf(id, ctx)),
          allow: (id, more, ctx) => allow(id, (blocks) => [...blocks, ...more.map((entry) => entry.cidrBlock)], ctx),
          revoke: (id, less, ctx) =>
            allow(id, (blocks) => blocks.filter((block) => less.every((entry) => entry.cidrBlock !== block)), ctx),
        },
        egress: async (id, ctx) => {
          const called = await Promise.all((await routers(ctx)).map((router) => routes(router, ctx)));
          return egressOf(await tunnelOf(id, ctx), await subnets(ctx), called.flat());
        },
      },
    },
    gateways: {
      'tunnel-router': {
        ...markedRoutes({
          find: async (router, key, ctx) => (await routes(router, ctx)).find((route) => route.key === key),
          remove: ({ id }, ctx) => api(ctx, 'DeleteRoute', { id }),
          mark: ({ id }, owner, ctx) =>
            api(ctx, 'ChangeRoute', owner ? { id, tags: ownerTags(owner) } : { id, untag: MARK_TAGS }),
        }),
        create: async (request, ctx) => routeOf(await api(ctx, 'CreateRoute', inputOf(request))),
        update: async ({ id }, request, ctx) => routeOf(await api(ctx, 'ChangeRoute', { id, ...inputOf(request) })),
      },
    },
    moves: {
      'tunnel-router': routeMoves({
        list: routes,
        lead: ({ id }, tunnel, ctx) => api(ctx, 'ChangeRoute', { id, tunnel }),
      }),
    },
  };
}

const STATES = { Opening: 'pending', Up: 'ready', Closing: 'deleting' } as const;

function linkOf(raw: Tunnel): Link {
  const { id, name, state, subnetIds, securityGroupIds, tags, createdMs } = raw;
  const link = { kind: 'tunnel', id, name, networkId: NETWORK, subnetIds, securityGroupIds, tags, raw };
  const createdAt = new Date(createdMs).toISOString();
  return { ...link, state: STATES[state], nativeState: state, createdAt, owner: ownerFromTags(tags) };
}

/** A tunnel calls from its own addresses, whatever it calls. */
function egressOf(tunnel: Tunnel, subnets: typeof SUBNETS, routes: readonly Route[]): Egress {
  const { id, state, subnetIds, securityGroupIds } = tunnel;
  const prefixes = subnets.filter((subnet) => subnetIds.includes(subnet.id)).map(({ cidrBlock }) => cidrBlock);
  const targets = new Set([
    'address',
    ...routes.flatMap(({ linkId, targetId = '' }) => (linkId === id ? targetId : [])),
  ]);
  const how = { source: 'link', because: 'A tunnel calls from the addresses of its ends.' } as const;
  const seenBy = [...targets].map((target) => ({ target, ...how }));
  const addresses = state === 'Up' ? tunnel.addresses : [];
  return { linkId: id, addresses, prefixes, securityGroupIds, stability: 'stable', seenBy };
}

function allowlistOf({ id, allowed }: Tunnel): Allowlist {
  const entries = allowed.map((cidrBlock) => ({ cidrBlock, protocol: 'all', fromPort: 0, toPort: 65_535 }) as const);
  return { linkId: id, owned: true, wider: [], entries };
}

/** What a reference means: a rope by its name, or the address of a machine. */
function targetOf(ref: TargetRef, machines: typeof MACHINES): Target | undefined {
  if (ref['rope'] === ROPE.name) return ROPE;
  const plain = plainAddress(ref);
  const machine = machines.find(({ addresses }) => plain !== undefined && addresses.includes(plain.resourceId));
  return plain && machine && { ...plain, networkId: machine.networkId };
}

function routeOf(raw: RouterRoute): Route {
  const { id, router, key, tunnel, target, path, tls, tags } = raw;
  const route = { id, gatewayId: router, key, linkId: tunnel, targetId: target, path, tls, open: false };
  return { ...route, owner: ownerFromTags(tags), raw };
}

/** The reference that names what a route calls; none of a rope. */
function refsOf(target = ''): readonly TargetRef[] {
  const [address, port] = target.split(':');
  return port === undefined ? [] : [{ address, port: Number(port) }];
}

/** A route as the service takes it, with its mark. */
function inputOf({ gatewayId, key, linkId, use: { target, path, tls }, owner }: RouteCall) {
  return { router: gatewayId, key, tunnel: linkId, target: target.id, path, tls, tags: ownerTags(owner) };
}
