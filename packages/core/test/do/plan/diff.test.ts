import { describe, expect, it } from 'vitest';
import type { SourcePlace } from '../../../src/ground/errors.js';
import type { IntegrationSpec, LinkSpec, Spec } from '../../../src/do/spec.js';
import { diff } from '../../../src/do/plan/diff.js';
import { ownerTags } from '../../../src/do/model/marks.js';
import { linkHash } from '../../../src/do/world/resolve/link-identity.js';
import type { PlanOptions } from '../../../src/do/plan/plan.js';
import { SNAPSHOT_VERSION, type Gap, type Snapshot } from '../../../src/do/snapshot/snapshot.js';
import { type FakeCloud, smallCloud } from '../../fake-cloud.js';
import { linkSpec, planOf, runSpec, smallSpec, stepIds } from '../../fake-run.js';
import { CLOUDS } from '../../clouds.js';

function snapshotOf(cloud: FakeCloud): Snapshot {
  const region = cloud.observe({ all: true, project: 'shop' });
  return { version: SNAPSHOT_VERSION, takenAt: '2026-06-01T00:00:00.000Z', scope: 'all', regions: [region] };
}

/** The spec with its one link changed. */
function withLink(fields: Partial<LinkSpec>): Spec {
  return smallSpec({ links: { eu: linkSpec(fields) } });
}

/** The spec with its one integration changed. */
function withIntegration(fields: Partial<IntegrationSpec>): Spec {
  return smallSpec({ integrations: { orders: { ...smallSpec().integrations['orders']!, ...fields } } });
}

/** Tags of a link that this project created. */
function marks(
  name: string,
  subnetIds: readonly string[],
  securityGroupIds: readonly string[],
): Record<string, string> {
  const owner = { project: 'shop', spec: 'shop', integration: name };
  return ownerTags({ ...owner, specHash: linkHash(owner, { subnetIds, securityGroupIds }) });
}

describe('diff refuses specs that are not valid, each with its code, place and remedy', () => {
  const places: Record<string, SourcePlace> = { 'links.eu.subnets[0]': { file: 'postern.yaml', line: 7, column: 15 } };
  const rows: readonly (readonly [string, string, string | undefined, Spec, ((cloud: FakeCloud) => unknown)?])[] = [
    ['no such subnet', 'NOT_FOUND', 'links.eu.subnets[0]', withLink({ subnets: ['subnet-9z'] })],
    ['a name that two subnets have', 'AMBIGUOUS', 'links.eu.subnets[0]', withLink({ subnets: [{ name: 'private' }] })],
    [
      'a tag that three subnets have',
      'AMBIGUOUS',
      'links.eu.subnets[0]',
      withLink({ subnets: [{ tag: { tier: 'back' } }] }),
    ],
    [
      'subnets of two networks',
      'SUBNETS_OF_SEVERAL_NETWORKS',
      'links.eu.subnets',
      withLink({ subnets: ['subnet-1a', 'subnet-2a'] }),
    ],
    [
      'a group of another network',
      'WRONG_NETWORK',
      'links.eu.securityGroups[0]',
      withLink({ securityGroups: ['sg-other'] }),
    ],
    ['another network than declared', 'WRONG_NETWORK', 'links.eu.network', withLink({ network: 'vpc-2' })],
    ['no such link', 'NOT_FOUND', 'links.eu.id', withLink({ id: 'vl-9' })],
    ['an external link that does not exist', 'NOT_FOUND', 'links.eu', withLink({ owner: 'external' })],
    [
      'an allowlist beside an open group',
      'ALLOWLIST_INEFFECTIVE',
      'links.eu.allowlist',
      withLink({ securityGroups: ['sg-open'], allowlist: ['10.0.0.0/8'] }),
    ],
    [
      'an allowlist that needs 61 rules',
      'ALLOWLIST_FULL',
      'links.eu.allowlist',
      withLink({ allowlist: Array.from({ length: 61 }, (_, index) => `10.${index * 2}.0.0/16`) }),
    ],
    ['no such gateway', 'NOT_FOUND', 'integrations.orders.gateway', withIntegration({ gateway: { httpApi: 'api-9' } })],
    [
      'a gateway of another kind',
      'WRONG_KIND',
      'integrations.orders.gateway',
      withIntegration({ gateway: { restApi: 'api-1' } }),
    ],
    [
      'no such listener',
      'NOT_FOUND',
      'integrations.orders.targets.orders',
      withIntegration({
        targets: {
          orders: { ref: { listener: 'arn:aws:elasticloadbalancing:eu-west-1:111122223333:listener/app/none/1/1' } },
        },
      }),
    ],
    [
      'a target that is not defined',
      'UNKNOWN_REFERENCE',
      'integrations.orders.routes.ANY /orders',
      withIntegration({ routes: { 'ANY /orders': 'x' } }),
    ],
    ['a link that is not defined', 'UNKNOWN_REFERENCE', 'integrations.orders.link', withIntegration({ link: 'us' })],
    [
      'a target in another network',
      'WRONG_NETWORK',
      'integrations.orders.targets.orders',
      withLink({ subnets: ['subnet-2a'], securityGroups: [] }),
    ],
    [
      'a key that an unmanaged route has',
      'ALREADY_EXISTS',
      'integrations.orders.routes.ANY /orders',
      smallSpec(),
      (cloud) => cloud.addRoute('api-1', 'ANY /orders'),
    ],
    [
      "a key that another project's route has",
      'NOT_OURS',
      'integrations.orders.routes.ANY /orders',
      smallSpec(),
      (cloud) =>
        cloud.addRoute('api-1', 'ANY /orders', { linkId: 'vl-x', description: 'postern:crm@crm/orders/orders' }),
    ],
    [
      'the same, of a route that leads as declared',
      'NOT_OURS',
      'integrations.orders.routes.ANY /orders',
      withLink({ id: 'vl-1', owner: 'external', subnets: undefined, securityGroups: undefined }),
      (cloud) => {
        cloud.addLink({ id: 'vl-1', subnetIds: ['subnet-1a'], securityGroupIds: ['sg-1'] });
        const targetId = 'arn:aws:elasticloadbalancing:eu-west-1:111122223333:listener/app/orders/1/443';
        const description = 'postern:crm@crm/orders/orders';
        cloud.addRoute('api-1', 'ANY /orders', { linkId: 'vl-1', targetId, path: 'overwrite', description });
      },
    ],
    [
      "another project's link by its id",
      'NOT_OURS',
      'links.eu.id',
      withLink({ id: 'vl-crm', subnets: undefined, securityGroups: undefined }),
      (cloud) =>
        cloud.addLink({
          id: 'vl-crm',
          subnetIds: ['subnet-1a'],
          tags: { 'postern:project': 'crm', 'postern:integration': 'eu' },
        }),
    ],
    [
      'subnets that differ from those of a link that is adopted by ID',
      'UNSUPPORTED',
      'links.eu.subnets',
      withLink({ id: 'vl-1', subnets: ['subnet-1b'] }),
      (cloud) => cloud.addLink({ id: 'vl-1', subnetIds: ['subnet-1a'], securityGroupIds: ['sg-1'] }),
    ],
    [
      'an allowlist on a link that has no managed one',
      'UNSUPPORTED',
      'links.eu.allowlist',
      withLink({ id: 'vl-1', allowlist: ['10.0.0.0/8'] }),
      (cloud) => cloud.addLink({ id: 'vl-1', subnetIds: ['subnet-1a'], securityGroupIds: ['sg-1'] }),
    ],
    [
      'one key declared twice',
      'INVALID_SPEC',
      'integrations.twin.routes.ANY /orders',
      smallSpec({
        integrations: { orders: smallSpec().integrations['orders']!, twin: smallSpec().integrations['orders']! },
      }),
    ],
  ];

  it.each(rows.map((row) => ({ why: row[0], row })))('$why', ({ row: [, code, path, spec, prepare] }) => {
    const cloud = smallCloud();
    prepare?.(cloud);
    const placed: Spec = { ...spec, places: (of) => places[of] };
    let thrown: unknown;
    try {
      diff(snapshotOf(cloud), placed, { clouds: CLOUDS });
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toMatchObject({ code, remedy: expect.stringMatching(/\.$/), place: { path } });
    if (path === 'links.eu.subnets[0]') expect(thrown).toMatchObject({ place: { file: 'postern.yaml', line: 7 } });
  });

  it('reports all errors at once', () => {
    const spec = {
      ...withLink({ subnets: ['subnet-9z'] }),
      integrations: { ...withIntegration({ link: 'us' }).integrations },
    };
    expect(() => diff(snapshotOf(smallCloud()), spec, { clouds: CLOUDS })).toThrow(
      expect.objectContaining({
        code: 'NOT_FOUND',
        details: { also: [expect.objectContaining({ code: 'UNKNOWN_REFERENCE' })] },
      }),
    );
  });

  it('lists the candidates of an ambiguous look-up', () => {
    expect(() =>
      diff(snapshotOf(smallCloud()), withLink({ subnets: [{ name: 'private' }] }), { clouds: CLOUDS }),
    ).toThrow(expect.objectContaining({ details: { candidates: ['subnet-1b', 'subnet-1c'] } }));
  });
});

describe('a gap is never treated as an absence', () => {
  const gaps: readonly (readonly [string, Gap['of'], Spec])[] = [
    ['links: a managed one may be among them', 'links', smallSpec()],
    ['routes: the key may be in use', 'gateways', smallSpec()],
    ['a look-up by tag: a second match may exist', 'subnets', withLink({ subnets: [{ tag: { tier: 'front' } }] })],
    ['a gap that names no list', undefined, smallSpec()],
  ];
  it.each(gaps)('%s', (_why, of, spec) => {
    const cloud = smallCloud();
    cloud.gaps = [{ what: 'things', operation: 'ListThings', code: 'PERMISSION_DENIED', permission: 'x:List', of }];
    expect(() => diff(snapshotOf(cloud), spec, { clouds: CLOUDS })).toThrow(
      expect.objectContaining({ code: 'PERMISSION_DENIED', remedy: expect.stringContaining('x:List') }),
    );
  });

  it('a gap about another list is only a note', () => {
    const cloud = smallCloud();
    cloud.gaps = [{ what: 'interfaces', operation: 'DescribeNetworkInterfaces', code: 'THROTTLED', of: 'interfaces' }];
    const plan = diff(snapshotOf(cloud), smallSpec(), { clouds: CLOUDS });
    expect(plan.units).toHaveLength(2);
    expect(plan.notes).toContainEqual(expect.stringContaining('interfaces'));
  });

  it('groups that could not be read are not reported as a difference of a link', async () => {
    const cloud = smallCloud();
    const spec = withLink({ allowlist: ['10.0.0.0/8'] });
    await runSpec(cloud, spec);
    cloud.gaps = [
      { what: 'groups', operation: 'DescribeSecurityGroups', code: 'PERMISSION_DENIED', of: 'securityGroups' },
    ];
    expect(() => diff(snapshotOf(cloud), spec, { clouds: CLOUDS })).toThrow(
      expect.objectContaining({ code: 'PERMISSION_DENIED' }),
    );
  });
});

describe('diff plans', () => {
  async function after(spec: Spec, change: Spec, options: PlanOptions = {}): Promise<readonly string[]> {
    const cloud = smallCloud();
    cloud.listener('bills', 8080);
    await runSpec(cloud, spec);
    return stepIds(await planOf(cloud, change, options));
  }

  const listener = (name: string): string => `arn:aws:elasticloadbalancing:eu-west-1:111122223333:listener/app/${name}`;
  const bills = { orders: { ref: { listener: listener('bills/1/8080') } } };
  const named = { ref: { listener: listener('orders/1/443') }, tls: { serverName: 'orders.internal' } };
  const none = { ...smallSpec(), integrations: {}, links: { other: linkSpec({ name: 'other' }) } };
  const allowlist = withLink({ allowlist: ['10.0.1.0/24', '10.0.0.0/24'] });
  const retarget = 'retarget route ANY /orders on api-1';
  const gone = expect.stringMatching(/^delete link eu \(vl-/) as string;

  it.each<[string, steps: readonly string[], change: Spec, PlanOptions?, Spec?]>([
    ['another name as a change in place', ['rename link eu'], withLink({ name: 'renamed' })],
    ['other tags as a change in place', ['tag link eu'], withLink({ tags: { team: 'x' } })],
    ['another target as a retarget', [retarget], withIntegration({ targets: bills })],
    ['another server name as a retarget', [retarget], withIntegration({ targets: { orders: named } })],
    [
      'another key as the new route first, then the deletion of the old one',
      ['create route ANY /o on api-1', 'delete route ANY /orders on api-1'],
      withIntegration({ routes: { 'ANY /o': 'orders' } }),
      { prune: true },
    ],
    [
      'other subnets as a new link, then its routes, then the deletion of the old one',
      ['replace link eu', retarget, gone],
      withLink({ subnets: ['subnet-1b'] }),
    ],
    [
      'a link that is no longer declared as deleted, after its routes',
      ['create link other', 'delete route ANY /orders on api-1', gone],
      none,
      { all: true, prune: true },
    ],
    ['no deletion for a part of the project', ['create link other'], none, { all: true, prune: false }],
    [
      'a protected link as kept, although it is no longer declared',
      ['create link other'],
      none,
      {},
      withLink({ protect: true }),
    ],
    [
      'allowlist entries: additions before the routes, removals after them',
      ['allow eu', retarget, 'revoke eu'],
      { ...withIntegration({ targets: bills }), links: allowlist.links },
      {},
      allowlist,
    ],
  ])('%s', async (_, steps, change, options, spec = smallSpec()) => {
    expect(await after(spec, change, options)).toEqual(steps);
  });
  it('no allowlist that another group of the link bypasses, although the spec no longer names that group', async () => {
    const cloud = smallCloud();
    const spec = withLink({ securityGroups: [], allowlist: ['10.0.0.0/24'] });
    await runSpec(cloud, spec);
    const [row] = cloud.links.values();
    const securityGroupIds = [...row!.securityGroupIds, 'sg-open'];
    const opened = { ...row!, securityGroupIds, tags: marks('eu', row!.subnetIds, securityGroupIds) };
    cloud.links.set(row!.id, opened);
    expect(() =>
      diff(snapshotOf(cloud), withLink({ securityGroups: undefined, allowlist: ['10.0.0.0/24'] }), { clouds: CLOUDS }),
    ).toThrow(expect.objectContaining({ code: 'ALLOWLIST_INEFFECTIVE', message: expect.stringContaining('sg-open') }));
  });
  it('an undeclared entry in a managed group as revoked', async () => {
    const cloud = smallCloud();
    const spec = withLink({ allowlist: ['10.0.1.0/24', '10.0.0.0/24'] });
    await runSpec(cloud, spec);
    const [group] = cloud.groups.values();
    expect(group?.entries).toEqual([{ cidrBlock: '10.0.0.0/23', protocol: 'tcp', fromPort: 443, toPort: 443 }]);
    group!.entries = [...group!.entries, { cidrBlock: '0.0.0.0/0', protocol: 'all', fromPort: 0, toPort: 65_535 }];
    const plan = await planOf(cloud, spec);
    expect(plan.units[0]?.steps[0]?.changes).toEqual([{ field: 'entry', from: '0.0.0.0/0 all' }]);
    await runSpec(cloud, spec);
    expect(group?.entries).toHaveLength(1);
    expect(stepIds(await planOf(cloud, spec))).toEqual([]);
  });
  it('a link by ID as adopted: only the mark is written', async () => {
    const cloud = smallCloud();
    const row = cloud.addLink({ subnetIds: ['subnet-1a'], securityGroupIds: ['sg-1'], name: 'by hand' });
    const spec = withLink({ id: row.id, subnets: undefined, securityGroups: undefined });
    expect(stepIds(await planOf(cloud, spec))).toEqual(['adopt link eu', 'create route ANY /orders on api-1']);
    await runSpec(cloud, spec);
    expect(row.tags).toEqual({ ...marks('eu', ['subnet-1a'], ['sg-1']), 'postern:adopted': 'true' });
    expect(row.name).toBe('by hand');
    expect(stepIds(await planOf(cloud, spec))).toEqual([]);
  });
  it('nothing for an external integration, and a note for its missing routes', async () => {
    const cloud = smallCloud();
    const row = cloud.addLink({ subnetIds: ['subnet-1a'], name: 'eu' });
    const spec = {
      ...withIntegration({ owner: 'external' }),
      links: { eu: linkSpec({ id: row.id, owner: 'external', subnets: undefined, securityGroups: undefined }) },
    };
    const plan = await planOf(cloud, spec);
    expect(plan.units).toEqual([]);
    expect(plan.notes).toContainEqual(expect.stringContaining('lacks ANY /orders'));
    expect(row.tags).toEqual({});
  });
  it('nothing for an unmanaged route that already has the declared target', async () => {
    const cloud = smallCloud();
    await runSpec(cloud, { ...smallSpec(), integrations: {} });
    const linkId = [...cloud.links.keys()][0]!;
    cloud.addRoute('api-1', 'ANY /orders', {
      linkId,
      targetId: 'arn:aws:elasticloadbalancing:eu-west-1:111122223333:listener/app/orders/1/443',
    });
    const plan = await planOf(cloud, smallSpec());
    expect(plan).toMatchObject({ units: [], unchanged: 2 });
  });
  it('one note for all unmanaged routes of a gateway that match the spec', async () => {
    const cloud = smallCloud();
    await runSpec(cloud, { ...smallSpec(), integrations: {} });
    const linkId = [...cloud.links.keys()][0]!;
    const keys = Array.from({ length: 7 }, (_, index) => `GET /old/${index}`);
    for (const key of keys)
      cloud.addRoute('api-1', key, {
        linkId,
        targetId: 'arn:aws:elasticloadbalancing:eu-west-1:111122223333:listener/app/orders/1/443',
      });
    const target = Object.keys(smallSpec().integrations['orders']!.targets)[0]!;
    const plan = await planOf(cloud, withIntegration({ routes: Object.fromEntries(keys.map((key) => [key, target])) }));
    expect(plan.notes).toEqual([
      `gateway api-1 has declared routes that this project does not manage, and that match the spec: ${keys.slice(0, 5).join(', ')} and 2 more; they are not changed. \`adopt: true\` on their integration takes them over`,
    ]);
  });
  it('the same text for the same world, for any order of lists', () => {
    const cloud = smallCloud();
    cloud.addRoute('api-1', 'GET /b');
    const snapshot = snapshotOf(cloud);
    const turned = {
      ...snapshot,
      regions: snapshot.regions.map((region) => ({
        ...region,
        subnets: region.subnets.toReversed(),
        targets: region.targets.toReversed(),
      })),
    };
    expect(diff(turned, smallSpec(), { clouds: CLOUDS })).toEqual(diff(snapshot, smallSpec(), { clouds: CLOUDS }));
  });
});

describe('an allowlist without ports, and no target with ports', () => {
  const whole = (fields: Partial<LinkSpec> = {}): Spec =>
    withLink({ allowlist: ['10.0.0.0/16'], securityGroups: undefined, ...fields });
  const cut = (fields: Partial<LinkSpec> = {}): Spec => ({ ...whole(fields), integrations: {} });

  it('adds no entry for a link that is created', () => {
    const { units, notes } = diff(snapshotOf(smallCloud()), cut(), { clouds: CLOUDS });
    expect(units.flatMap(({ steps }) => steps)).toMatchObject([{ kind: 'create', input: { entries: [] } }]);
    expect(notes.join('\n')).toMatch(/opens nothing yet, because no target of link eu says which ports to open/);
    const own = diff(
      snapshotOf(smallCloud()),
      cut({ allowPorts: { '10.0.0.0/16': [{ fromPort: 443, toPort: 443 }] } }),
      { clouds: CLOUDS },
    );
    expect(own.units[0]?.steps).toMatchObject([{ input: { entries: [{ fromPort: 443, toPort: 443 }] } }]);
  });

  it('keeps the entries of a link within its blocks', async () => {
    const cloud = smallCloud();
    await runSpec(cloud, whole());
    const before = [...cloud.groups.values()][0]!;
    expect(before.entries).toHaveLength(1);
    expect(stepIds(await planOf(cloud, cut()))).toEqual([]);
    const other = { cidrBlock: '192.168.0.0/24', protocol: 'tcp', fromPort: 1, toPort: 1 } as const;
    before.entries = [...before.entries, other];
    const { units, notes } = await planOf(cloud, cut());
    const touched = JSON.stringify([units, notes]);
    expect(touched).toContain('192.168.0.0/24 tcp 1');
    expect(units.flatMap(({ steps }) => steps.filter(({ kind }) => kind === 'allow'))).toEqual([]);
  });
});
