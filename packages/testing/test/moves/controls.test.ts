import type { Driver } from '@postern/core';
import { describe, expect, it } from 'vitest';
import { assume, ended, movingShop, MINUTE, runAll, worker } from './scene.js';

/** A driver that adds no rules to security groups, and says that it did. */
function withoutRules(driver: Driver): Driver {
  const { groupRules } = driver;
  return { ...driver, ...(groupRules && { groupRules: { ...groupRules, allow: () => Promise.resolve() } }) };
}

describe('without a phase, calls are lost', () => {
  it('where nothing is widened', async () => {
    const shop = await movingShop();
    const load = shop.load(2);
    const { result } = await runAll(shop, worker(shop, { wrap: withoutRules }), { probe: false });
    expect(result.state).toBe('draining');
    await shop.sim.advance(10 * MINUTE);
    expect(load.end().lost).toBeGreaterThan(100);
  });

  it('but a test before the switch stops that move, and no call is lost', async () => {
    const shop = await movingShop();
    const load = shop.load(2);
    const { result } = await runAll(shop, worker(shop, { wrap: withoutRules }));
    expect(result).toMatchObject({ state: 'failed', onNew: [], failures: [{ code: 'PROBE_FAILED' }] });
    expect(shop.state()).toMatchObject({ on: shop.from });
    expect(load.end().lost).toBe(0);
  });

  it.each([
    ['without a drain', 0, (lost: number) => lost > 20],
    ['with a drain', 15 * MINUTE, (lost: number) => lost === 0],
  ])('where the old path is narrowed %s', async (_, drainMs, isExpected) => {
    const shop = await movingShop();
    const process = worker(shop);
    await runAll(shop, process, { finish: true });
    await shop.sim.advance(20 * MINUTE);
    // The move back leaves the link for which the first one added rules.
    const load = shop.load(2);
    const back = await process.moves.plan({ group: shop.groupId, to: shop.from });
    const { result } = await ended(process.moves.run(back, { finish: true, drainMs, assume }));
    expect(result).toMatchObject({ state: 'finished' });
    expect(result.removed).toHaveLength(4);
    await shop.sim.advance(10 * MINUTE);
    const { lost } = load.end();
    expect({ lost, isExpected: isExpected(lost) }).toMatchObject({ isExpected: true });
  });
});
