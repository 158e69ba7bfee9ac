import { expect, it } from 'vitest';
import { remoteClock, type RemoteTime } from '../../../src/ground/clocks/remote-clock.js';
import { simulatedClock } from '../../../src/ground/clocks/simulated-clock.js';

/** A remote whose time runs at `speed` on the local clock, and can be set. */
function remote(speed: number) {
  const local = simulatedClock(0);
  const state = { speed, offset: 1_000_000, reads: 0, broken: false };
  const now = (): number => state.offset + local.monotonicMs() * state.speed;
  const read = (): Promise<RemoteTime> => {
    state.reads += 1;
    return state.broken ? Promise.reject(new Error('gone')) : Promise.resolve({ now: now(), speed: state.speed });
  };
  return { local, state, now, read };
}

it('runs at the remote’s speed between readings', async () => {
  const { local, read, state } = remote(60);
  const clock = await remoteClock({ read, local });
  expect(clock.now()).toBe(1_000_000);
  await local.advance(1_000);
  expect(clock.now()).toBe(1_060_000);
  expect(state.reads).toBe(1);
});

it('sleeps a sixtieth at speed 60', async () => {
  const { local, read } = remote(60);
  const clock = await remoteClock({ read, local });
  let woken = -1;
  void clock.sleep(600_000).then(() => (woken = local.monotonicMs()));
  await local.advance(60_000);
  expect(woken).toBe(10_000);
});

it('ends a wait when the remote is advanced', async () => {
  const { local, read, state } = remote(1);
  const clock = await remoteClock({ read, local, recheckMs: 200 });
  let woken = -1;
  void clock.sleep(600_000).then(() => (woken = local.monotonicMs()));
  await local.advance(1_000);
  expect(woken).toBe(-1);
  state.offset += 600_000;
  await local.advance(1_000);
  expect(woken).toBe(1_200);
});

it('waits for an advance where the remote time does not run', async () => {
  const { local, read, state } = remote(0);
  const clock = await remoteClock({ read, local });
  let woken = false;
  void clock.sleep(1).then(() => (woken = true));
  await local.advance(60_000);
  expect(woken).toBe(false);
  state.offset += 1;
  await local.advance(200);
  expect(woken).toBe(true);
});

it('shares one reading among all sleepers', async () => {
  const { local, read, state } = remote(1);
  const clock = await remoteClock({ read, local, recheckMs: 200 });
  for (let index = 0; index < 100; index += 1) void clock.sleep(10_000);
  await local.advance(2_000);
  expect(state.reads).toBeLessThanOrEqual(1 + 10);
});

it('the monotonic clock never goes back, and waits end, when the remote is reset', async () => {
  const { local, read, state } = remote(60);
  const clock = await remoteClock({ read, local });
  await local.advance(100_000);
  const before = clock.monotonicMs();
  let woken = false;
  void clock.sleep(60_000).then(() => (woken = true));
  state.offset -= 6_000_000;
  await local.advance(300);
  expect(clock.now()).toBeLessThan(1_100_000);
  expect(clock.monotonicMs()).toBeGreaterThanOrEqual(before);
  await local.advance(1_000);
  expect(woken).toBe(true);
});

it('the monotonic clock never goes back when a reading is slightly behind the estimate', async () => {
  const { local, read, state } = remote(60);
  const clock = await remoteClock({ read, local });
  await local.advance(10_000);
  const before = clock.monotonicMs();
  void clock.sleep(600_000);
  state.offset -= 20_000; // a slow response, at this speed
  await local.advance(200);
  expect(clock.now()).toBe(1_000_000 + 612_000 - 20_000);
  expect(clock.monotonicMs()).toBeGreaterThanOrEqual(before);
});

it('continues by estimate when the remote does not answer, but fails at speed 0', async () => {
  const moving = remote(60);
  const clock = await remoteClock({ read: moving.read, local: moving.local });
  moving.state.broken = true;
  let woken = false;
  void clock.sleep(60_000).then(() => (woken = true));
  await moving.local.advance(1_001);
  expect(woken).toBe(true);

  const still = remote(0);
  const stopped = await remoteClock({ read: still.read, local: still.local });
  still.state.broken = true;
  const sleeping = expect(stopped.sleep(1)).rejects.toThrow('gone');
  await still.local.advance(200);
  await sleeping;
});

it('rejects at once when aborted, also during a reading', async () => {
  const local = simulatedClock(0);
  let answers = 0;
  const read = (): Promise<RemoteTime> =>
    answers++ === 0 ? Promise.resolve({ now: 0, speed: 1 }) : new Promise(() => undefined);
  const clock = await remoteClock({ read, local });
  const controller = new AbortController();
  const sleeping = clock.sleep(10_000, controller.signal);
  await local.advance(500);
  controller.abort('enough');
  await expect(sleeping).rejects.toBe('enough');
});

it.each([
  [{ now: Number.NaN, speed: 1 }, 'not a time'],
  [{ now: 0, speed: -1 }, 'time does not go back'],
  [{} as RemoteTime, 'another program answers there'],
])('refuses %j: %s', async (time) => {
  const clock = remoteClock({ read: () => Promise.resolve(time), local: simulatedClock() });
  await expect(clock).rejects.toMatchObject({ code: 'BAD_RESPONSE' });
});

it('waits on the remote where it is automatic: its time advances only by waits', async () => {
  const state = { now: 1_000, waits: [] as number[] };
  const clock = await remoteClock({
    read: () => Promise.resolve({ now: state.now, speed: 0, auto: true }),
    wait: (ms) => {
      state.waits.push(ms);
      state.now += ms;
      return Promise.resolve({ now: state.now, speed: 0, auto: true });
    },
  });
  await clock.sleep(600_000);
  expect(state.waits).toEqual([600_000]);
  expect(clock.now()).toBe(601_000);
  await expect(clock.sleep(1, AbortSignal.abort('enough'))).rejects.toBe('enough');
});
