import { alibaba } from '@postern/alibaba';
import { createContext, driversOf, memoryJournal } from '@postern/core/internal/library';
import { shiftRequest, type Analysis } from '@postern/core/internal/moves';
import { observeSpec } from '@postern/core/internal/plan';
import { describe, expect, it } from 'vitest';
import { CLOUDS, parseSpec } from '../../../core/test/clouds.js';
import { runs } from '../../../core/test/runs.js';
import { REGION } from '../alibaba/apig/apig-account.js';
import type { MachineOptions } from '../runs/machine.js';
import { routeShop, STEPS } from './route-shop.js';
import { ended, shifted, worker } from './scene.js';

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
    const job = shop.sim.traffic.load({ ...shop.traffic, perSecond: 10, seconds: 0 });
    const { result } = await shifted(shop, process, { analysis, pauseMs: 30_000 });
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

  it('names no port of a service of a registry, and its own of a service with an address', async () => {
    const shop = await routeShop(undefined, true);
    const ports = async () => (await shop.row()).backend.services.map(({ port = null }) => port);
    const seen: unknown[] = [];
    const analysis = asked(async () => seen.push(await ports()));
    const process = worker(shop);
    const { result } = await shifted(shop, process, { analysis, pauseMs: 30_000 });
    await ended(process.moves.finish(result.move, { wait: true }));
    expect([...seen, await shop.served()]).toEqual([[8080, null], [null], '10.0.1.201']);
    const back = await process.moves.plan({ ...(await shop.request()), to: 'server' });
    await ended(process.moves.run(back, { callGateway: shop.callGateway, analysis, pauseMs: 30_000 }));
    expect([...seen.slice(2), await shop.served()]).toEqual([[null, 8080], [8080], '10.0.1.200']);
  });

  it.each([false, true])(
    'abort returns the services as they were, with what else the route is',
    async (isRegistered) => {
      const shop = await routeShop(undefined, isRegistered);
      const process = worker(shop);
      const before = await shop.row();
      const { result } = await shifted(shop, process);
      const aborted = await ended(process.moves.rollback(result.move, { drainMs: 60_000 }));
      expect(aborted.result).toMatchObject({ state: 'rolled-back', failures: [] });
      const { updateTimestamp: _a, ...now } = await shop.row();
      const { updateTimestamp: _b, ...then } = before;
      expect(now).toEqual(then);
    },
  );

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
    const request = shiftRequest(snapshot, spec, { clouds: CLOUDS, name: 'carts', to: 'green', steps: STEPS });
    expect(request.shift).toEqual({
      kind: 'apig-http-api route',
      id: shop.apiId,
      parts: [shop.parts[1]],
      names: ['ANY /carts'],
    });
    expect(request.calls).toEqual([{ method: 'GET', url: expect.stringMatching(/\/carts$/) }]);
  });

  it('refuses a service that the gateway does not have, and one that has all calls', async () => {
    const shop = await routeShop();
    const { moves } = worker(shop);
    await expect(moves.plan({ ...(await shop.request()), to: 'grean' })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(moves.plan({ ...(await shop.request()), to: 'server' })).rejects.toMatchObject({
      code: 'INVALID_INPUT',
    });
    const shift = { ...(await shop.request()).shift, kind: 'api-group route' };
    await expect(moves.plan({ ...(await shop.request()), shift })).rejects.toMatchObject({ code: 'UNSUPPORTED' });
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
