import { describe, expect, it } from 'vitest';
import { accountBucket } from '../../../../src/aws/traffic/throttled.js';
import { openShop, shop } from './shop.js';

type World = Awaited<ReturnType<typeof shop>>;

/** How many of so many calls at one moment are delivered. */
async function delivered(world: World, path: string, calls: number): Promise<number> {
  const answers = await Promise.all(Array.from({ length: calls }, () => world.get(path)));
  return answers.filter(({ outcome }) => outcome === 'delivered').length;
}

describe('throttling', () => {
  it('refuses with 429 what exceeds the limit of the stage, and refills with time', async () => {
    const world = await shop({ throttle: true });
    world.route('$default', world.integration());
    world.stage('$default', { DefaultRouteSettings: { ThrottlingRateLimit: 2, ThrottlingBurstLimit: 3 } });
    expect(await delivered(world, '/', 5)).toBe(3);
    const { status, body, headers, outcome, because } = await world.get('/');
    expect([status, body, headers['content-length'], outcome]).toEqual([
      429,
      '{"message":"Too Many Requests"}',
      '31',
      'throttled',
    ]);
    expect(because).toBe('The throttling limit of stage $default is reached.');
    await world.sim.advance(1_000);
    expect(await delivered(world, '/', 5)).toBe(2);
    expect(world.sim.traffic.counters().lost).toBe(0);
  });

  it('uses the limits of a route in place of the stage’s', async () => {
    const world = await shop({ throttle: true });
    const integrationId = world.integration();
    for (const key of ['GET /a', 'GET /b', 'GET /c', 'GET /none']) world.route(key, integrationId);
    const limits = (burst: number) => ({ ThrottlingRateLimit: burst === 0 ? 0 : 1, ThrottlingBurstLimit: burst });
    world.stage('$default', {
      DefaultRouteSettings: limits(2),
      RouteSettings: { 'GET /b': limits(4), 'GET /none': limits(0) },
    });
    expect(await delivered(world, '/b', 9)).toBe(4);
    expect(await delivered(world, '/a', 1)).toBe(1);
    expect(await delivered(world, '/c', 9)).toBe(1);
    expect(await delivered(world, '/none', 1)).toBe(0);
  });

  it('ends at what the account admits in the region, over all APIs', async () => {
    const world = await openShop('ANY /{proxy+}', {}, { throttle: true });
    expect(await delivered(world, '/a', 5_010)).toBe(5_000);
    expect((await world.get('/a')).because).toBe('The throttling limit of the account in eu-west-1 is reached.');
    expect(accountBucket('eu-south-2')).toMatchObject({ perSecond: 2_500, burst: 1_250 });
  });

  it('is off with the simulation’s', async () => {
    const world = await shop({ throttle: false });
    world.route('$default', world.integration());
    world.stage('$default', { DefaultRouteSettings: { ThrottlingRateLimit: 1, ThrottlingBurstLimit: 1 } });
    expect(await delivered(world, '/', 5)).toBe(5);
  });
});
