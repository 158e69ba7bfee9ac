import { describe, expect, it } from 'vitest';
import { type PaceKey, type RateLimit, createPacer } from '../../../src/ground/calls/pacer.js';
import { simulatedClock } from '../../../src/ground/clocks/simulated-clock.js';

const key: PaceKey = { provider: 'aws', account: '111122223333', region: 'eu-west-1', operation: 'CreateVpcLink' };

function setUp() {
  const clock = simulatedClock(0);
  const pacer = createPacer(clock);
  const times: number[] = [];
  const ask = (count: number, limits: readonly RateLimit[], of: PaceKey = key): void => {
    for (let index = 0; index < count; index += 1) {
      void pacer.slot(of, limits).then(() => times.push(clock.monotonicMs()));
    }
  };
  return { clock, pacer, times, ask };
}

describe('createPacer', () => {
  it('allows a burst and then keeps the rate', async () => {
    const { clock, times, ask } = setUp();
    ask(44, [{ perSecond: 10, burst: 40 }]);
    await clock.advance(10_000);
    expect(times.slice(0, 40)).toEqual(Array(40).fill(0));
    expect(times.slice(40)).toEqual([100, 200, 300, 400]);
  });

  it('keeps one in 15 s', async () => {
    const { clock, times, ask } = setUp();
    ask(4, [{ perSecond: 1 / 15, burst: 1 }]);
    await clock.advance(60_000);
    expect(times).toEqual([0, 15_000, 30_000, 45_000]);
  });

  it('keeps several limits at once, in the order of requests', async () => {
    const { clock, times, ask } = setUp();
    ask(5, [
      { perSecond: 10, burst: 4 },
      { perSecond: 1, burst: 3 },
    ]);
    await clock.advance(10_000);
    expect(times).toEqual([0, 0, 0, 1_000, 2_000]);
  });

  it('has separate buckets for each account, region and operation, unless a limit is shared', async () => {
    const { clock, times, ask } = setUp();
    const own = [{ perSecond: 1, burst: 1 }];
    const shared = [{ perSecond: 1, burst: 1, shared: 'apigateway' }];
    for (const other of [{ account: '1' }, { region: 'r' }, { operation: 'o' }]) ask(1, own, { ...key, ...other });
    await clock.advance(0);
    expect(times).toEqual([0, 0, 0]);
    ask(1, shared);
    ask(1, shared, { ...key, operation: 'GetVpcLink' });
    ask(1, shared, { ...key, region: 'eu-central-1' });
    await clock.advance(5_000);
    expect(times.slice(3)).toEqual([0, 0, 1_000]);
  });

  it('never sends more than burst + rate × time, also after aborts', async () => {
    const { clock, pacer, times, ask } = setUp();
    const controller = new AbortController();
    const limits = [{ perSecond: 2, burst: 3 }];
    ask(4, limits);
    const lost = pacer.slot(key, limits, controller.signal);
    ask(2, limits);
    await clock.advance(100);
    controller.abort('enough');
    await expect(lost).rejects.toBe('enough');
    await clock.advance(5_000);
    expect(times).toEqual([0, 0, 0, 500, 1_000, 1_500]); // the aborted one took no token
    await expect(pacer.slot(key, limits, controller.signal)).rejects.toBe('enough');
    expect(clock.nextWake()).toBeUndefined();
  });

  it('halves the rate once for calls that are throttled together, empties the bucket, and recovers', async () => {
    const { clock, pacer, times, ask } = setUp();
    const limits = [{ perSecond: 10, burst: 40 }];
    ask(1, limits);
    await clock.advance(0);
    for (let index = 0; index < 30; index += 1) pacer.slowDown(key); // 30 concurrent calls were refused together
    ask(4, limits);
    await clock.advance(1_000);
    const gaps = times.slice(1).map((time, index) => time - times[index]!);
    for (const gap of gaps) expect(gap).toBeGreaterThan(190);
    for (const gap of gaps) expect(gap).toBeLessThanOrEqual(201);
    await clock.advance(120_000);
    times.length = 0;
    ask(41, limits);
    await clock.advance(1_000);
    expect(times[40]! - times[39]!).toBeLessThanOrEqual(101);
  });

  it('after repeated throttling the rate is at its minimum and no call is lost', async () => {
    const { clock, pacer, times, ask } = setUp();
    const limits = [{ perSecond: 8, burst: 1 }];
    ask(1, limits);
    for (let storm = 0; storm < 20; storm += 1) {
      await clock.advance(1_000);
      pacer.slowDown(key);
    }
    ask(3, limits);
    await clock.advance(30_000);
    expect(times).toHaveLength(4);
    expect(times[1]! - 20_000).toBeGreaterThan(4_000); // about an eighth of a call per second
  });

  it('sends no call before the time in Retry-After', async () => {
    const { clock, pacer, times, ask } = setUp();
    pacer.slowDown(key, 5_000);
    ask(1, []);
    ask(1, [], { ...key, operation: 'GetVpcLink' });
    await clock.advance(10_000);
    expect(times).toEqual([0, 5_000]);
  });

  it.each([
    [{ perSecond: 0, burst: 1 }, 'a call would wait without end'],
    [{ perSecond: Number.NaN, burst: 1 }, 'not a number'],
    [{ perSecond: 1, burst: 0 }, 'the bucket holds no token'],
  ])('refuses %j: %s', (limit) => {
    expect(() => setUp().pacer.slot(key, [limit])).toThrow(expect.objectContaining({ code: 'INVALID_INPUT' }));
  });
});
