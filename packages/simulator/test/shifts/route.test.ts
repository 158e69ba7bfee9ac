import { alibaba } from '@postern/alibaba';
import { createContext, driversOf, memoryJournal, PrivateIntegrations, type Journal } from '@postern/core';
import { Moves, shiftRequest, type Analysis, type RunMoveOptions, type ShiftRequest } from '@postern/core/moves';
import { observeSpec } from '@postern/core/plan';
import type { CallGateway } from '@postern/core/probe';

import { describe, expect, it } from 'vitest';
import { parseSpec } from '../../../core/test/clouds.js';
import { runs } from '../../../core/test/runs.js';
import { REGION } from '../alibaba/apig/apig-account.js';
import { machine, type MachineOptions } from '../runs/machine.js';
import { apigShop, HOST, newService } from '../traffic/alibaba/apig/apig-shop.js';
import { ended } from './scene.js';

const STEPS = [20, 100];

/** Two routes to one service, and a second service of the gateway. */
async function routeShop() {
  const shop = await apigShop();
  const { sim, ecs, get, put, post, apiId, gatewayId, serviceId, routeId } = shop;
  const parts = [routeId, await shop.publish('Exact /carts')];
  await ecs('RunInstances', {
    VSwitchId: shop.vSwitchIds[0],
    SecurityGroupId: shop.serverGroupId,
    PrivateIpAddress: '10.0.1.201',
    ImageId: 'img',
    InstanceType: 'ecs.g6.large',
  });
  const green = await newService(shop, gatewayId, 'green', ['10.0.1.201:8080']);
  await sim.advance(120_000);
  const callGateway: CallGateway = async ({ url, method }) => {
    const { status, headers, body } = await shop.call(new URL(url).pathname, { method });
    return { status, headers: headers as Record<string, string>, latencyMs: 1, body };
  };
  const calls = ['/orders', '/carts'].map((path) => ({ method: 'GET', url: `https://${HOST}${path}` }));
  const request: ShiftRequest = {
    provider: 'alibaba',
    region: REGION,
    shift: { kind: 'apig-http-api route', id: apiId, parts },
    name: 'orders',
    to: 'green',
    steps: STEPS,
    calls,
  };
  const row = async (id = routeId) => (await get(`/v1/http-apis/${apiId}/routes/${id}`))['data'];
  const named = (id: string): string => (id === green ? 'green' : id === serviceId ? 'server' : id);
  return {
    ...shop,
    green,
    request,
    callGateway,
    parts,
    row,
    /** Where a call of the published route arrives. */
    served: async () => (JSON.parse((await shop.call('/orders/1')).body) as { destination: string }).destination,
    /** `{ server: 80, green: 20 }` of each route. */
    shares: () =>
      Promise.all(
        parts.map(async (id) => {
          const services: any[] = (await row(id)).backend.services;
          return Object.fromEntries(services.map((one) => [named(one.serviceId), one.weight]));
        }),
      ),
    give: async (services: readonly object[]) => {
      const body = { backendConfig: { scene: 'MultiServiceByRatio', services } };
      await put(`/v1/http-apis/${apiId}/routes/${routeId}`, body);
      await post(`/v1/http-apis/${apiId}/deploy`, { routeId });
    },
  };
}

type RouteShop = Awaited<ReturnType<typeof routeShop>>;

function worker({ sim }: RouteShop, options: Partial<MachineOptions> & { readonly journal?: Journal } = {}) {
  const by = machine(sim, { random: () => 0.5, journal: memoryJournal(), ...options });
  const driver = alibaba({ region: REGION, api: by.alibaba(REGION) });
  const context = createContext({ clock: by.clock, random: by.random });
  return {
    by,
    moves: new Moves(new PrivateIntegrations(driver, { ...context, project: 'none', journal: by.journal })),
  };
}

async function shifted(shop: RouteShop, { moves }: ReturnType<typeof worker>, how: RunMoveOptions = {}) {
  const plan = await moves.plan(shop.request);
  return ended(moves.run(plan, { callGateway: shop.callGateway, pauseMs: 30_000, ...how }));
}

const asked =
  (seen: (percent: number) => Promise<unknown>): Analysis =>
  async ({ percent }) => {
    await seen(percent);
    return { ok: true, because: 'asked' };
  };

describe('a shift of the services of routes', () => {
  it('gives all routes each share at the same time, publishes it, and promotes', async () => {
    const shop = await routeShop();
    const process = worker(shop);
    const seen: unknown[] = [];
    const analysis = asked(async (percent) => seen.push([percent, await shop.shares()]));
    const headers = { 'x-postern-address-of': shop.gatewayId };
    const job = shop.sim.traffic.load({
      gateway: HOST,
      paths: ['/orders', '/carts'],
      headers,
      perSecond: 10,
      seconds: 0,
    });
    const { result } = await shifted(shop, process, { analysis });
    expect(result).toMatchObject({ state: 'draining', failures: [] });
    const both = (shares: object) => [shares, shares];
    expect(seen).toEqual([
      [20, both({ server: 80, green: 20 })],
      [100, both({ green: 100 })],
    ]);
    expect((await shop.row()).deployStatus).toBe('Deployed');
    const promoted = await ended(process.moves.finish(result.move, { wait: true }));
    expect(promoted.result).toMatchObject({ state: 'finished', failures: [] });
    await shop.sim.advance(30_000);
    job.end();
    expect(job.status()).toMatchObject({ lost: 0, firstLost: null });
    expect(job.status().calls).toBeGreaterThan(1_000);
    expect(await shop.served()).toBe('10.0.1.201');
  });

  it('abort returns the services as they were, with what else the route is', async () => {
    const shop = await routeShop();
    const process = worker(shop);
    const before = await shop.row();
    const { result } = await shifted(shop, process);
    const aborted = await ended(process.moves.rollback(result.move, { drainMs: 60_000 }));
    expect(aborted.result).toMatchObject({ state: 'rolled-back', failures: [] });
    const { updateTimestamp: _a, ...now } = await shop.row();
    const { updateTimestamp: _b, ...then } = before;
    expect(now).toEqual(then);
  });

  it('stops where something else has given other shares', async () => {
    const shop = await routeShop();
    const services = [shop.serviceId, shop.green].map((serviceId) => ({ serviceId, port: 8080, weight: 50 }));
    const analysis = asked(async (percent) => (percent === 20 ? shop.give(services) : undefined));
    const { result } = await shifted(shop, worker(shop), { analysis });
    expect(result).toMatchObject({ state: 'failed', failures: [{ code: 'WORLD_MOVED' }] });
    expect((await shop.shares())[0]).toEqual({ server: 50, green: 50 });
  });

  it('is of the routes of a spec', async () => {
    const shop = await routeShop();
    const spec = parseSpec(`version: 1
project: shop
links:
  main: { provider: alibaba, kind: apig-gateway, region: ${REGION}, id: ${shop.gatewayId} }
integrations:
  carts:
    link: main
    gateway: { apigHttpApi: ${shop.apiId} }
    targets: { a: { address: 10.0.1.200, port: 8080 } }
    routes: { 'ANY /carts': a }
`);
    const driver = alibaba({ region: REGION, api: shop.sim.alibaba(REGION) });
    const ctx = createContext({ clock: shop.sim.clock });
    const snapshot = await observeSpec(spec, driversOf(driver), ctx, { checks: true });
    const request = shiftRequest(snapshot, spec, { name: 'carts', to: 'green', steps: STEPS });
    expect(request.shift).toEqual({ kind: 'apig-http-api route', id: shop.apiId, parts: [shop.parts[1]] });
    expect(request.calls).toEqual([{ method: 'GET', url: expect.stringMatching(/\/carts$/) }]);
  });

  it('refuses a service that the gateway does not have, and one that has all calls', async () => {
    const shop = await routeShop();
    const { moves } = worker(shop);
    await expect(moves.plan({ ...shop.request, to: 'grean' })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(moves.plan({ ...shop.request, to: 'server' })).rejects.toMatchObject({ code: 'INVALID_INPUT' });
    const shift = { ...shop.request.shift, kind: 'api-group route' };
    await expect(moves.plan({ ...shop.request, shift })).rejects.toMatchObject({ code: 'UNSUPPORTED' });
  });

  it.each(['run', 'abort'])(
    '%s that is killed before the publication of a write publishes in the end',
    async (does) => {
      for (let last = 0; last < 8; last += runs(3, 1)) {
        const shop = await routeShop();
        const journal = memoryJournal();
        const work = async (process: ReturnType<typeof worker>) => {
          if (does === 'run') return shifted(shop, process);
          const [status] = await process.moves.status();
          return ended(process.moves.rollback(status?.move ?? '', { drainMs: 1_000 }));
        };
        if (does === 'abort') await shifted(shop, worker(shop, { journal }));
        const around: MachineOptions['around'] = async (call, send) => {
          const answer = await send();
          if (!call.isWrite || call.writes < last) return answer;
          call.kill();
          return new Promise<never>(() => undefined);
        };
        const first = worker(shop, { journal, around });
        const isKilled = await Promise.race([work(first).then(() => false), first.by.killed.then(() => true)]);
        if (isKilled) await work(worker(shop, { journal }));
        const [wanted, address] = does === 'run' ? [{ green: 100 }, '10.0.1.201'] : [{ server: 100 }, '10.0.1.200'];
        expect([last, await shop.shares(), await shop.served()]).toEqual([last, [wanted, wanted], address]);
      }
    },
  );
});
