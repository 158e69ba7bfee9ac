import { expect, it } from 'vitest';
import { nextTurns, type ReserveTurns } from '../../src/services/pacer.js';
import { sharedPace } from '../../src/worker/shared-pace.js';

const key = (operation: string, region = 'eu-west-1') => ({ provider: 'aws', account: '1', region, operation });
const SLOW = { perSecond: 1, burst: 1 };

/** A pace, and what it has asked the engine for: places, and the buckets of each. */
function asked() {
  const calls: (readonly [place: string, buckets: readonly string[]])[] = [];
  const due = new Map<string, number>();
  let isDown = false;
  const call = (
    _service: string,
    place: string,
    _handler: string,
    { wanted, nowMs }: ReserveTurns & { nowMs: number },
  ) => {
    if (isDown) return Promise.reject(new Error('the engine does not answer'));
    calls.push([place, wanted.map(({ name, count }) => `${name} ${count}`)]);
    const turns = wanted.map(({ name, ...bucket }) => {
      const next = nextTurns(due.get(`${place} ${name}`) ?? 0, nowMs, bucket);
      due.set(`${place} ${name}`, next.dueMs);
      return next.turns.map((ms) => ms - nowMs);
    });
    return Promise.resolve(turns);
  };
  const pace = sharedPace({ call } as never, { now: () => 0 }, 1);
  return { pace, calls, down: (is: boolean) => (isDown = is) };
}

it('asks once for the turns of calls that begin side by side in an account and region', async () => {
  const { pace, calls } = asked();
  const waits = await Promise.all([
    pace.reserve(key('GetApi'), SLOW),
    pace.reserve(key('GetRoutes'), SLOW),
    pace.reserve(key('GetApi'), SLOW),
    pace.reserve(key('GetApi', 'us-west-2'), SLOW),
    pace.reserve(key('GetStages'), { ...SLOW, shared: 'account' }),
  ]);
  expect(waits).toEqual([0, 0, 1_000, 0, 0]);
  expect(calls).toEqual([
    ['["aws","1","eu-west-1"]', ['GetApi 2', 'GetRoutes 1', 'shared account 1']],
    ['["aws","1","us-west-2"]', ['GetApi 1']],
  ]);
});

it('reserves ahead where turns come fast, and gives each of them once', async () => {
  const { pace, calls } = asked();
  const fast = { perSecond: 10, burst: 1 };
  const waits = [];
  for (const one of Array.from({ length: 5 }, () => key('GetApi'))) waits.push(await pace.reserve(one, fast));
  expect(waits.map((ms) => Math.round(ms / 100))).toEqual([0, 1, 2, 3, 4]);
  expect(calls.map(([, buckets]) => buckets)).toEqual([['GetApi 4'], ['GetApi 4']]);
});

it('tells each that waits where the engine does not answer, and asks again for who comes later', async () => {
  const { pace, down } = asked();
  down(true);
  const all = await Promise.allSettled([pace.reserve(key('GetApi'), SLOW), pace.reserve(key('GetRoutes'), SLOW)]);
  expect(all.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  down(false);
  expect(await pace.reserve(key('GetApi'), SLOW)).toBe(0);
});
