import type { Analysis, ShiftOptions } from '@postern/core/internal/moves';
import { expect, it } from 'vitest';
import { canaryShop } from './canary-shop.js';
import { ended, worker } from '../scene.js';

const asked =
  (seen: (percent: number) => void): Analysis =>
  ({ percent }) => {
    seen(percent);
    return Promise.resolve({ ok: true, because: 'asked' });
  };

it('gives a deployment its steps as a canary, promotes it, and loses no call', async () => {
  const shop = await canaryShop();
  const { moves } = worker(shop);
  const before = shop.stage()['deploymentId'] as string;
  const request = await shop.request();
  expect(request.calls.map(({ url }) => new URL(url).pathname)).toEqual(['/prod/orders', '/prod/carts']);
  const plan = await moves.plan(request);
  const end = shop.load();
  const seen: unknown[] = [];
  const analysis = asked((percent) => {
    const { deploymentId, canarySettings } = shop.stage();
    seen.push([percent, deploymentId, canarySettings.deploymentId, canarySettings.percentTraffic]);
  });
  const { result } = await ended(moves.run(plan, { callGateway: shop.callGateway, analysis, pauseMs: 30_000 }));
  expect(result).toMatchObject({ state: 'draining', failures: [] });
  expect(seen).toEqual([10, 50, 100].map((percent) => [percent, before, shop.next, percent]));
  const promoted = await ended(moves.finish(result.move, { wait: true }));
  expect(promoted.result).toMatchObject({ state: 'finished', failures: [] });
  expect(shop.stage()).toMatchObject({ deploymentId: shop.next });
  expect(shop.stage()['canarySettings']).toBeUndefined();
  expect(await end()).toMatchObject({ lost: 0 });
});

it('abort removes the canary', async () => {
  const shop = await canaryShop();
  const { moves } = worker(shop);
  const before = shop.stage();
  const plan = await moves.plan(await shop.request());
  const { result } = await ended(moves.run(plan, { callGateway: shop.callGateway }));
  const aborted = await ended(moves.rollback(result.move, { drainMs: 60_000 }));
  expect(aborted.result).toMatchObject({ state: 'rolled-back', failures: [] });
  expect({ ...shop.stage(), lastUpdatedDate: 0 }).toEqual({ ...before, lastUpdatedDate: 0 });
});

it('gives a share other variables, which promote makes those of the stage', async () => {
  const shop = await canaryShop('link');
  const { moves } = worker(shop);
  const request = await shop.request({ to: '', variables: { color: 'green' } });
  const plan = await moves.plan(request);
  const { result } = await ended(moves.run(plan, { callGateway: shop.callGateway, finish: true }));
  expect(result).toMatchObject({ state: 'finished', failures: [] });
  expect(shop.stage()['variables']).toEqual({ link: shop.v1, color: 'green' });
  await expect(moves.plan(request)).rejects.toMatchObject({ code: 'MOVE_ENDED' });
});

it('stops where something else deploys to the stage, or changes the canary', async () => {
  const shop = await canaryShop();
  const { moves } = worker(shop);
  const plan = await moves.plan(await shop.request());
  const at = {
    stageName: 'prod',
    patchOperations: [{ op: 'replace', path: '/canarySettings/percentTraffic', value: '30' }],
  };
  const analysis = asked((percent) => void (percent === 50 && shop.rest('UpdateStage', at)));
  const { result } = await ended(moves.run(plan, { callGateway: shop.callGateway, analysis, pauseMs: 30_000 }));
  expect(result).toMatchObject({ state: 'failed', failures: [{ code: 'WORLD_MOVED' }] });
  expect(shop.stage()).toMatchObject({ canarySettings: { percentTraffic: 30 } });
});

it('calls the routes past the cache of the stage, or asks for another analysis', async () => {
  const shop = await canaryShop();
  const { moves } = worker(shop);
  const set = (...paths: readonly string[]) => {
    const patchOperations = paths.map((path) => ({ op: 'replace', path, value: String(!path.includes('require')) }));
    shop.rest('UpdateStage', { stageName: 'prod', patchOperations });
  };
  set('/cacheClusterEnabled', '/~1orders/GET/caching/enabled');
  const [called, ...others] = (await shop.request()).calls;
  expect([called?.url, others]).toEqual([expect.stringContaining('/prod/carts'), []]);
  set('/*/*/caching/enabled');
  const plan = await moves.plan(await shop.request());
  const run = () => moves.run(plan, { callGateway: shop.callGateway });
  expect(run).toThrow(expect.objectContaining({ code: 'INVALID_INPUT' }));
  set('/~1orders/GET/caching/requireAuthorizationForCacheControl');
  expect((await shop.request()).calls).toEqual([
    { method: 'GET', url: expect.stringContaining('/prod/orders'), headers: { 'cache-control': 'max-age=0' } },
  ]);
});

it('refuses a canary of others, and what does not exist', async () => {
  const shop = await canaryShop();
  const { moves } = worker(shop);
  const plan = async (options: Partial<ShiftOptions>) => moves.plan(await shop.request(options));
  await expect(plan({ stage: 'test' })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  await expect(plan({ to: 'abc123' })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  await expect(plan({ to: shop.stage()['deploymentId'] })).rejects.toMatchObject({ code: 'INVALID_INPUT' });
  const patchOperations = [{ op: 'replace', path: '/canarySettings/percentTraffic', value: '10' }];
  shop.rest('UpdateStage', { stageName: 'prod', patchOperations });
  await expect(plan({})).rejects.toMatchObject({ code: 'CANARY_ACTIVE' });
});
