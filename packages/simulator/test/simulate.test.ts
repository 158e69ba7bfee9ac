import { describe, expect, it } from 'vitest';
import { simulate, type SimulateOptions } from '../src/index.js';

describe('simulate', () => {
  it('calls operations in this process', () => {
    const sim = simulate({ account: '222233334444' });
    const answer = sim.call({ service: 'sts', operation: 'GetCallerIdentity', region: 'eu-west-1' }, {});
    expect(answer).toMatchObject({ Account: '222233334444', Arn: 'arn:aws:iam::222233334444:user/postern' });
  });

  it.each<[SimulateOptions, string]>([
    [{ seed: -1 }, 'seeds are whole numbers'],
    [{ account: '123' }, 'account ids have twelve digits'],
    [{ startAt: 'yesterday' }, 'times are ISO 8601'],
    [{ quotas: { nothing: 3 } }, 'no such quota'],
    [{ clock: { speed: -1 } }, 'time does not run backwards'],
    [{ clock: 'real' } as object, 'no such clock'],
    [{ clock: null } as object, 'no such clock'],
    [{ clocks: 'auto' } as object, 'no such option'],
    [{ throttle: 'no' } as object, 'a boolean'],
    [{ startAt: 5 } as object, 'a text'],
    [{ deny: null } as object, 'a list'],
  ])('refuses %j: %s', (options) => {
    expect(() => simulate(options)).toThrow(RangeError);
  });
});

describe('manual time', () => {
  it('changes only when it is advanced, and starts before the end of sale on the other cloud', async () => {
    const sim = simulate();
    expect(new Date(sim.clock.now()).toISOString()).toBe('2026-06-01T00:00:00.000Z');
    await sim.advance(90 * 86_400_000);
    expect(new Date(sim.clock.now()).toISOString()).toBe('2026-08-30T00:00:00.000Z');
  });

  it('resolves sleeps in order, each at its own time', async () => {
    const sim = simulate();
    const woken: number[] = [];
    const start = sim.clock.now();
    const sleep = async (ms: number) => {
      await sim.clock.sleep(ms);
      woken.push(sim.clock.now() - start);
    };
    void sleep(300);
    void sleep(100).then(() => sleep(100));
    await sim.advance(1000);
    expect(woken).toEqual([100, 200, 300]);
  });
});

describe('auto time', () => {
  it('jumps to the end of the shortest wait when all callers wait', async () => {
    const { clock } = simulate({ clock: 'auto' });
    const start = clock.now();
    await Promise.all([clock.sleep(86_400_000), clock.sleep(1000).then(() => clock.sleep(5000))]);
    expect(clock.now() - start).toBe(86_400_000);
  });

  it('ignores an aborted sleep', async () => {
    const { clock } = simulate();
    const abort = new AbortController();
    const slept = clock.sleep(1000, abort.signal);
    abort.abort(new Error('enough'));
    await expect(slept).rejects.toThrow('enough');
  });
});

describe('a quota that does not exist', () => {
  it.each([
    ['routes', 'routes-per-api'],
    ['vpc_links', 'vpc-links'],
    ['vpclink', 'vpc-links'],
    ['route-per-apis', 'routes-per-api'],
  ])('%s: did you mean %s', (name, meant) => {
    expect(() => simulate({ quotas: { [name]: 1 } })).toThrow(
      new RegExp(`^No quota is called ${name}; did you mean .*\\b${meant}\\b`),
    );
  });

  it('is answered with all names where none is near', () => {
    expect(() => simulate({ quotas: { nothing: 1 } })).toThrow(/; there are .*vpc-links/);
  });
});
