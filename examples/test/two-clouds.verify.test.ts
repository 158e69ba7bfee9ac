import { readFileSync } from 'node:fs';
import path from 'node:path';
import { alibaba } from '@postern/alibaba';
import { aws } from '@postern/aws';
import { createContext, driversOf, PrivateIntegrations, simulatorAt } from '@postern/core';
import { judge } from '@postern/core/check';
import { diff, observeSpec } from '@postern/core/plan';
import { defineSpec } from '@postern/core/spec';
import { simulate, type SimulationServer } from '@postern/simulator';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { temporaryFolder } from '../../packages/core/test/temporary-folder.js';
import { buildNetwork, clients } from '../quickstart/network.mjs';
import { buildNetwork as buildAlibaba, client } from '../tour/network-alibaba.mjs';
import { restoreEnvironment } from './environment.js';
import { runProgram } from './run-program.js';
import { CLOUDS } from '../../packages/core/test/clouds.js';

const before = { ...process.env };
let server: SimulationServer;

beforeEach(async () => {
  server = await simulate({ seed: 7, clock: { speed: 3000 } }).listen();
});
afterEach(async () => {
  restoreEnvironment(before);
  process.exitCode = undefined;
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
  await server.close();
});

async function networks() {
  const keys = { accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'example' };
  const there = clients({ endpoint: server.url, region: 'eu-west-1', credentials: keys });
  const ofAws = await buildNetwork(there, () => undefined);
  const other = { accessKeyId: 'LTAIEXAMPLE', accessKeySecret: 'example' };
  const call = client({ endpoint: server.url, region: 'cn-hangzhou', ...other });
  const ofAlibaba = await buildAlibaba(call, () => undefined);
  const env = {
    POSTERN_SIMULATOR: server.url,
    JOURNAL: path.join(temporaryFolder(), 'two-clouds.journal'),
    API_ID: ofAws.api,
    LISTENER_ARN: ofAws.listener,
    SUBNET_IDS: ofAws.subnets.slice(0, 2).join(','),
    API_GROUP: ofAlibaba.group,
    VSWITCH_IDS: ofAlibaba.subnets.slice(0, 2).join(','),
    SECURITY_GROUP: ofAlibaba.groups[0]!,
    SERVER: ofAlibaba.server,
  };
  return { env, there, ofAws, ofAlibaba };
}

it('is the program that the page shows', () => {
  const root = new URL('../../', import.meta.url);
  const [page, program] = ['docs/two-clouds.md', 'examples/two-clouds/program.mjs'].map((name) =>
    readFileSync(new URL(name, root), 'utf8').replaceAll(/^ +/gm, ''),
  );
  const shown = [...page!.matchAll(/```js\n((?:aws|alibaba|async function|const owner)[\s\S]*?)```/g)].map(
    ([, text = '']) => text,
  );
  expect(shown).toHaveLength(4);
  for (const text of shown) expect(program).toContain(text);
});

it('makes twenty integrations on each cloud, changes nothing again, and removes them', async () => {
  const { env, there, ofAws } = await networks();
  const first = await runProgram('two-clouds/program.mjs', env);
  const made = JSON.parse(first.out);
  for (const cloud of ['aws', 'alibaba']) {
    expect(made[cloud]).toMatchObject({ link: expect.any(String), callsComeFrom: ['10.0.1.0/24', '10.0.2.0/24'] });
    expect(made[cloud].routes).toHaveLength(20);
    expect(first.err).toMatch(new RegExp(`^${cloud}: 1 create link main$`, 'm'));
  }
  expect(first.status).toBe(0);
  const again = JSON.parse((await runProgram('two-clouds/program.mjs', env)).out);
  expect([again.aws.changes, again.alibaba.changes]).toEqual([[], []]);

  process.argv.push('release');
  try {
    const released = JSON.parse((await runProgram('two-clouds/program.mjs', env)).out);
    for (const cloud of ['aws', 'alibaba'])
      expect(released[cloud].changes.map((one: { id: string }) => one.id)).toContainEqual(
        expect.stringMatching(/^delete link main/),
      );
  } finally {
    process.argv.pop();
  }
  expect((await there.gateway.getVpcLinks({})).Items).toEqual([]);
  expect((await there.gateway.getRoutes({ ApiId: ofAws.api })).Items).toEqual([]);
}, 300_000);

it('a spec over both clouds is planned without a set of clouds: the drivers bring theirs', async () => {
  const { env } = await networks();
  const simulator = await simulatorAt(server.url);
  const [eu, cn] = [aws({ region: 'eu-west-1', simulator }), alibaba({ region: 'cn-hangzhou', simulator })];
  const [subnets, vSwitches] = [env.SUBNET_IDS.split(','), env.VSWITCH_IDS.split(',')];
  const spec = defineSpec({
    version: 1,
    project: 'shop',
    spec: 'both',
    links: {
      eu: { provider: 'aws', region: 'eu-west-1', subnets, allowlist: ['10.0.8.0/24'] },
      cn: { provider: 'alibaba', region: 'cn-hangzhou', subnets: vSwitches, securityGroups: [env.SECURITY_GROUP] },
    },
    integrations: {
      orders: {
        link: 'eu',
        gateway: { httpApi: env.API_ID },
        targets: { orders: { listener: env.LISTENER_ARN } },
        routes: { 'GET /both': 'orders' },
      },
      store: {
        link: 'cn',
        gateway: { apiGroup: env.API_GROUP },
        targets: { orders: { instance: env.SERVER, port: 8080 } },
        routes: { 'GET /both': 'orders' },
      },
    },
  });
  const context = createContext({ clock: simulator.clock });
  const snapshot = await observeSpec(spec, driversOf(eu, cn), context, { checks: true });
  const units = diff(snapshot, spec, { clouds: CLOUDS }).units.map(({ id }) => id);
  expect(units).toEqual(expect.arrayContaining(['link:eu', 'link:cn', 'integration:orders', 'integration:store']));
  const gate = new PrivateIntegrations(eu, { project: 'shop', spec: 'both', judge, others: [cn] });
  expect((await gate.plan(spec)).units.map(({ id }) => id)).toEqual(units);
}, 120_000);
