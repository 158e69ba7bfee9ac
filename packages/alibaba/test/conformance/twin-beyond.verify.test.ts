import { type RegionSnapshot, createContext } from '@postern/core/internal/library';
import { encodeSnapshot, redactSnapshot, SNAPSHOT_VERSION, type RouteEntry } from '@postern/core/internal/snapshot';
import { decodeSnapshot } from '@postern/core/internal/decode';
import { simulate } from '@postern/simulator';
import { beforeAll, describe, expect, it } from 'vitest';
import { alibaba } from '../../src/index.js';
import { checkedWorld, EVERYTHING } from '../world/checked-world.js';
import { REGION } from '../world/simulated.js';

type Ids = Awaited<ReturnType<typeof checkedWorld>>['ids'];

let region: RegionSnapshot;
let ids: Ids;
beforeAll(async () => {
  const world = await checkedWorld();
  ids = world.ids;
  region = await world.driver.observe(EVERYTHING, world.ctx);
});

const fileOf = (one: RegionSnapshot): string =>
  encodeSnapshot({ version: SNAPSHOT_VERSION, takenAt: '2026-06-01T01:00:00.000Z', scope: 'all', regions: [one] });

/** Loads a region into a twin, and reads that. */
async function again(changed: RegionSnapshot): Promise<{ readonly text: string; readonly lacks: readonly string[] }> {
  const twin = simulate({ throttle: false });
  const lacks = twin.loadSnapshot(decodeSnapshot(fileOf(changed)));
  const driver = alibaba({ region: REGION, api: twin.alibaba(REGION) });
  const ctx = createContext({ clock: twin.clock, random: () => 0.5 });
  return { text: fileOf(await driver.observe(EVERYTHING, ctx)), lacks };
}

/** The items of a list, that of an id changed. */
function changing<T extends { readonly id: string }>(
  items: readonly T[] | undefined,
  id: string,
  more: Partial<T>,
): T[] {
  return (items ?? []).map((item) => (item.id === id ? { ...item, ...more } : item));
}

const hop = (kind: RouteEntry['nextHop']['kind'], native: string): RouteEntry['nextHop'] => ({
  kind,
  native,
  id: 'x-1',
});

/** What a real region has, and no call of the simulated one makes. */
const BEYOND: readonly (readonly [string, (given: RegionSnapshot, at: Ids) => Partial<RegionSnapshot>])[] = [
  [
    'blocks of IPv6, of VPCs and vSwitches',
    ({ networks, subnets }, { vpc, j }) => ({
      networks: changing(networks, vpc, { ipv6CidrBlocks: ['2408:4005:100::/56'] }),
      subnets: changing(subnets, j, { ipv6CidrBlocks: ['2408:4005:100:1::/64'] }),
    }),
  ],
  [
    'a VPC and a vSwitch of another account',
    ({ networks, subnets }, { vpc, j }) => ({
      networks: changing(networks, vpc, { account: '5555666677778888' }),
      subnets: changing(subnets, j, { account: '5555666677778888' }),
    }),
  ],
  [
    'routes that are propagated, blackholes or of unknown state',
    ({ routeTables }, { table }) => ({
      routeTables: changing(routeTables, table, {
        routes: [
          ...(routeTables?.find(({ id }) => id === table)?.routes ?? []),
          {
            cidrBlock: '10.70.0.0/16',
            nextHop: hop('transit-gateway', 'Attachment'),
            state: 'active',
            origin: 'propagated',
          },
          { cidrBlock: '10.71.0.0/16', nextHop: hop('express-connect', 'Ecr'), state: 'active', origin: 'propagated' },
          { cidrBlock: '10.72.0.0/16', nextHop: hop('instance', 'HaVip'), state: 'blackhole', origin: 'static' },
          { cidrBlock: '10.73.0.0/16', nextHop: hop('nat', 'NatGateway'), state: 'unknown', origin: 'static' },
          {
            cidrBlock: '2408:4005:200::/56',
            nextHop: hop('internet', 'IPv6Gateway'),
            state: 'active',
            origin: 'static',
          },
        ],
      }),
    }),
  ],
  [
    'rules that name lists of ports, and groups of other accounts',
    ({ securityGroups }, { group }) => ({
      securityGroups: changing(securityGroups, group, {
        rules: [
          ...(securityGroups.find(({ id }) => id === group)?.rules ?? []),
          {
            id: 'sgr-1',
            direction: 'in',
            protocol: 'tcp',
            fromPort: 0,
            toPort: 65_535,
            portListId: 'prl-1',
            cidrBlock: '10.0.0.1',
            action: 'allow',
            priority: 1,
          },
          {
            id: 'sgr-5',
            direction: 'in',
            protocol: 'tcp',
            fromPort: 80,
            toPort: 80,
            cidrBlock: '10.0.0.0/8',
            narrowed: { ownCidrBlock: '10.0.20.99/32', sourcePorts: '1024/65535' },
            action: 'allow',
            priority: 1,
          },
          {
            id: 'sgr-6',
            direction: 'out',
            protocol: 'tcp',
            fromPort: 80,
            toPort: 80,
            cidrBlock: '2001:db8::/32',
            narrowed: { ownCidrBlock: '2001:db8:1::/64' },
            action: 'allow',
            priority: 1,
          },
          {
            id: 'sgr-2',
            direction: 'out',
            protocol: 'udp',
            fromPort: 53,
            toPort: 53,
            securityGroupId: 'sg-foreign',
            peerAccount: '5555666677778888',
            action: 'drop',
            priority: 100,
          },
          {
            id: 'sgr-3',
            direction: 'in',
            protocol: 'icmpv6',
            fromPort: 0,
            toPort: 65_535,
            cidrBlock: '2001:db8::/32',
            action: 'allow',
            priority: 9,
          },
        ],
      }),
    }),
  ],
  [
    'interfaces with several addresses, of other owners, without source checks',
    ({ interfaces }) => ({
      interfaces: interfaces.map((one, index) =>
        index === 0
          ? {
              ...one,
              addresses: [...one.addresses, '10.10.9.250', '2408:4005:100:1::5'],
              sourceDestinationCheck: false,
              account: '5555666677778888',
            }
          : one,
      ),
    }),
  ],
  [
    'servers that are unhealthy though they run, and servers of one listener only',
    ({ targetGroups }, { balancer, machine }) => ({
      targetGroups: changing(
        changing(targetGroups, `${balancer}:80`, {
          targets: [{ id: machine, port: 80, zone: 'all', health: 'unhealthy', reason: 'abnormal' }],
        }),
        `${balancer}:443`,
        { targets: [{ id: machine, port: 443, zone: 'all', health: 'healthy', reason: 'normal' }] },
      ),
    }),
  ],
  [
    'vServer groups with servers that are unhealthy though they run, and a server twice',
    ({ targetGroups }, { balancer, machine, second }) => ({
      targetGroups: changing(targetGroups, `${balancer}:81`, {
        targets: [
          { id: machine, port: 8080, zone: 'all', health: 'unhealthy', reason: 'abnormal' },
          { id: machine, port: 9090, zone: 'all', health: 'healthy', reason: 'normal' },
          { id: second, port: 8080, zone: 'all', health: 'unused', reason: 'weight 0, abnormal' },
        ],
      }),
    }),
  ],
  [
    'a vServer group without servers',
    ({ targetGroups }, { balancer }) => ({ targetGroups: changing(targetGroups, `${balancer}:81`, { targets: [] }) }),
  ],
  [
    'listeners that share access control lists',
    ({ listeners }, { balancer }) => ({
      listeners: changing(
        changing(listeners, `${balancer}/tcp:80`, {
          accessControl: { kind: 'allow', ids: ['acl-1', 'acl-2'], cidrBlocks: ['10.10.0.0/16', '10.20.0.0/16'] },
        }),
        `${balancer}/tcp:443`,
        { accessControl: { kind: 'deny', ids: ['acl-1'], cidrBlocks: ['10.20.0.0/16'] } },
      ),
    }),
  ],
  [
    'a listener that redirects everything to another',
    ({ listeners }, { balancer }) => ({
      listeners: listeners.map((one) =>
        one.id === `${balancer}/tcp:443`
          ? {
              ...one,
              id: `${balancer}/http:443`,
              protocol: 'HTTP',
              rules: [],
              actions: [{ kind: 'redirect', statusCode: '302' }],
            }
          : one,
      ),
      targetGroups: (region.targetGroups ?? []).map((one) =>
        one.id === `${balancer}:443`
          ? {
              ...one,
              protocol: 'HTTP',
              preservesClientAddress: false,
              healthCheck: { enabled: true, protocol: 'HTTP' },
            }
          : one,
      ),
    }),
  ],
  [
    'links in undocumented states, with a VPC of callers',
    ({ links }) => ({
      links: links.map((one) => ({
        ...one,
        nativeState: 'REBALANCING',
        state: 'pending',
        reason: 'its state is "REBALANCING", which the service does not document',
        ...(one.settings === undefined ? {} : { settings: { ...one.settings, egressIpv6: true } }),
        native: { ...one.native, egressIpv6: true, intranetSegments: '["10.0.0.0/8"]', expiresAt: '1793491200000' },
      })),
    }),
  ],
  [
    'zones that serve no links, and zones that the simulation does not have',
    () => ({
      zones: [
        { id: 'cn-hangzhou-b', servesLinks: false },
        { id: 'cn-hangzhou-j', servesLinks: true },
      ],
    }),
  ],
  [
    'peerings with other regions and accounts, in every state',
    ({ peerings = [] }) => ({
      peerings: [
        ...peerings,
        {
          id: 'pcc-2',
          state: 'failed',
          nativeState: 'Expired',
          sides: [
            { networkId: 'vpc-far', account: '5555666677778888', region: 'cn-beijing', cidrBlocks: ['172.31.0.0/16'] },
            { networkId: ids.vpc, account: '1111222233334444', region: REGION, cidrBlocks: ['10.10.0.0/16'] },
          ],
          raw: null,
        },
      ],
    }),
  ],
];

describe('a twin of what only real regions have', () => {
  it.each(BEYOND)('shows %s', async (_what, change) => {
    const changed = { ...region, ...change(region, ids) };
    const { text, lacks } = await again(changed);
    expect(lacks).toEqual([]);
    expect(text.split('\n')).toEqual(fileOf(changed).split('\n'));
    expect(text).not.toBe(fileOf(region));
  });

  it('has APIs as far as their routes describe them, where the snapshot has nothing else', async () => {
    const { native: _, ...bare } = region;
    const { text, lacks } = await again(bare);
    expect(lacks.filter((lack) => lack.includes('the definition of API'))).toHaveLength(
      region.gateways.flatMap(({ routes }) => routes).length,
    );
    const [made] = decodeSnapshot(text).regions;
    const told = ({ gateways }: RegionSnapshot) =>
      gateways
        .flatMap(({ routes }) => routes)
        .map(({ key, targetId, linkId, stages, owner, path }) => ({ key, targetId, linkId, stages, owner, path }))
        .toSorted((a, b) => (a.key < b.key ? -1 : 1));
    expect(made && told(made)).toEqual(told(region));
  });

  it('has what a spec names, where the snapshot is of that spec', async () => {
    const { driver, ctx, world, linkId } = await checkedWorld();
    const scope = { checks: true, project: 'shop', links: [linkId], gateways: [world.gateway.ref] };
    const some = await driver.observe(scope, ctx);
    const { text, lacks } = await again(some);
    expect(lacks).toEqual(['cn-hangzhou: plug-ins and named backends, which only a snapshot of everything has']);
    const [made] = decodeSnapshot(text).regions;
    // Plug-ins decide who may call; everything else of a route is present.
    const shown = (one: RegionSnapshot | undefined) =>
      one?.gateways[0]?.routes
        .map((route) => ({ ...route, open: undefined, authorization: undefined }))
        .toSorted((a, b) => (a.key < b.key ? -1 : 1));
    expect(shown(made)).toEqual(shown(decodeSnapshot(fileOf(some)).regions[0]));
    expect(made?.subnets).toHaveLength(some.subnets.length);
  });

  it('reports what the snapshot could not read, and what the twin cannot represent', async () => {
    const { text, lacks } = await again({
      ...region,
      securityGroups: [],
      instances: changing(region.instances, ids.machine, { nativeState: 'Recovering', state: 'other' }),
      listeners: changing(region.listeners, `${ids.balancer}/tcp:80`, {
        accessControl: { kind: 'allow', ids: ['acl-1'] },
        rules: [{ id: 'rule-1', priority: 1, conditions: [{ kind: 'path' }], actions: [{ kind: 'forward' }] }],
      }),
      gaps: [
        {
          what: 'security groups',
          operation: 'DescribeSecurityGroups',
          code: 'PERMISSION_DENIED',
          permission: 'ecs:DescribeSecurityGroups',
          of: 'securityGroups',
        },
      ],
    });
    expect(lacks).toEqual([
      `cn-hangzhou: the state Recovering of ${ids.machine}: it is stopped here`,
      `cn-hangzhou: the forwarding rules of ${ids.balancer}/tcp:80`,
      `cn-hangzhou: the access control lists of ${ids.balancer}/tcp:80`,
      'cn-hangzhou: security groups, which could not be read (it takes ecs:DescribeSecurityGroups)',
    ]);
    expect(decodeSnapshot(text).regions).toHaveLength(1);
  });

  it('has masks for accounts where its snapshot has them', async () => {
    const masked = redactSnapshot({
      version: SNAPSHOT_VERSION,
      takenAt: '2026-06-01T01:00:00.000Z',
      scope: 'all',
      regions: [region],
    });
    const [made] = masked.regions;
    expect(made?.account).toBe('0000000000000001');
    const { text } = await again(made!);
    expect(text.split('\n')).toEqual(fileOf(made!).split('\n'));
  });

  it('continues what was in progress', async () => {
    const [link] = region.links;
    const changed = { ...region, links: [{ ...link!, nativeState: 'MODIFYING', state: 'pending' as const }] };
    const twin = simulate();
    twin.loadSnapshot(decodeSnapshot(fileOf(changed)));
    const driver = alibaba({ region: REGION, api: twin.alibaba(REGION) });
    const ctx = createContext({ clock: twin.clock, random: () => 0.5 });
    expect((await driver.links.find(link!, ctx))?.nativeState).toBe('MODIFYING');
    await twin.advance(120_000);
    expect((await driver.links.find(link!, ctx))?.nativeState).toBe('RUNNING');
  });

  it('accepts regions of one account only', () => {
    const other = { ...region, account: '5555666677778888', region: 'cn-beijing' };
    const both = { version: SNAPSHOT_VERSION, takenAt: '2026-06-01T01:00:00.000Z', regions: [region, other] } as const;
    expect(() => simulate().loadSnapshot(both)).toThrow('5555666677778888');
  });
});
