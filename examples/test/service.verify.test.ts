import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { aws } from '@postern/aws';
import { memoryJournal, PrivateIntegrations, simulatorAt, type Journal } from '@postern/core';
import { simulate, type SimulationServer } from '@postern/simulator';
import { afterEach, describe, expect, it } from 'vitest';
import { buildNetwork, clients, type Clients, type Network } from '../quickstart/network.mjs';
import { integrationServer, type IntegrationServer } from '../service/service.mjs';

const REGION = 'eu-west-1';
let cloud: SimulationServer;
let there: Clients;
let network: Network;
let journal: Journal;
let service: IntegrationServer;

/** A service with a session of its own; one that starts later takes over the journal. */
async function start(): Promise<IntegrationServer> {
  const driver = aws({ region: REGION, simulator: await simulatorAt(cloud.url) });
  const gate = new PrivateIntegrations(driver, { project: 'shop', spec: 'service', journal });
  const started = integrationServer(gate, network.api);
  started.server.listen(0, '127.0.0.1');
  await once(started.server, 'listening');
  return started;
}

async function send(method: string, path: string, body?: string | object): Promise<readonly [number, unknown]> {
  const { port } = service.server.address() as AddressInfo;
  const text = typeof body === 'object' ? JSON.stringify(body) : body;
  const response = await fetch(`http://127.0.0.1:${port}${path}`, { method, ...(text && { body: text }) });
  return [response.status, await response.json()];
}

const wanted = (name: string) => ({
  subnetIds: network.subnets.slice(0, 2),
  listenerArn: network.listener,
  route: `ANY /${name}/{proxy+}`,
});
const routes = async () =>
  (await there.gateway.getRoutes({ ApiId: network.api })).Items?.map(({ RouteKey }) => RouteKey);
const links = async () => (await there.gateway.getVpcLinks({})).Items?.length;

/** The cloud and the service, `speed` simulated seconds a second. */
async function begin(speed: number): Promise<void> {
  cloud = await simulate({ seed: 7, clock: { speed } }).listen();
  const credentials = { accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'example' };
  there = clients({ endpoint: cloud.url, region: REGION, credentials });
  network = await buildNetwork(there, () => undefined);
  journal = memoryJournal();
  service = await start();
}

afterEach(async () => {
  await service.stop();
  await cloud.close();
});

describe('a service that keeps a session', () => {
  it('creates integrations for requests at the same time, shows them, and releases one of them', async () => {
    await begin(3000);
    const answers = await Promise.all(
      ['orders', 'returns', 'orders'].map((name) => send('PUT', `/integrations/${name}`, wanted(name))),
    );
    expect(answers.map(([status]) => status)).toEqual([200, 200, 200]);
    expect(await links()).toBe(2);
    expect(await send('GET', '/integrations/orders')).toEqual([
      200,
      expect.objectContaining({
        state: 'ready',
        prefixes: ['10.0.1.0/24', '10.0.2.0/24'],
        routes: ['ANY /orders/{proxy+}'],
      }),
    ]);
    expect(await send('DELETE', '/integrations/orders')).toEqual([200, {}]);
    expect(await routes()).toEqual(['ANY /returns/{proxy+}']);
    expect(await send('GET', '/integrations/orders')).toEqual([404, { message: 'no integration orders' }]);
    expect(await send('DELETE', '/integrations/orders')).toEqual([200, {}]);
  }, 60_000);

  it('answers what it cannot do by status, code and remedy, and creates nothing', async () => {
    await begin(3000);
    const place = '/integrations/orders';
    const refused = async (...request: Parameters<typeof send>) => {
      const [status, error] = await send(...request);
      return `${status} ${(error as { code?: string }).code}`;
    };
    expect(await refused('POST', place, '{}')).toBe('404 undefined');
    expect(await refused('PUT', '/integrations/Orders!', '{}')).toBe('404 undefined');
    expect(await refused('PUT', place, 'no JSON')).toBe('400 INVALID_INPUT');
    expect(await refused('PUT', place, 'null')).toBe('400 INVALID_INPUT');
    expect(await refused('PUT', place, ' '.repeat(70_000))).toBe('400 INVALID_INPUT');
    expect(await refused('PUT', place, { subnetIds: [] })).toBe('400 INVALID_INPUT');
    expect(await refused('PUT', place, { subnetIds: ['subnet-0123456789abcdef0'] })).toBe('404 NOT_FOUND');
    expect(await links()).toBe(0);
  });

  it('takes no new requests while it stops, and aborts after its grace; the next start continues', async () => {
    await begin(60);
    const asked = send('PUT', '/integrations/orders', wanted('orders'));
    await expect.poll(links).toBe(1);
    const stopped = service.stop(300);
    expect(await send('GET', '/health')).toEqual([503, { accepts: false, running: 1 }]);
    expect((await send('PUT', '/integrations/returns', wanted('returns')))[0]).toBe(503);
    expect((await asked)[0]).toBe(503);
    await stopped;

    service = await start();
    expect(await send('GET', '/health')).toEqual([200, { accepts: true, running: 0 }]);
    expect((await send('PUT', '/integrations/orders', wanted('orders')))[0]).toBe(200);
    expect(await links()).toBe(1);
    expect(await routes()).toEqual(['ANY /orders/{proxy+}']);
  }, 60_000);
});
