import { readFileSync } from 'node:fs';
import { alibaba } from '@postern/alibaba';
import { PrivateIntegrations, simulatorAt, type Link, type LinkTarget } from '@postern/core';
import { simulate } from '@postern/simulator';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { buildNetwork, clients } from '../quickstart/network.mjs';
import { buildNetwork as buildAlibaba, client } from '../tour/network-alibaba.mjs';
import { hasten } from './hasten.js';

const here = (path: string) => new URL(path, import.meta.url);

afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
  vi.unstubAllGlobals();
});

describe('the program in the README', () => {
  const program = readFileSync(here('../readme-program/program.mjs'), 'utf8');

  it('is the one in examples/readme-program, and has at most fifteen lines', () => {
    const [, shown] = /```js\n([\s\S]*?)```/.exec(readFileSync(here('../../README.md'), 'utf8')) ?? [];
    expect(shown).toBe(program);
    expect(program.trimEnd().split('\n').length).toBeLessThanOrEqual(15);
  });

  it('creates link, target, route and allowlist, and prints the egress', async () => {
    const server = await simulate({ seed: 7, clock: { speed: 3000 } }).listen();
    try {
      const credentials = { accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'example' };
      const there = clients({ endpoint: server.url, region: 'eu-west-1', credentials });
      const network = await buildNetwork(there, () => undefined);
      const env = {
        AWS_ENDPOINT_URL: server.url,
        AWS_ACCESS_KEY_ID: credentials.accessKeyId,
        AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
        API_ID: network.api,
        LISTENER_ARN: network.listener,
        SUBNET_IDS: network.subnets.slice(0, 2).join(','),
      };
      for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value);
      const log = vi.spyOn(console, 'log').mockImplementation(() => undefined);
      hasten(100);
      await import(here('../readme-program/program.mjs').href);
      expect(log).toHaveBeenCalledWith(
        expect.objectContaining({
          prefixes: ['10.0.1.0/24', '10.0.2.0/24'],
          addresses: [expect.any(String), expect.any(String)],
        }),
      );
      const { Items = [] } = await there.gateway.getRoutes({ ApiId: network.api });
      expect(Items.map((route) => route.RouteKey)).toEqual(['ANY /orders/{proxy+}']);
    } finally {
      await server.close();
    }
  }, 60_000);

  it('makes calls in an order that leads through an instance on Alibaba Cloud, too', async () => {
    const server = await simulate({ seed: 7, clock: { speed: 3000 } }).listen();
    try {
      const region = 'cn-hangzhou';
      const keys = { accessKeyId: 'LTAIEXAMPLE', accessKeySecret: 'example' };
      const network = await buildAlibaba(client({ endpoint: server.url, region, ...keys }), () => undefined);
      const driver = alibaba({ region, simulator: await simulatorAt(server.url) });
      const gate = new PrivateIntegrations(driver, { project: 'shop', spec: 'shop-program' });
      let [link, target]: [Link?, LinkTarget?] = [];
      const wanted = {
        subnetIds: network.subnets.slice(0, 2),
        securityGroupIds: network.groups.slice(0, 1),
        allowlist: [],
      };
      const calls: Readonly<Record<string, () => Promise<unknown>>> = {
        ensureLink: async () => (link = await gate.ensureLink({ name: 'orders', ...wanted }, { allowPurchase: true })),
        ensureTarget: async () =>
          (target = await gate.ensureTarget(link!, { name: 'orders', instance: network.server, port: 8080 })),
        allow: () => gate.allow(link!, ['10.0.8.0/24']),
        ensureRoute: () => gate.ensureRoute({ apiGroup: network.group, stages: ['RELEASE'] }, 'GET /orders', target!),
        egress: async () => expect((await gate.egress(link!)).prefixes).toEqual(['10.0.1.0/24', '10.0.2.0/24']),
      };
      const order = [...program.matchAll(/gate\.(\w+)\(/g)].map(([, name = '']) => name);
      expect(order.toSorted()).toEqual(Object.keys(calls).toSorted());
      for (const name of order) await calls[name]?.();
      expect((await gate.usesOf(link!)).map(({ stage }) => stage)).toEqual([undefined, 'RELEASE']);
    } finally {
      await server.close();
    }
  }, 60_000);
});
