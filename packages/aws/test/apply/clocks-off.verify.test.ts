import { createContext, driversOf, memoryJournal, type CallContext } from '@postern/core/internal/library';
import { describe, expect, it } from 'vitest';
import { sample } from '../../../core/test/runs.js';
import { aws } from '../../src/index.js';
import { servedShop } from '../world/deployed-shop.js';

const HOUR = 3_600_000;
const MINUTE = 60_000;
const REGION = 'eu-west-1';
type Shop = Awaited<ReturnType<typeof servedShop>>;

/** A machine whose clock is off: it signs by it, and writes its journal by it. */
function machineOf({ simulation }: Shop, offMs: number, signal?: AbortSignal) {
  const clock = { ...simulation.clock, now: () => simulation.clock.now() + offMs };
  const context: CallContext = createContext({ clock, random: () => 0.5, ...(signal && { signal }) });
  const clients = simulation.clients(REGION, { machineClock: clock.now });
  return { context, drivers: driversOf(aws({ region: REGION, clients })), journal: memoryJournal() };
}

const waits = (events: readonly object[]): readonly string[] =>
  events.flatMap((one) => ('message' in one && String(one.message).startsWith('waits ') ? [String(one.message)] : []));

/** One machine moves the callers and is ended in its wait; another one deletes the link `laterMs` later. */
async function deletedByAnother(writerMs: number, readerMs: number, laterMs = 0) {
  const shop = await servedShop(20_000);
  await shop.run(0);
  await shop.simulation.advance(HOUR);
  const load = shop.simulation.traffic.load({ gateway: shop.host, paths: ['/orders'], perSecond: 4, seconds: 0 });
  await shop.simulation.advance(MINUTE);
  const stop = new AbortController();
  const onEvent = (event: object): void => {
    if ('message' in event && String(event.message).endsWith('for calls in flight')) stop.abort();
  };
  const writer = machineOf(shop, writerMs, stop.signal);
  await expect(shop.run(1, { ...writer, onEvent })).rejects.toMatchObject({ code: 'ABORTED' });
  await shop.simulation.advance(laterMs);
  const told = waits(await shop.run(1, machineOf(shop, readerMs)));
  expect(shop.links()).toHaveLength(1);
  await shop.simulation.advance(MINUTE);
  load.end();
  await shop.simulation.advance(2 * MINUTE);
  return { told, lost: load.status().lost };
}

describe('a mark of an unused link', () => {
  it.each(
    sample(
      [
        [-30, 0],
        [-60, 60],
        [0, 60],
        [60, -60],
        [20, 0],
      ],
      5,
    ),
  )('loses no call where the clock of its writer is off by %d minutes, and that of its reader by %d', async (w, r) => {
    const { told, lost } = await deletedByAnother(w * MINUTE, r * MINUTE);
    expect(lost).toBe(0);
    // Seconds have passed since the mark, and no more.
    expect(told).toEqual([expect.stringMatching(/^waits 3\d s for calls in flight$/)]);
  });

  it.each(
    sample(
      [
        [-60, 60],
        [60, -60],
      ],
      2,
    ),
  )('ends the wait where the time has passed, off by %d and %d minutes', async (w, r) => {
    expect(await deletedByAnother(w * MINUTE, r * MINUTE, 10 * MINUTE)).toEqual({ told: [], lost: 0 });
  });
});

it.each(sample([-60, -6, 6, 60], 3))(
  'a machine whose clock is off: by %d minutes goes on: its SDK corrects what it signs',
  async (minutes) => {
    const shop = await servedShop(0);
    const events = await shop.run(0, machineOf(shop, minutes * MINUTE));
    expect(events.at(-1)).toMatchObject({ type: 'run.done', failed: 0, skipped: 0 });
  },
);
