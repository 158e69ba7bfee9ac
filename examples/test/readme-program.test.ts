import { readFileSync } from 'node:fs';
import { alibaba } from '@postern/alibaba';
import { PrivateIntegrations, simulatorAt } from '@postern/core';
import { decodeSnapshot } from '@postern/core/snapshot';
import { defineSpec } from '@postern/core/spec';
import { simulate } from '@postern/simulator';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { clients } from '../quickstart/network.mjs';
import { buildNetwork as buildAlibaba, client } from '../tour/network-alibaba.mjs';
import { temporaryFolder } from '../../packages/core/test/temporary-folder.js';
import { hasten } from './hasten.js';

const here = (path: string) => new URL(path, import.meta.url);
const readme = readFileSync(here('../../README.md'), 'utf8');
const block = (language: string): string => new RegExp(`\`\`\`${language}\\n([^]*?)\`\`\``).exec(readme)?.[1] ?? '';

afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
  vi.unstubAllGlobals();
});

describe('the program of the README', () => {
  const program = readFileSync(here('../readme-program/program.mjs'), 'utf8');

  it('is the one that the README shows', () => {
    expect(block('js')).toBe(program);
  });

  it('creates link, route and allowlist of the spec of the README, prints the egress, and removes all of it', async () => {
    const server = await simulate({ seed: 7, clock: { speed: 3000 } }).listen();
    const home = process.cwd();
    try {
      server.simulation.loadSnapshot(decodeSnapshot(readFileSync(here('../../docs/tutorial/shop.json'), 'utf8')));
      const credentials = { accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'example' };
      const there = clients({ endpoint: server.url, region: 'eu-west-1', credentials });
      const folder = temporaryFolder({ 'postern.yaml': block('yaml') });
      const env = {
        AWS_ENDPOINT_URL: server.url,
        AWS_ACCESS_KEY_ID: credentials.accessKeyId,
        AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
      };
      for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value);
      const keys = async () =>
        ((await there.gateway.getRoutes({ ApiId: 'uwq694pz5j' })).Items ?? []).map((route) => route.RouteKey);
      let inUse: Promise<unknown> | undefined;
      const log = vi.spyOn(console, 'log').mockImplementation(() => void (inUse ??= keys()));
      hasten(100);
      process.chdir(folder);
      await import(here('../readme-program/program.mjs').href);
      expect(log).toHaveBeenCalledWith(
        expect.objectContaining({
          prefixes: ['10.20.1.0/24', '10.20.2.0/24'],
          addresses: [expect.any(String), expect.any(String)],
        }),
      );
      expect(await inUse).toEqual(['GET /orders']);
      expect(await keys()).toEqual([]);
      expect((await there.gateway.getVpcLinks({})).Items).toEqual([]);
    } finally {
      process.chdir(home);
      await server.close();
    }
  }, 60_000);

  it('makes calls that lead through an instance on Alibaba Cloud, too', async () => {
    const server = await simulate({ seed: 7, clock: { speed: 3000 } }).listen();
    try {
      const region = 'cn-hangzhou';
      const keys = { accessKeyId: 'LTAIEXAMPLE', accessKeySecret: 'example' };
      const network = await buildAlibaba(client({ endpoint: server.url, region, ...keys }), () => undefined);
      const driver = alibaba({ region, simulator: await simulatorAt(server.url) });
      const owner = { project: 'shop', spec: 'shop-program' };
      const gate = new PrivateIntegrations(driver, owner);
      const [subnets, securityGroups] = [network.subnets.slice(0, 2), network.groups.slice(0, 1)];
      const spec = defineSpec({
        version: 1,
        ...owner,
        links: { main: { provider: 'alibaba', subnets, securityGroups, allowlist: ['10.0.8.0/24'] } },
        integrations: {
          orders: {
            link: 'main',
            gateway: { apiGroup: network.group, stages: ['RELEASE'] },
            targets: { orders: { instance: network.server, port: 8080 } },
            routes: { 'GET /orders': 'orders' },
          },
        },
      });
      const calls: Readonly<Record<string, () => Promise<unknown>>> = {
        ensure: async () => {
          const { links } = await gate.ensure(spec, { allowPurchase: true });
          expect(links.main.egress.prefixes).toEqual(['10.0.1.0/24', '10.0.2.0/24']);
          expect((await gate.usesOf(links.main)).map(({ stage }) => stage)).toEqual([undefined, 'RELEASE']);
        },
        release: async () => {
          const { notes } = await gate.release();
          expect(notes).toContainEqual(expect.stringContaining('is kept: a replacement would have to be bought'));
          const { changes } = await gate.release({ deleteInstances: true });
          expect(changes.map(({ id }) => id)).toContainEqual(expect.stringContaining('delete link main'));
        },
      };
      const order = [...program.matchAll(/gate\.(\w+)\(/g)].map(([, name = '']) => name);
      expect(order.toSorted()).toEqual(Object.keys(calls).toSorted());
      for (const name of order) await calls[name]?.();
    } finally {
      await server.close();
    }
  }, 60_000);
});
