import { createContext, memoryJournal, type RunEvent } from '@postern/core/internal/library';
import { planText } from '@postern/core/internal/plan';
import { describe, expect, it } from 'vitest';
import { sample } from '../../../core/test/runs.js';
import { servedShop } from '../world/deployed-shop.js';

/** A call takes 20 s, so that many are in flight whenever something changes. */
async function replaced(
  options: { readonly drain?: number } = {},
  { answersMs = 20_000, lagMs = undefined as number | undefined } = {},
) {
  const shop = await servedShop(answersMs, { settings: lagMs === undefined ? {} : { dataPathDelay: lagMs } });
  await shop.run(0);
  await shop.simulation.advance(60_000);
  const load = shop.simulation.traffic.load({ gateway: shop.host, paths: ['/orders'], perSecond: 3, seconds: 0 });
  await shop.simulation.advance(30_000);
  const journal = memoryJournal();
  const events = await shop.run(1, { ...options, journal });
  await shop.simulation.advance(120_000);
  load.end();
  await shop.simulation.advance(60_000);
  return { ...shop, events, journal, status: load.status() };
}

describe('calls in flight while a link is replaced', () => {
  it('have their answers before the old link is deleted', async () => {
    const { status, events, journal, links } = await replaced();
    expect(status).toMatchObject({ lost: 0, firstLost: null, done: true });
    expect(status.delivered).toBeGreaterThan(300);
    expect(links()).toHaveLength(1);
    const waits = events.filter(({ type }) => type === 'step.waiting');
    expect(waits).toContainEqual(expect.objectContaining({ message: 'waits 35 s for calls in flight' }));
    const drains = (await journal.read()).filter(({ step }) => step?.endsWith(': drain'));
    expect(drains.map(({ type }) => type)).toEqual(['before', 'after']);
    expect(drains[1]?.value).toEqual({ waitMs: 35_000 });
  });

  it('are lost without the wait', async () => {
    const { status, links } = await replaced({ drain: 0 });
    expect(status.lost).toBeGreaterThan(30);
    expect(links()).toHaveLength(1);
  });

  it('are awaited as long as asked for', async () => {
    const { events } = await replaced({ drain: 60 });
    expect(events).toContainEqual(expect.objectContaining({ message: 'waits 1 min for calls in flight' }));
  });

  it('are awaited for the longest timeout of their routes, as the plan says', async () => {
    const shop = await servedShop(0);
    await shop.run(0);
    expect(planText(await shop.planOf(1))).toMatch(
      /- delete link eu \(\w+\): .*\n      waits 35 s for calls in flight first\n/,
    );
  });

  it.each([-1, Number.NaN, 4_000])('cannot be awaited for %d s', async (drain) => {
    const shop = await servedShop(0);
    await expect(shop.run(0, { drain })).rejects.toMatchObject({ code: 'INVALID_INPUT' });
  });
});

describe('a data path that follows the control plane later', () => {
  it.each(sample([5_000, 1_000, 30_000], 3))(
    'by %d ms loses no call of a second while a link is replaced',
    async (lagMs) => {
      const { status, links } = await replaced({}, { answersMs: 1_000, lagMs });
      expect(status).toMatchObject({ lost: 0, firstLost: null, done: true });
      expect(status.delivered).toBeGreaterThan(300);
      expect(links()).toHaveLength(1);
    },
  );

  it('by a minute loses none where the wait is as long, and some by default: an HTTP API has no test call', async () => {
    expect((await replaced({ drain: 65 }, { answersMs: 1_000, lagMs: 60_000 })).status).toMatchObject({ lost: 0 });
    const { status } = await replaced({}, { answersMs: 1_000, lagMs: 60_000 });
    expect(status.lost).toBeGreaterThan(10);
  });
});

describe('a run that was killed while it waited', () => {
  const killed = async () => {
    const shop = await servedShop(20_000);
    await shop.run(0);
    const journal = memoryJournal();
    const stop = new AbortController();
    const context = createContext({ clock: shop.simulation.clock, random: () => 0.5, signal: stop.signal });
    const waits = ({ message }: RunEvent) => message?.endsWith('for calls in flight') === true;
    const run = shop.run(1, {
      journal,
      context,
      onEvent: (event) => void (waits(event) && stop.abort()),
    });
    await expect(run).rejects.toMatchObject({ code: 'ABORTED' });
    expect(shop.links()).toHaveLength(2);
    const again = async () => (await shop.run(1, { journal })).filter((event) => waits(event));
    return { shop, again };
  };

  it('waits again', async () => {
    const { shop, again } = await killed();
    expect(await again()).toHaveLength(1);
    expect(shop.links()).toHaveLength(1);
    expect(await again()).toEqual([]);
  });

  it('does not wait where its calls must have ended', async () => {
    const { shop, again } = await killed();
    await shop.simulation.advance(600_000);
    expect(await again()).toEqual([]);
    expect(shop.links()).toHaveLength(1);
  });
});
