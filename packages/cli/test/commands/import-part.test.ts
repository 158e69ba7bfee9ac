import { parseSpec } from '../../../core/test/clouds.js';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { emptyRegion } from '../../../core/src/do/snapshot/snapshot-form.js';
import { PROVE } from '../../../core/test/runs.js';
import { cloud, folder, network, run } from '../run-command.js';

const WHOLE = ['import', '--region', 'eu-west-1', '--project', 'shop', '-o', 'postern.yaml'];

/** A spec with two links and a route through each, applied; and a folder for an import. */
async function scene() {
  const server = await cloud();
  const there = await network(server);
  const link = (name: string) =>
    `  ${name}: { provider: aws, region: eu-west-1, subnets: [${there.subnets.slice(0, 2).join(', ')}] }\n`;
  const integration = (name: string, key: string) => `  ${name}:
    link: ${name}
    gateway: { httpApi: ${there.api} }
    targets: { t: { listener: ${there.listener} } }
    routes: { '${key}': t }
`;
  const text = `version: 1
project: shop
spec: shop-aaaaaa
links:
${link('main')}${link('pay')}integrations:
${integration('main', 'ANY /orders')}${integration('pay', 'GET /pay')}`;
  const env = { POSTERN_SIMULATOR: server.url };
  const first = await run(['apply', '--yes'], { cwd: folder({ 'postern.yaml': text }), env });
  expect(first).toMatchObject({ status: 0 });
  const links = JSON.parse((await run(['links', '--region', 'eu-west-1', '--json'], { cwd: folder({}), env })).out) as {
    links: { id: string; name: string }[];
  };
  const cwd = folder({});
  return {
    pay: links.links.find(({ name }) => name === 'pay')?.id ?? '',
    postern: (...argv: string[]) => run(argv, { cwd, env }),
    imported: () => readFileSync(path.join(cwd, 'postern.yaml'), 'utf8'),
  };
}

const LINK = {
  name: 'main',
  kind: 'vpc-link-v2',
  state: 'ready',
  nativeState: 'AVAILABLE',
  subnetIds: ['subnet-1'],
  securityGroupIds: [],
  tags: {},
  raw: null,
} as const;

it('says beside the file what it leaves out', async () => {
  const route = (key: string) => ({
    id: key,
    gatewayId: 'a1b2c3d4e5',
    key,
    linkId: 'abc123',
    targetId: '?',
    raw: null,
  });
  const place = { provider: 'aws', region: 'eu-west-1', account: '111122223333' };
  const gateway = { id: 'a1b2c3d4e5', name: 'shop', kind: 'http-api', stages: [], tags: {}, raw: null } as const;
  const region = emptyRegion({
    ...place,
    links: [{ ...LINK, id: 'abc123' }],
    gateways: [{ ...gateway, routes: Array.from({ length: 7 }, (_, at) => route(`GET /${at}`)) }],
  });
  const snapshot = { version: 1, takenAt: '2026-06-01T00:00:00Z', regions: [region] };
  const cwd = folder({ 'a.json': JSON.stringify(snapshot) });
  const argv = ['import', '--snapshot', 'a.json', '--project', 'shop', '-o', 'postern.yaml'];
  const { err, status } = await run(argv, { cwd });
  expect([status, err]).toEqual([0, expect.stringContaining('note: left out: route GET /0 of a1b2c3d4e5: its target')]);
  expect(err.match(/^note: left out: route GET \/\d of a1b2c3d4e5: /gm)).toHaveLength(5);
  expect(err).toContain('note: left out: 2 more; the comments at the top of the spec name all\n');
  expect(readFileSync(path.join(cwd, 'postern.yaml'), 'utf8').match(/^# Left out: /gm)).toHaveLength(7);
});

it('of one link has its own identity, states the reason, and its plan deletes nothing', async () => {
  const { pay, postern, imported } = await scene();
  expect(await postern(...WHOLE, '--link', pay)).toMatchObject({ status: 0 });
  const text = imported();
  expect(text).toContain(`# Only what uses ${pay} was imported. What another spec owns is`);
  const spec = parseSpec(text);
  expect(spec.spec).toMatch(/^shop-[a-z0-9]{6}$/);
  expect(spec.spec).not.toBe('shop-aaaaaa');
  expect(Object.values(spec.links)).toEqual([expect.objectContaining({ id: pay, owner: 'external' })]);
  expect(Object.values(spec.integrations)).toEqual([expect.objectContaining({ owner: 'external' })]);
  for (const more of [[], ['--all']]) {
    const plan = await postern('plan', '--detailed-exitcode', ...more);
    expect(plan).toMatchObject({ status: 0, out: expect.stringContaining('No changes') });
  }
  // A second import may replace the first.
  expect(await postern(...WHOLE)).toMatchObject({ status: 0 });
});

it.runIf(PROVE)('of everything keeps the identity, and its plan deletes nothing', async () => {
  const { postern, imported } = await scene();
  expect(await postern(...WHOLE)).toMatchObject({ status: 0 });
  expect(parseSpec(imported()).spec).toBe('shop-aaaaaa');
  expect(imported()).toMatch(/^# yaml-language-server: \$schema=\.\/\.postern\/spec\.schema\.json\n/);
  const plan = await postern('plan', '--all', '--detailed-exitcode');
  expect(plan).toMatchObject({ status: 0, out: expect.stringContaining('No changes') });
});
