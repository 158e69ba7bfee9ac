import { describe, expect, it } from 'vitest';
import { restShop } from './rest-shop.js';

const ANEW = { headers: { 'Cache-Control': 'no-transform, max-age=0' } };
const ALL = '/*/*/caching';
const keyed = (...cacheKeyParameters: string[]) => ({ cacheKeyParameters });

/** `/pets/{id}` and more, on a stage whose cache is available and caches every GET for five minutes. */
async function cachedShop(integration: object = {}, policy?: string) {
  const shop = await restShop({}, policy === undefined ? {} : { policy });
  shop.method('ANY /pets/{id}', integration);
  shop.method('GET /carts', { ...integration, cacheNamespace: 'shared' });
  shop.method('GET /orders', { ...integration, cacheNamespace: 'shared' });
  shop.deploy();
  shop.stage('/cacheClusterEnabled', 'true');
  shop.stage(`${ALL}/enabled`, 'true');
  await shop.sim.advance(240_000);
  /** Whether the backend was called: a cached answer comes to no target. */
  const reaches = async (path: string, more: object = {}) => (await shop.get(`/prod${path}`, more)).trace.target !== '';
  const { ListenerArn } = shop.elb('DescribeListeners', { LoadBalancerArn: shop.alb }).Listeners[0];
  return { ...shop, reaches, break: () => shop.elb('DeleteListener', { ListenerArn }) };
}

describe('the cache of a stage', () => {
  it('answers without the backend until the TTL ends, so that a broken path shows late', async () => {
    const shop = await cachedShop();
    const first = await shop.get('/prod/pets/1');
    shop.break();
    await shop.sim.advance(299_999);
    const again = await shop.get('/prod/pets/1');
    expect(again).toMatchObject({
      status: 200,
      body: first.body,
      outcome: 'delivered',
      trace: { link: '', target: '' },
    });
    expect(again.because).toBe('The answer is from the cache of the stage.');
    expect(again.headers['x-amzn-requestid']).not.toBe(first.headers['x-amzn-requestid']);
    expect(again.headers['date']).not.toBe(first.headers['date']);
    await shop.sim.advance(1);
    const outcomes: string[] = [];
    // What the gateway answers itself is not stored: both calls are tried for ten seconds.
    for (const _ of [1, 2]) {
      const call = shop.get('/prod/pets/1');
      await shop.sim.advance(10_000);
      const { status, outcome, because } = await call;
      outcomes.push(`${status} ${outcome} ${because}`);
    }
    expect(outcomes).toEqual(Array(2).fill(expect.stringMatching(/^500 no-listener /)));
  });

  it('tells calls apart by key parameters alone, and shares the answers of a namespace', async () => {
    const plain = await cachedShop();
    expect([await plain.reaches('/pets/1'), await plain.reaches('/pets/2?q=1')]).toEqual([true, false]);
    expect([await plain.reaches('/carts'), await plain.reaches('/orders')]).toEqual([true, false]);
    const shop = await cachedShop(keyed('method.request.querystring.q', 'integration.request.path.id'));
    const paths = ['/pets/1', '/pets/2', '/pets/1?q=1', '/pets/1', '/pets/1?r=1', '/pets/1?q=1'];
    const reached: boolean[] = [];
    for (const path of paths) reached.push(await shop.reaches(path));
    expect(reached).toEqual([true, true, true, false, false, false]);
  });

  it('caches GET by the settings for all methods, and another method by its own', async () => {
    const shop = await cachedShop();
    const post = { method: 'POST' };
    expect([await shop.reaches('/pets/1', post), await shop.reaches('/pets/1', post)]).toEqual([true, true]);
    shop.stage('/~1pets~1{id}/POST/caching/enabled', 'true');
    expect([await shop.reaches('/pets/1', post), await shop.reaches('/pets/1', post)]).toEqual([true, false]);
    expect(await shop.reaches('/pets/1')).toBe(true);
    shop.stage('/~1pets~1{id}/GET/caching/enabled', 'false');
    expect(await shop.reaches('/pets/1')).toBe(true);
  });

  it('is empty after a flush and with another size, and a TTL of 0 caches nothing; a deployment leaves it', async () => {
    const shop = await cachedShop();
    const twice = async () => [await shop.reaches('/pets/1'), await shop.reaches('/pets/1')];
    expect(await twice()).toEqual([true, false]);
    shop.deploy();
    expect(await twice()).toEqual([false, false]);
    shop.rest('FlushStageCache', { stageName: 'prod' });
    expect(await twice()).toEqual([true, true]);
    await shop.sim.advance(5_000);
    expect(await twice()).toEqual([true, false]);
    shop.stage('/cacheClusterSize', '1.6');
    expect(await twice()).toEqual([true, true]);
    await shop.sim.advance(240_000);
    expect(await twice()).toEqual([true, false]);
    shop.stage(`${ALL}/ttlInSeconds`, '0');
    expect(await twice()).toEqual([true, true]);
  });

  it('serves a canary only where the canary uses it', async () => {
    const shop = await cachedShop();
    shop.deploy('prod', { canarySettings: { percentTraffic: 100 } });
    expect([await shop.reaches('/pets/1'), await shop.reaches('/pets/1')]).toEqual([true, true]);
    shop.stage('/canarySettings/useStageCache', 'true');
    expect([await shop.reaches('/pets/1'), await shop.reaches('/pets/1')]).toEqual([true, false]);
  });
});

describe('Cache-Control: max-age=0', () => {
  it('by a caller without authorization is ignored with a warning, refused, or ignored', async () => {
    const shop = await cachedShop();
    await shop.get('/prod/pets/1');
    const warned = await shop.get('/prod/pets/1', ANEW);
    expect(warned.headers['warning']).toMatch(/^199 .* unauthorized\.$/);
    expect(warned.trace.target).toBe('');
    shop.stage(`${ALL}/unauthorizedCacheControlHeaderStrategy`, 'FAIL_WITH_403');
    expect(await shop.get('/prod/pets/1', ANEW)).toMatchObject({ status: 403, outcome: 'unauthorized' });
    shop.stage(`${ALL}/unauthorizedCacheControlHeaderStrategy`, 'SUCCEED_WITHOUT_RESPONSE_HEADER');
    const silent = await shop.get('/prod/pets/1', ANEW);
    expect([silent.status, silent.headers['warning'], silent.trace.target]).toEqual([200, undefined, '']);
  });

  it('gets and stores a new answer where no authorization is needed, or the resource policy allows it', async () => {
    const shop = await cachedShop();
    await shop.get('/prod/pets/1');
    shop.stage(`${ALL}/requireAuthorizationForCacheControl`, 'false');
    await shop.sim.advance(200_000);
    expect(await shop.reaches('/pets/1', ANEW)).toBe(true);
    await shop.sim.advance(200_000);
    expect(await shop.reaches('/pets/1')).toBe(false);
    const statement = { Effect: 'Allow', Principal: '*', Action: 'execute-api:*', Resource: '*' };
    const open = await cachedShop({}, JSON.stringify({ Version: '2012-10-17', Statement: [statement] }));
    expect([await open.reaches('/pets/1'), await open.reaches('/pets/1', ANEW)]).toEqual([true, true]);
  });
});
