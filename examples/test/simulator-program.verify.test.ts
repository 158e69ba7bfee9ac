import { alibaba } from '@postern/alibaba';
import { aws } from '@postern/aws';
import { PrivateIntegrations, simulatorAt } from '@postern/core';
import { judge } from '@postern/core/check';
import { defineSpec } from '@postern/core/spec';
import { simulate } from '@postern/simulator';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { buildNetwork, clients } from '../quickstart/network.mjs';

afterEach(() => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
});

const region = 'eu-west-1';

describe('a program on the simulated clouds', () => {
  it('needs no credentials, and its waits follow their clock', async () => {
    const server = await simulate({ seed: 7, clock: { speed: 600 } }).listen();
    try {
      for (const name of ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'AWS_PROFILE', 'AWS_ENDPOINT_URL'])
        vi.stubEnv(name, undefined);
      const credentials = { accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'example' };
      const network = await buildNetwork(clients({ endpoint: server.url, region, credentials }), () => undefined);
      const simulator = await simulatorAt(server.url);
      const gate = new PrivateIntegrations(aws({ region, simulator }), { judge, project: 'shop' });

      const [start, there] = [performance.now(), simulator.clock.now()];
      const link = await gate.ensureLink({ name: 'orders', subnets: network.subnets.slice(0, 2) });
      expect(link.state).toBe('ready');
      // A link takes minutes of simulated time, and a poll on real time would wait 15 s.
      expect(simulator.clock.now() - there).toBeGreaterThan(20_000);
      expect(performance.now() - start).toBeLessThan(10_000);

      const target = await gate.ensureTarget(link, { name: 'orders', listenerArn: network.listener });
      await gate.ensureRoute(network.api, 'ANY /orders/{proxy+}', target);
      const [use] = await gate.usesOf(link);
      expect(use?.gateway.id).toBe(network.api);

      // Gateways are called there, too: no call reaches a real host.
      const fetched = vi.spyOn(globalThis, 'fetch');
      const key = 'ANY /orders/{proxy+}';
      const orders = { link: 'orders', owner: 'external', gateway: { httpApi: network.api } } as const;
      const spec = defineSpec({
        version: 1,
        project: 'shop',
        links: { orders: { provider: 'aws', region, id: link.id, owner: 'external' } },
        integrations: {
          orders: { ...orders, targets: { orders: { listener: network.listener } }, routes: { [key]: 'orders' } },
        },
      });
      const [probed] = await gate.probe(spec, { paths: { [key]: '/orders/7' } });
      const urls = fetched.mock.calls.map(([url]) => String(url));
      expect(urls.filter((url) => url.includes('execute-api'))).toEqual([
        expect.stringContaining(`${server.url}/_postern/gateways/${network.api}.execute-api`),
      ]);
      expect(urls.every((url) => url.startsWith(server.url))).toBe(true);
      expect(probed).toMatchObject({ route: key });
    } finally {
      await server.close();
    }
  }, 60_000);

  it.each([
    'http://10.0.0.1:4010',
    'https://127.0.0.1:4010',
    'http://127.0.0.1:4010/path',
    'http://user:secret@127.0.0.1:4010',
    '127.0.0.1:4010',
    '',
    undefined,
    null,
    4010,
  ])('an address that is not one of this machine is refused before any call: %j', async (address) => {
    const error = await simulatorAt(address as string).catch((one: unknown) => one);
    expect(error).toMatchObject({ code: 'INVALID_INPUT', place: { path: 'address' } });
    expect(String(error)).not.toContain('secret');
  });

  const clock = { now: () => 0, monotonicMs: () => 0, sleep: () => Promise.resolve() };
  it.each([
    [{ simulator: 'http://127.0.0.1:4010' }, 'simulator'],
    [{ simulator: { url: 'http://10.0.0.1', clock } }, 'simulator'],
    [{ simulator: { url: 'http://127.0.0.1:1' } }, 'simulator.clock'],
    [{ simulator: { url: 'http://127.0.0.1:1', clock }, endpoint: 'http://127.0.0.1:2' }, 'endpoint'],
    [{ region: 7 }, 'region'],
    [{ regoin: 'eu-west-1' }, 'regoin'],
    [{ credentials: 'AKIAsecret' }, 'credentials'],
    [{ account: 111122223333 }, 'account'],
    [null, 'options'],
  ])('aws() and alibaba() refuse %j by its key, and quote no value', (options, key) => {
    for (const factory of [aws, alibaba]) {
      const make = () => factory({ region: factory === aws ? region : 'cn-hangzhou', ...options } as never);
      expect(options === null ? () => factory(null as never) : make).toThrow(
        expect.objectContaining({
          code: 'INVALID_INPUT',
          place: { path: key },
          message: expect.not.stringContaining('AKIAsecret'),
        }),
      );
    }
  });
});
