// A cloud from outside: `postern plan --cloud cloud.ts`. The account is a file beside this one, so that a command sees
// what earlier commands did.
import { fileURLToPath } from 'node:url';
import { formatMark, ownerFromTags, ownerTags, parseMark } from '@postern/core/adapter';
import { emptyRegion } from '@postern/core/cloud';
import { driverOf } from '@postern/core/driver';
import { clouds } from '@postern/core/kinds';
import { UnsupportedError, type Driver, type DriverPlace } from '@postern/core';
import { Account, type RouterRoute, type Tunnel } from './account.js';
import { planner } from './planner.js';
import { cloud } from './value.js';

const ACCOUNT = 'acc-1234';
const ROUTER = 'router1';
const NETWORK = 'net-1';
const raw = null;

/** The lists that the driver reads as a whole. */
const WHOLE = [
  'links',
  'gateways',
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

const refuse = (what: string) => () => Promise.reject(new UnsupportedError(`Tunnel Cloud has no ${what}`));
const nothing = () => Promise.resolve();

const linkOf = ({ id, name, subnetIds, securityGroupIds, tags }: Tunnel) => ({
  id,
  name,
  kind: 'tunnel',
  state: 'ready' as const,
  nativeState: 'Up',
  networkId: NETWORK,
  subnetIds,
  securityGroupIds,
  tags,
  owner: ownerFromTags(tags),
  raw,
});

const routeOf = ({ id, key, tunnel, target, note }: RouterRoute) => ({
  id,
  gatewayId: ROUTER,
  key,
  linkId: tunnel,
  targetId: target,
  open: false,
  owner: parseMark(note),
  raw,
});

/** The one rope of the account. */
const ROPE = { kind: 'rope', id: 'rope-1', name: 'orders-rope', networkId: NETWORK, raw };

/** The network of the account: two subnets, a group that allows all in it, and a machine behind the target's address. */
function network() {
  const inside = { protocol: 'all', fromPort: 0, toPort: 65_535, cidrBlock: '10.0.0.0/16' } as const;
  const subnet = (id: string, zone: string, cidrBlock: string) => ({
    id,
    name: id,
    networkId: NETWORK,
    zone,
    cidrBlock,
    freeAddresses: 200,
    routeTableId: 'tab-1',
    networkAclId: null,
    account: ACCOUNT,
    tags: {},
    raw,
  });
  return {
    networks: [{ id: NETWORK, name: 'main', cidrBlocks: ['10.0.0.0/16'] as const, tags: {}, raw }],
    subnets: [subnet('sub-a', 'one', '10.0.1.0/24'), subnet('sub-b', 'two', '10.0.2.0/24')],
    routeTables: [
      {
        id: 'tab-1',
        networkId: NETWORK,
        main: true,
        routes: [
          {
            cidrBlock: '10.0.0.0/16',
            nextHop: { kind: 'local' as const },
            state: 'active' as const,
            origin: 'local' as const,
          },
        ],
        raw,
      },
    ],
    networkAcls: [],
    prefixLists: [],
    peerings: [],
    transitGateways: [],
    virtualGateways: [],
    zones: ['one', 'two'].map((id) => ({ id, name: id, servesLinks: true })),
    interfaces: [
      {
        id: 'if-1',
        networkId: NETWORK,
        subnetId: 'sub-b',
        addresses: ['10.0.2.20'],
        securityGroupIds: ['grp-1'],
        attachedTo: 'machine-1',
        raw,
      },
    ],
    securityGroups: [
      {
        id: 'grp-1',
        name: 'all',
        networkId: NETWORK,
        rules: [
          { direction: 'in' as const, ...inside },
          { direction: 'out' as const, ...inside },
        ],
        tags: {},
        raw,
      },
    ],
  };
}

function driver({ region }: DriverPlace): Driver {
  const account = new Account(fileURLToPath(new URL('tunnel-account.json', import.meta.url)));
  const links = () => account.tunnels.map(linkOf);
  const target = (ref: object) => {
    if ('rope' in ref) return ROPE;
    const { address, port } = ref as { readonly address: string; readonly port: number };
    return { kind: 'address' as const, id: `${address}:${port}`, resourceId: address, port, networkId: NETWORK, raw };
  };
  return driverOf({
    provider: 'tunnel',
    region,
    clouds: clouds([cloud]),
    links: {
      tunnel: {
        createsLinks: true,
        deletesLinks: true,
        linksAreImmutable: true,
        stalenessMs: 0,
        pollMs: 1_000,
        linkTimeoutMs: 60_000,
      },
    },
    gateways: ['tunnel-router'],
    moves: {},
    open: () =>
      Promise.resolve({
        identity: () => Promise.resolve({ account: ACCOUNT }),
        observe: () =>
          Promise.resolve({
            ...emptyRegion({ provider: 'tunnel', region, account: ACCOUNT }),
            ...network(),
            whole: WHOLE,
            quotas: { tunnels: 5 },
            links: links(),
            targets: [ROPE],
            gateways: [
              {
                id: ROUTER,
                name: 'router',
                kind: 'tunnel-router',
                stages: [{ name: 'live', autoDeploy: true }],
                routes: account.routes.map(routeOf),
                tags: {},
                raw,
              },
            ],
          }),
        links: {
          tunnel: {
            links: {
              create: ({ name, subnetIds, securityGroupIds, owner, tags }) =>
                Promise.resolve(
                  account.createTunnel({ name, subnetIds, securityGroupIds, tags: { ...tags, ...ownerTags(owner) } }),
                ),
              find: (by) =>
                Promise.resolve(
                  links().find(({ id, owner }) =>
                    'id' in by
                      ? id === by.id
                      : owner?.project === by.owner.project && owner.integration === by.owner.integration,
                  ),
                ),
              statuses: (ids) => Promise.resolve(links().filter(({ id }) => ids.includes(id))),
              rename: refuse('new name of a tunnel'),
              tag: (id, tags) => Promise.resolve(account.tagTunnel(id, tags)),
              untag: refuse('removal of a tag'),
              delete: (id) => Promise.resolve(account.deleteTunnel(id)),
            },
            targets: {
              resolve: (ref) => Promise.resolve(target(ref)),
              create: refuse('target that is a resource'),
              find: refuse('target that is a resource'),
              update: refuse('target that is a resource'),
              delete: refuse('target that is a resource'),
            },
            allowlist: {
              prepare: refuse('allowlist'),
              read: refuse('allowlist'),
              allow: refuse('allowlist'),
              revoke: refuse('allowlist'),
              release: nothing,
            },
            egress: (linkId) =>
              Promise.resolve({
                linkId,
                prefixes: ['10.0.1.0/24', '10.0.2.0/24'],
                addresses: [],
                securityGroupIds: ['grp-1'],
                stability: 'momentary',
                seenBy: [],
              }),
          },
        },
        gateways: {
          'tunnel-router': {
            create: ({ key, linkId, use, owner }) =>
              Promise.resolve(
                routeOf(account.putRoute({ key, tunnel: linkId, target: use.target.id, note: formatMark(owner) })),
              ),
            find: (_, key) => {
              const found = account.routes.find((one) => one.key === key);
              return Promise.resolve(found && routeOf(found));
            },
            update: refuse('change of a route'),
            delete: (_, key) => Promise.resolve(account.deleteRoute(key)),
            deploy: refuse('deployment'),
          },
        },
        moves: {},
      }),
  });
}

export default { cloud, driver, planner };
