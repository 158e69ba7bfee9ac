// What the driver does: each function translates between core and the service.
import {
  collectPages,
  formatMark,
  isMarkOf,
  isMarkOfLink,
  observing,
  ownerFromTags,
  ownerTags,
  parseMark,
  unlessGone,
  type DriverMethods,
  type LinkKindMethods,
  type RouteCall,
  type RouteMethods,
  type Scope,
} from '@postern/core/adapter';
import { emptyRegion } from '@postern/core/cloud';
import { CloudError, UnsupportedError, type AllowEntry, type CallContext, type TargetRef } from '@postern/core';
import type { RouterRoute, Tunnel } from './account.js';
import type { Api } from './api.js';
import { moves } from './moves.js';
import { ACCOUNT, network, ROPE, type machines, type subnets } from './network.js';

type Shown = Tunnel & { readonly state: string };

const raw = null;
const refuse = (what: string) => () => Promise.reject(new UnsupportedError(`Tunnel Cloud has no ${what}`));
const STATES: Readonly<Record<string, 'pending' | 'ready' | 'deleting'>> = {
  Opening: 'pending',
  Up: 'ready',
  Closing: 'deleting',
};
/** Of several links with one mark the most usable comes first. */
const USABLE = ['Up', 'Opening', 'Closing'];
const ALL_PORTS = { protocol: 'all', fromPort: 0, toPort: 65_535 } as const;

/** The lists that the driver reads as a whole, whatever is asked for. */
const WHOLE = [
  'links',
  'networks',
  'subnets',
  'securityGroups',
  'interfaces',
  'routeTables',
  'networkAcls',
  'prefixLists',
  'peerings',
  'transitGateways',
  'virtualGateways',
  'zones',
] as const;

const absent = (what: string) =>
  new CloudError('NOT_FOUND', `${what} does not exist`, { operation: 'ListTunnels', remedy: 'Check the ID.' });

const routeOf = ({ id, router, key, tunnel, target, path, tls, description }: RouterRoute) => ({
  id,
  gatewayId: router,
  key,
  linkId: tunnel,
  targetId: target,
  path,
  tls,
  open: false,
  owner: parseMark(description),
  raw,
});

/** The routes of a router, from all pages. */
export const routesOf = (api: Api, router: string, ctx: CallContext) =>
  collectPages<RouterRoute>(ctx, { what: `routes of ${router}`, operation: 'ListRoutes' }, async (token) => {
    const input = { router, ...(token !== undefined && { token }) };
    const page = await api<{ readonly routes: RouterRoute[]; readonly next?: string }>(ctx, 'ListRoutes', input);
    return { items: page.routes, next: page.next };
  });

export function methods(api: Api, region: string): DriverMethods {
  const listTunnels = async (ctx: CallContext) =>
    (await api<{ readonly tunnels: readonly Shown[] }>(ctx, 'ListTunnels')).tunnels;
  const listSubnets = async (ctx: CallContext) =>
    (await api<{ readonly subnets: ReturnType<typeof subnets> }>(ctx, 'ListNetwork')).subnets;
  const listMachines = async (ctx: CallContext) =>
    (await api<{ readonly machines: ReturnType<typeof machines> }>(ctx, 'ListMachines')).machines;
  const listRouters = async (ctx: CallContext) =>
    (await api<{ readonly routers: readonly string[] }>(ctx, 'ListRouters')).routers;
  const tunnelOf = async (id: string, ctx: CallContext) => {
    const found = (await listTunnels(ctx)).find((one) => one.id === id);
    if (found === undefined) throw absent(`tunnel ${id}`);
    return found;
  };

  const linkOf = (tunnel: Shown, all: ReturnType<typeof subnets>) => {
    const { id, name, subnetIds, securityGroupIds, tags, state, createdMs } = tunnel;
    return {
      id,
      name,
      kind: 'tunnel',
      state: STATES[state] ?? ('unknown' as const),
      nativeState: state,
      networkId: all.find((one) => subnetIds.includes(one.id))?.networkId,
      subnetIds,
      securityGroupIds,
      tags,
      createdAt: new Date(createdMs).toISOString(),
      owner: ownerFromTags(tags),
      raw,
    };
  };
  const egressOf = (
    { id, subnetIds, securityGroupIds, addresses, state }: Shown,
    all: ReturnType<typeof subnets>,
    called: readonly RouterRoute[],
  ) => ({
    linkId: id,
    prefixes: all.filter((one) => subnetIds.includes(one.id)).map(({ cidrBlock }) => cidrBlock),
    addresses: state === 'Up' ? addresses : [],
    securityGroupIds,
    stability: 'stable' as const,
    seenBy: ['address', ...new Set(called.flatMap((one) => (one.tunnel === id ? [one.target] : [])))].map((target) => ({
      target,
      source: 'link' as const,
      because: 'A tunnel calls from the addresses of its ends.',
    })),
  });
  const allowlistOf = ({ id, allowed }: Tunnel) => ({
    linkId: id,
    owned: true,
    entries: allowed.map((cidrBlock) => ({ cidrBlock, ...ALL_PORTS })),
    wider: [],
  });

  /** What a reference means: a rope by its name, or the address of a machine. */
  const targetOf = async (ref: TargetRef, ctx: CallContext) => {
    if ('rope' in ref) return ref.rope === ROPE.name ? ROPE : undefined;
    const { address, port } = ref as { readonly address: string; readonly port: number };
    const machine = (await listMachines(ctx)).find(({ addresses }) => addresses.includes(address));
    if (machine === undefined) return undefined;
    const { networkId } = machine;
    return { kind: 'address' as const, id: `${address}:${port}`, resourceId: address, port, networkId, raw };
  };

  const tunnel: LinkKindMethods = {
    links: {
      create: ({ name, subnetIds, securityGroupIds, owner, tags }, ctx) =>
        api(ctx, 'CreateTunnel', { name, subnetIds, securityGroupIds, tags: { ...tags, ...ownerTags(owner) } }),
      find: async (by, ctx) => {
        const tunnels = await listTunnels(ctx);
        const [found] = tunnels
          .filter((one) => ('id' in by ? one.id === by.id : isMarkOfLink(ownerFromTags(one.tags), by.owner, one)))
          .toSorted((a, b) => USABLE.indexOf(a.state) - USABLE.indexOf(b.state) || a.createdMs - b.createdMs);
        return found && linkOf(found, await listSubnets(ctx));
      },
      statuses: async (ids, ctx) => {
        const tunnels = await listTunnels(ctx);
        return tunnels.filter(({ id }) => ids.includes(id)).map((one) => linkOf(one, []));
      },
      rename: (id, name, ctx) => api(ctx, 'ChangeTunnel', { id, name }),
      tag: (id, tags, ctx) => api(ctx, 'ChangeTunnel', { id, tags }),
      untag: (id, untag, ctx) => api(ctx, 'ChangeTunnel', { id, untag }),
      delete: async (id, ctx) => {
        await unlessGone(api(ctx, 'CloseTunnel', { id }));
      },
    },
    targets: {
      resolve: async (ref, { networkId }, ctx) => {
        const found = await targetOf(ref, ctx);
        if (found === undefined) throw absent(`the target ${JSON.stringify(ref)}`);
        if (networkId === undefined || found.networkId === networkId) return found;
        throw new CloudError('WRONG_NETWORK', `${found.id} is in ${found.networkId}, not in ${networkId}`, {
          operation: 'ListMachines',
          remedy: `Name a machine of ${networkId}.`,
        });
      },
      find: (_, ref, ctx) => targetOf(ref, ctx),
      create: refuse('target that is a resource'),
      update: refuse('target that is a resource'),
      delete: refuse('target that is a resource'),
    },
    // The list is the tunnel's own, and is written with the tunnel's own operation.
    allowlist: {
      prepare: refuse('allowlist beside a tunnel'),
      read: async (id, ctx) => allowlistOf(await tunnelOf(id, ctx)),
      allow: (id, entries, ctx) => changeAllowed(id, (all) => [...all, ...blocksOf(entries)], ctx),
      revoke: (id, entries, ctx) =>
        changeAllowed(id, (all) => all.filter((one) => !blocksOf(entries).includes(one)), ctx),
      release: () => Promise.resolve(),
    },
    egress: async (id, ctx) => {
      const found = await tunnelOf(id, ctx);
      const called = await Promise.all((await listRouters(ctx)).map((router) => routesOf(api, router, ctx)));
      return egressOf(found, await listSubnets(ctx), called.flat());
    },
  };
  const blocksOf = (entries: readonly AllowEntry[]) => entries.map(({ cidrBlock }) => cidrBlock);
  const changeAllowed = async (id: string, change: (all: readonly string[]) => string[], ctx: CallContext) => {
    const { allowed } = await tunnelOf(id, ctx);
    await api(ctx, 'ChangeTunnel', { id, allowed: [...new Set(change(allowed))] });
  };

  const observe = async (scope: Scope, outer: CallContext) => {
    const { gaps, ctx } = observing(outer);
    const all = await listSubnets(outer);
    const tunnels = await listTunnels(outer);
    const routers = await listRouters(ctx);
    const everything = scope.all === true || scope.allGateways === true;
    const named = (scope.gateways ?? []).map((ref) => ('tunnelRouter' in ref ? ref.tunnelRouter : ''));
    const gateways = [];
    const read: RouterRoute[] = [];
    for (const id of routers.filter((one) => everything || named.includes(one))) {
      const routes = await gaps.attempt({ what: `routes of ${id}`, of: 'gateways', id }, () => routesOf(api, id, ctx));
      const stages = [{ name: 'live', autoDeploy: true }];
      if (routes === undefined) continue;
      read.push(...routes);
      gateways.push({ id, name: id, kind: 'tunnel-router', stages, routes: routes.map(routeOf), tags: {}, raw });
    }
    const interfaces = await gaps.attempt({ what: 'machines', of: ['interfaces', 'targets'] }, () => listMachines(ctx));
    const called = gateways.flatMap(({ routes }) => routes.map(({ targetId }) => addressRef(targetId)));
    const refs = [...(scope.targets ?? []), ...called];
    const targets =
      interfaces && (await Promise.all(refs.flatMap((ref) => ref ?? []).map((ref) => targetOf(ref, ctx))));
    const found = new Map(
      [...(targets ?? []), scope.all ? ROPE : undefined].flatMap((one) => (one ? [[one.id, one]] : [])),
    );
    return {
      ...emptyRegion({ provider: 'tunnel', region, account: ACCOUNT }),
      ...network(),
      networkAcls: [],
      prefixLists: [],
      peerings: [],
      transitGateways: [],
      virtualGateways: [],
      subnets: all,
      interfaces: interfaces ?? [],
      whole: [
        ...WHOLE.filter((list) => list !== 'interfaces' || interfaces !== undefined),
        ...(everything && gateways.length === routers.length ? (['gateways'] as const) : []),
      ],
      quotas: { tunnels: 5 },
      links: tunnels.map((one) => linkOf(one, all)),
      allowlists: tunnels.map(allowlistOf),
      egress: (scope.egress ?? scope.checks ?? scope.all) ? tunnels.map((one) => egressOf(one, all, read)) : [],
      targets: [...found.values()],
      gateways,
      gaps: gaps.list,
    };
  };

  return {
    identity: () => Promise.resolve({ account: ACCOUNT }),
    observe,
    links: { tunnel },
    gateways: { 'tunnel-router': routes(api) },
    moves: { 'tunnel-router': moves(api) },
  };
}

/** The reference that names what a route calls; none of a rope. */
function addressRef(targetId: string): TargetRef | undefined {
  const [, address, port] = /^([\d.]+):(\d+)$/.exec(targetId) ?? [];
  return address === undefined ? undefined : { address, port: Number(port) };
}

/** Routes of a router. */
function routes(api: Api): RouteMethods {
  const find = async (router: string, key: string, ctx: CallContext) =>
    (await routesOf(api, router, ctx)).find((one) => one.key === key);
  const input = ({ gatewayId, key, linkId, use, owner }: RouteCall) => ({
    router: gatewayId,
    key,
    tunnel: linkId,
    target: use.target.id,
    path: use.path,
    tls: use.tls,
    description: formatMark(owner),
  });
  const notOurs = (key: string) =>
    new CloudError('NOT_OURS', `${key} carries another mark`, { operation: 'ChangeRoute', remedy: 'Use another key.' });
  return {
    create: async (request, ctx) => routeOf(await api<RouterRoute>(ctx, 'CreateRoute', input(request))),
    find: async (router, key, ctx) => {
      const found = await find(router, key, ctx);
      return found && routeOf(found);
    },
    update: async ({ id }, request, ctx) =>
      routeOf(await api<RouterRoute>(ctx, 'ChangeRoute', { id, ...input(request) })),
    delete: async (router, key, owner, ctx) => {
      const found = await find(router, key, ctx);
      if (found === undefined) return;
      if (!isMarkOf(parseMark(found.description), owner)) throw notOurs(key);
      await unlessGone(api(ctx, 'DeleteRoute', { id: found.id }));
    },
    adopt: async (router, key, owner, ctx) => {
      const found = await find(router, key, ctx);
      if (found === undefined) throw absent(`route ${key}`);
      const mark = parseMark(found.description);
      if (mark !== undefined && !isMarkOf(mark, owner)) throw notOurs(key);
      if (mark !== undefined) return;
      await api(ctx, 'ChangeRoute', { id: found.id, description: `${formatMark(owner)} ${found.description}`.trim() });
    },
    forget: async (router, key, owner, ctx) => {
      const found = await find(router, key, ctx);
      const mark = parseMark(found?.description);
      if (found === undefined || mark === undefined) return;
      if (!isMarkOf(mark, owner)) throw notOurs(key);
      await api(ctx, 'ChangeRoute', { id: found.id, description: found.description.replace(/^\s*postern:\S+\s?/, '') });
    },
    deploy: refuse('deployment'),
  };
}
