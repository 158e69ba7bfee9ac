import { memoryJournal, type Driver } from '@postern/core';
import { describe, expect, it } from 'vitest';
import { seeded } from '../../../core/test/drive.js';
import { runs } from '../../../core/test/runs.js';
import { ended, shifted, shiftingShop, worker, type ShiftingShop } from './scene.js';

const KILLS = runs(6, 20);
const CALLS = 5_000;
/** A shift makes more calls of the cloud. */
const LAST_CALL = 45;
const PER_SECOND = 5;
/** Shifts there and back, until there were enough kills and calls. */
const MOST_SHIFTS = 40;

function load(shop: ShiftingShop) {
  return shop.simulation.traffic.load({ gateway: shop.host, paths: ['/orders'], perSecond: PER_SECOND, seconds: 0 });
}

/** One process after the other carries out the same command, until one comes to its end. @returns how many were killed */
async function untilDone(
  shop: ShiftingShop,
  kills: number,
  random: () => number,
  work: (process: ReturnType<typeof worker>) => Promise<unknown>,
  journal = memoryJournal(),
): Promise<number> {
  for (let killed = 0; ;) {
    const last = killed < kills ? Math.floor(random() * LAST_CALL) : Number.POSITIVE_INFINITY;
    const isBefore = random() < 0.5;
    const process = worker(shop, {
      journal,
      random,
      around: async (call, send) => {
        if (call.at !== last) return send();
        if (!isBefore) await send();
        call.kill();
        return new Promise<never>(() => undefined);
      },
    });
    if (await Promise.race([work(process).then(() => true), process.by.killed.then(() => false)])) return killed;
    killed += 1;
  }
}

describe('calls while a group is shifted', () => {
  it(`none of ${CALLS} is lost where ${KILLS} processes are killed, there and back`, async () => {
    const shop = await shiftingShop();
    const random = seeded(104_729);
    const job = load(shop);
    let kills = 0;
    let to = 'green';
    const ends: unknown[] = [];
    for (let at = 0; at < MOST_SHIFTS && (kills < KILLS || job.status().calls < CALLS); at += 1) {
      const journal = memoryJournal();
      const isAborted = at % 3 === 2;
      const request = await shop.request({ to });
      const wanted = Math.min(KILLS - kills, 3);
      const run = async ({ moves }: ReturnType<typeof worker>) => {
        const plan = await moves.plan(request);
        return ended(moves.run(plan, { callGateway: shop.callGateway, finish: !isAborted, drainMs: 60_000 }));
      };
      kills += await untilDone(shop, wanted, random, run, journal);
      if (isAborted) {
        const back = async ({ moves }: ReturnType<typeof worker>) => {
          const [status] = await moves.status();
          if (status?.state === 'rolled-back') return undefined;
          return ended(moves.rollback(status?.move ?? '', { drainMs: 60_000 }));
        };
        kills += await untilDone(shop, Math.min(KILLS - kills, 2), random, back, journal);
      } else to = to === 'green' ? 'orders' : 'green';
      ends.push(Object.keys(shop.weights()));
    }
    await shop.simulation.advance(60_000);
    job.end();
    const { calls, lost, firstLost } = job.status();
    expect({ lost, firstLost }).toEqual({ lost: 0, firstLost: null });
    expect([kills, calls >= CALLS]).toEqual([KILLS, true]);
    // Each shift that was promoted left its group alone; an aborted one left the group before it.
    expect(ends.every((groups) => (groups as string[]).length === 1)).toBe(true);
  }, 600_000);

  const unready = (driver: Driver): Driver => ({
    ...driver,
    moves: { ...driver.moves, ready: () => Promise.resolve(undefined) },
  });

  it('are lost where a share is given before the targets are healthy', async () => {
    const shop = await shiftingShop();
    const job = load(shop);
    await shifted(shop, worker(shop, { wrap: unready }), { probe: false, pauseMs: 10_000 });
    await shop.simulation.advance(60_000);
    job.end();
    expect(job.status().lost).toBeGreaterThan(10);
  });

  it('are lost where the group is exchanged at once', async () => {
    const shop = await shiftingShop();
    const job = load(shop);
    shop.setWeights({ [shop.green]: 1 });
    await shop.simulation.advance(60_000);
    job.end();
    expect(job.status().lost).toBeGreaterThan(100);
  });
});
