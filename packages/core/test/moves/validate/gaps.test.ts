import { CLOUDS } from '../../clouds.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SNAPSHOT_LISTS, type SnapshotList } from '../../../src/do/snapshot/snapshot.js';
import { blockersOf } from '../../../src/moves/validate/accept.js';
import type { Migration } from '../../../src/moves/validate/migration.js';
import { validateMigration } from '../../../src/moves/validate/validate.js';
import type { World } from '../../check/checks/world.js';
import { runs } from '../../runs.js';
import { AWS_MOVE, awsMigrationWorld, standIn } from './aws-world.js';
import { migrationWorld, MOVE, use } from './world.js';
import { edit } from '../../check/checks/edits.js';

/** A fault because of which a move must not proceed. */
type Fault = readonly [what: string, plant: (world: World) => unknown];

/** A network ACL of a subnet, which denies all inbound or all outbound. */
function networkAcl({ region, the }: World, subnetId: string, closed: 'in' | 'out'): void {
  const entry = (direction: 'in' | 'out') => ({
    direction,
    order: 1,
    protocol: 'all' as const,
    fromPort: 0,
    toPort: 65_535,
    cidrBlock: '0.0.0.0/0',
    action: direction === closed ? ('deny' as const) : ('allow' as const),
  });
  const subnet = the('subnets', subnetId);
  subnet.networkAclId = 'acl-planted';
  (region.networkAcls ??= []).push({
    id: 'acl-planted',
    networkId: subnet.networkId,
    entries: [entry('in'), entry('out')],
    raw: null,
  });
}

const plain = (host: string, stage?: string) =>
  use('api-3', 'GET /more', '', { targetId: undefined, host, port: 80, stage });

const ALIBABA: readonly Fault[] = [
  ['no rule of the group allows the calls', edit({ 'securityGroups.sg-link': { intraGroup: 'deny', rules: [] } })],
  [
    'the list of the listener has one zone only',
    edit({ 'listeners.lb-1/http:80.accessControl.cidrBlocks': ['10.0.1.0/24'] }),
  ],
  ['the network ACL of the backends denies all inbound', (world) => networkAcl(world, 'vsw-app', 'in')],
  ['the network ACL of the backends denies answers', (world) => networkAcl(world, 'vsw-app', 'out')],
  ['the network ACL of one zone denies all outbound', (world) => networkAcl(world, 'vsw-k', 'out')],
  ['the listener does not exist', ({ remove }) => remove('listeners', 'lb-1/http:80')],
  ['an instance is stopped', edit({ 'instances.i-1.state': 'stopped' })],
  ['no target is healthy', edit({ 'targetGroups.lb-1:80.targets.0.health': 'unhealthy' })],
  ['an authorization is of another VPC', edit({ 'targets.shop-orders.networkId': 'vpc-else' })],
  [
    'a block is not accessible',
    ({ region }) => region.allowlists.find(({ linkId }) => linkId === MOVE.to)?.entries.pop(),
  ],
  ['the authorization does not exist', ({ remove }) => remove('targets', 'shop-stock')],
  ['a draft calls an address outside', edit({ 'gateways.group-1.uses.+': plain('10.0.40.7') })],
  [
    'a private domain is not attached',
    edit({
      'gateways.group-1.uses.+': plain('orders.internal', 'RELEASE'),
      privateDomains: [{ name: 'orders.internal', addresses: ['10.0.20.5'], linkIds: ['apigateway-hz-1'] }],
    }),
  ],
  ['the group is locked', edit({ 'gateways.group-1.locked': 'an overdue bill' })],
  ['the target instance is not running', ({ the }) => Object.assign(the('links', MOVE.to), { state: 'failed' })],
  [
    'the target is conventional, and the list of the listener lacks its egress',
    (world) => conventional(world, ['100.104.0.0/26']),
  ],
  ['the target is conventional, and does not report its egress', (world) => conventional(world, [])],
];

/** Makes the target a conventional instance, which calls from blocks of the cloud. */
function conventional({ region, the }: World, prefixes: readonly string[]): void {
  Object.assign(the('links', MOVE.to), {
    kind: 'dedicated-instance',
    networkId: undefined,
    subnetIds: [],
    securityGroupIds: [],
  });
  const egress = region.egress.find(({ linkId }) => linkId === MOVE.to);
  Object.assign(egress ?? {}, { prefixes, addresses: [], securityGroupIds: [] });
  region.interfaces = region.interfaces.filter(({ linkId }) => linkId !== MOVE.to);
  region.allowlists = region.allowlists.filter(({ linkId }) => linkId !== MOVE.to);
  // The rules of the instance's group must not decide here.
  the('securityGroups', 'sg-link').rules.push({
    id: 'sgr-any',
    direction: 'in',
    protocol: 'all',
    fromPort: 0,
    toPort: 65_535,
    cidrBlock: '0.0.0.0/0',
    action: 'allow',
    priority: 1,
  });
}

const AWS: readonly Fault[] = [
  [
    'the group of the load balancer does not allow the link',
    ({ the }) =>
      (the('securityGroups', 'sg-lb').rules = the('securityGroups', 'sg-lb').rules.filter(
        ({ id }) => id !== 'sgr-lb-in',
      )),
  ],
  ["the link's group lets nothing out", edit({ 'securityGroups.sg-link.rules': [] })],
  ['a network ACL denies all inbound', (world) => networkAcl(world, 'subnet-lb-a', 'in')],
  ['a network ACL denies answers', (world) => networkAcl(world, 'subnet-b', 'in')],
  [
    'no target is healthy',
    ({ region }) =>
      region.targetGroups?.forEach(({ targets }) => targets?.forEach((one) => (one.health = 'unhealthy'))),
  ],
  ['the link is not ready', edit({ 'links.vlink-2': { state: 'pending', nativeState: 'PENDING' } })],
  [
    'the link is in another VPC',
    (world) => {
      world.copy('networks', 'vpc-1', { id: 'vpc-2', cidrBlocks: ['10.9.0.0/16'] });
      world.copy('subnets', 'subnet-a', { id: 'subnet-z', networkId: 'vpc-2', cidrBlock: '10.9.0.0/24' });
      standIn(world, ['subnet-z']);
      Object.assign(world.the('links', 'vlink-2'), { networkId: 'vpc-2' });
    },
  ],
  ['the listener does not exist', edit({ targets: [], listeners: [] })],
];

/** Quotas are not a list of items. */
const LISTS = SNAPSHOT_LISTS.filter((list) => list !== 'quotas');

/** What was not read: a whole list, a part of it, or one item. */
interface Withheld {
  readonly list: SnapshotList;
  readonly how: 'list' | 'part' | 'one' | 'everything';
  /** Which item, and whether each of the others was read. */
  readonly at: number;
  readonly there: readonly boolean[];
}

const withheld: fc.Arbitrary<Withheld> = fc.record({
  list: fc.constantFrom(...LISTS),
  how: fc.constantFrom('list', 'part', 'one', 'one', 'everything'),
  at: fc.nat(),
  there: fc.array(fc.boolean(), { minLength: 8, maxLength: 8 }),
});

type Item = Readonly<Partial<Record<'id' | 'linkId' | 'name', string>>>;

function withhold({ region }: World, { list, how, at, there }: Withheld): void {
  const items = region[list] as readonly Item[] | undefined;
  const permission = `any:Describe${list}`;
  const gap = { what: list, operation: `Describe${list}`, code: 'PERMISSION_DENIED', permission };
  if (items === undefined || items.length === 0 || how === 'list' || how === 'everything') {
    region.gaps.push(how === 'everything' ? gap : { ...gap, of: list });
    if (items !== undefined) Object.assign(region, { [list]: [] });
    return;
  }
  const one = items[at % items.length];
  const rest = items.filter((item, index) => item !== one && (how === 'one' || there[index % there.length] === true));
  const id = one?.id ?? one?.linkId ?? one?.name;
  region.gaps.push({ ...gap, of: list, ...(how === 'one' ? { id } : {}) });
  Object.assign(region, { [list]: rest });
}

const stopsOf = ({ snapshot }: World, migration: Migration) =>
  blockersOf(validateMigration(snapshot, migration, { clouds: CLOUDS, passes: false }));

describe.each<[string, (change?: (world: World) => void) => World, Migration, readonly Fault[], SnapshotList[]]>([
  ['Alibaba Cloud', migrationWorld, MOVE, ALIBABA, []],
  ['AWS', awsMigrationWorld, AWS_MOVE, AWS, []],
])('a move on %s that must not proceed', (_, worldOf, migration, faults) => {
  it.each(faults)('is stopped where %s', (_what, plant) => {
    expect(stopsOf(worldOf(), migration)).toEqual([]);
    expect(stopsOf(worldOf(plant), migration)).not.toEqual([]);
  });

  it('is stopped whatever could not be read: a hidden fault is an unknown of severity error', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...faults),
        fc.array(withheld, { minLength: 1, maxLength: 3 }),
        ([, plant], lacking) => {
          const world = worldOf(plant);
          for (const one of lacking) withhold(world, one);
          const stops = stopsOf(world, migration);
          expect(stops.length).toBeGreaterThan(0);
          for (const { severity, remedy } of stops) {
            expect(severity).toBe('error');
            expect(remedy).toMatch(/^[A-Z].*\.$/s);
          }
        },
      ),
      { numRuns: runs(34, 10_000) },
    );
  });
});
