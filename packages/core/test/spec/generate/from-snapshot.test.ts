import { parseSpec, specFromSnapshot } from '../../clouds.js';
import { emptyRegion } from '../../../src/do/snapshot/snapshot-form.js';
import { expect, it } from 'vitest';
import { createContext } from '../../../src/do/context.js';
import { ownerTags } from '../../../src/do/model/marks.js';
import { linkHash } from '../../../src/do/world/resolve/link-identity.js';
import type { Link } from '../../../src/do/model/link.js';
import type { RegionSnapshot, Snapshot } from '../../../src/do/snapshot/snapshot.js';
import { drive } from '../../drive.js';
import { FakeCloud } from '../../fake-cloud.js';
import { planOf, stepIds } from '../../fake-run.js';

const LISTENER =
  'arn:aws:elasticloadbalancing:eu-west-1:111122223333:listener/app/orders-alb/50dc6c495c0c9188/f2f7dc8efc522ab2';
const OWNER = { project: 'shop', spec: 'shop', integration: 'eu' };

function link(id: string, more: Partial<Link> = {}): Link {
  const plain: Link = {
    id,
    name: id,
    kind: 'vpc-link-v2',
    state: 'ready',
    nativeState: 'AVAILABLE',
    subnetIds: ['subnet-1'],
    securityGroupIds: [],
    tags: {},
    raw: null,
    ...more,
  };
  const { owner } = plain;
  return owner === undefined ? plain : { ...plain, owner: { specHash: linkHash(owner, plain), ...owner } };
}

function world(region: Partial<RegionSnapshot>): Snapshot {
  const place = { provider: 'aws', region: 'eu-west-1', account: '111122223333' };
  return { version: 1, takenAt: '2026-06-01T00:00:00Z', regions: [emptyRegion({ ...place, ...region })] };
}

it('writes the ports of entries that differ from those of the targets', () => {
  const tcp = (cidrBlock: string, port: number) =>
    ({ cidrBlock, protocol: 'tcp', fromPort: port, toPort: port }) as const;
  const snapshot = world({
    links: [link('ours1', { name: 'eu', owner: OWNER, securityGroupIds: ['sg-list'] })],
    targets: [{ kind: 'listener', id: LISTENER, port: 443, raw: null }],
    allowlists: [
      {
        linkId: 'ours1',
        owned: true,
        securityGroupId: 'sg-list',
        wider: [],
        entries: [tcp('10.0.0.0/16', 443), tcp('10.1.0.0/16', 80), tcp('10.1.0.0/16', 81)],
      },
    ],
    gateways: [
      {
        id: 'a1b2c3d4e5',
        name: 'orders api',
        kind: 'http-api',
        stages: [],
        tags: {},
        raw: null,
        routes: [{ id: 'r1', gatewayId: 'a1b2c3d4e5', key: 'ANY /', linkId: 'ours1', targetId: LISTENER, raw: null }],
      },
    ],
  });
  expect(parseSpec(specFromSnapshot(snapshot, { project: 'shop' })).links['eu']).toMatchObject({
    allowlist: ['10.0.0.0/16', '10.1.0.0/16'],
    allowPorts: { '10.1.0.0/16': [{ fromPort: 80, toPort: 81 }] },
  });
});

it('leaves out a cloud that a spec cannot name, with a comment', () => {
  const there = world({ links: [link('vlink-1')] });
  const elsewhere = world({ provider: 'other', links: [link('theirs-1')] });
  const text = specFromSnapshot({ ...there, regions: [...there.regions, ...elsewhere.regions] }, { project: 'shop' });
  expect(text).toContain('# Left out: all of other in eu-west-1: a spec cannot name this provider');
  expect(Object.values(parseSpec(text).links).map(({ id }) => id)).toEqual(['vlink-1']);
});

it('writes the current state: managed resources as managed, the rest as external', () => {
  const snapshot = world({
    links: [
      link('foreign1', { name: 'Their link' }),
      link('ours1', {
        name: 'eu',
        owner: OWNER,
        securityGroupIds: ['sg-1', 'sg-list'],
        tags: { 'postern:project': 'shop', team: 'a' },
      }),
      link('gone', { state: 'deleting' }),
    ],
    allowlists: [
      {
        linkId: 'ours1',
        owned: true,
        securityGroupId: 'sg-list',
        wider: [],
        entries: [{ cidrBlock: '10.0.0.0/16', protocol: 'tcp', fromPort: 443, toPort: 443 }],
      },
    ],
    gateways: [
      {
        id: 'a1b2c3d4e5',
        name: 'orders api',
        kind: 'http-api',
        stages: [],
        tags: {},
        raw: null,
        routes: [
          {
            id: 'r1',
            gatewayId: 'a1b2c3d4e5',
            key: 'ANY /orders',
            linkId: 'ours1',
            targetId: LISTENER,
            owner: { ...OWNER, integration: 'orders' },
            raw: null,
          },
          {
            id: 'r2',
            gatewayId: 'a1b2c3d4e5',
            key: 'GET /theirs',
            linkId: 'foreign1',
            targetId: LISTENER,
            tls: { serverName: 'a.b' },
            path: 'keep',
            raw: null,
          },
          { id: 'r3', gatewayId: 'a1b2c3d4e5', key: 'GET /public', raw: null },
          {
            id: 'r4',
            gatewayId: 'a1b2c3d4e5',
            key: 'GET /odd',
            linkId: 'foreign1',
            targetId: '${stageVariables.listener}',
            raw: null,
          },
        ],
      },
    ],
  });
  const text = specFromSnapshot(snapshot, { project: 'shop', schema: './schema.json' });
  expect(text).toMatch(/^# yaml-language-server: \$schema=\.\/schema\.json\n/);
  expect(text).toContain('# Left out: link gone (gone) is deleting');
  expect(text).toContain('# Left out: route GET /odd');
  const { places: _, ...spec } = parseSpec(text);
  const at = { provider: 'aws', region: 'eu-west-1', account: '111122223333' };
  expect(spec).toEqual({
    version: 1,
    project: 'shop',
    spec: 'shop',
    links: {
      eu: {
        ...at,
        subnets: ['subnet-1'],
        securityGroups: ['sg-1'],
        allowlist: ['10.0.0.0/16'],
        // No target was read, so that its port is not known to be the same.
        allowPorts: { '10.0.0.0/16': [{ fromPort: 443, toPort: 443 }] },
        tags: { team: 'a' },
      },
      'Their-link': { ...at, id: 'foreign1', owner: 'external', tags: {} },
    },
    integrations: {
      orders: {
        link: 'eu',
        gateway: { httpApi: 'a1b2c3d4e5' },
        targets: { 'orders-alb': { ref: { listener: LISTENER } } },
        routes: { 'ANY /orders': 'orders-alb' },
      },
      'orders-api': {
        link: 'Their-link',
        gateway: { httpApi: 'a1b2c3d4e5' },
        owner: 'external',
        targets: { 'orders-alb': { ref: { listener: LISTENER }, tls: { serverName: 'a.b' }, path: 'keep' } },
        routes: { 'GET /theirs': 'orders-alb' },
      },
    },
  });
});

it('writes variables in place of what a snapshot does not show', () => {
  const tags = { password: 'hunter2', note: 'x', 'api-key': "'${env:A}'" };
  const text = specFromSnapshot(world({ links: [link('ours1', { name: 'eu', owner: OWNER, tags })] }), {
    project: 'shop',
  });
  expect(text).not.toMatch(/hunter2|env:A/);
  expect(text).toContain('give it with --var tag_password=VALUE');
  expect(text).toMatch(/password: \$\{var:tag_password\}\n/);
  expect(parseSpec(text, { vars: { tag_password: 'hunter2', tag_api_key: 'k' } }).links['eu']?.tags).toMatchObject({
    password: 'hunter2',
    note: 'x',
  });
});

it('escapes names: none ends a comment, names a variable, or replaces the name of a managed link', () => {
  const evil = 'x\n# y\nlinks: {}\u001b[31m${env:HOME}';
  const text = specFromSnapshot(
    world({
      links: [
        link('l1', { name: 'constructor' }),
        link('l2', { name: evil, state: 'failed' }),
        link('l3', { name: 'eu' }),
        link('l4', {
          name: evil,
          owner: OWNER,
          tags: { note: '${env:AWS_SECRET_ACCESS_KEY}', [evil]: 'x', bad: '\u202e' },
        }),
      ],
      gaps: [{ what: evil, operation: evil, code: evil }],
    }),
    { project: 'shop' },
  );
  // oxlint-disable-next-line no-control-regex -- control characters must not be in the text
  expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/);
  const { links } = parseSpec(text, { env: { AWS_SECRET_ACCESS_KEY: 'secret' } });
  expect(Object.keys(links)).toEqual(['eu', 'l1', 'eu-2']);
  expect(links['eu']?.tags).toEqual({ note: '${env:AWS_SECRET_ACCESS_KEY}' });
});

it('keeps a failed managed link and a duplicate of one: the plan of the text is empty', async () => {
  const cloud = new FakeCloud();
  const owner = { project: 'shop', spec: 'shop', integration: 'eu' };
  const ours = (subnetIds: readonly string[]) => ({
    name: 'eu',
    subnetIds: [...subnetIds],
    tags: { ...ownerTags({ ...owner, specHash: linkHash(owner, { subnetIds, securityGroupIds: [] }) }) },
  });
  const failed = cloud.addLink({ ...ours(['subnet-1a', 'subnet-1b']), state: 'failed', nativeState: 'FAILED' });
  const ready = cloud.addLink(ours(['subnet-1a']));
  const twin = cloud.addLink(ours(['subnet-1b']));
  await drive(cloud.clock, cloud.clock.sleep(3_600_000));
  const context = createContext({ clock: cloud.clock });
  const observed = cloud.driver().observe({ all: true, project: 'shop' }, context);
  const regions = [await drive(cloud.clock, observed)];
  const text = specFromSnapshot({ version: 1, takenAt: '2026-06-01T00:00:00Z', regions }, { project: 'shop' });
  const spec = parseSpec(text);
  const external = Object.values(spec.links).filter((one) => one.owner === 'external');
  expect(external.map(({ id }) => id).toSorted()).toEqual([failed.id, twin.id].toSorted());
  expect(spec.links['eu']).toMatchObject({ subnets: ['subnet-1a'] });
  const plan = await planOf(cloud, spec, { all: true });
  expect(stepIds(plan)).toEqual([]);
  expect(plan.notes.join()).toContain('failed');
  expect(cloud.links.has(ready.id)).toBe(true);
});
