import { withAbility, type DriverWith, type Driver } from '@postern/core/internal/driver';
import type { Analysis, RunMoveOptions } from '@postern/core/internal/moves';
import { describe, expect, it } from 'vitest';
import { assume, ended, movingShop, MINUTE, moreGroups, runAll, worker, type MovingShop } from './scene.js';

/** A driver that adds no rules to security groups, and says that it did. */
function withoutRules(driver: Driver): Driver {
  const { groupRules } = driver;
  return { ...driver, ...(groupRules && { groupRules: { ...groupRules, allow: () => Promise.resolve() } }) };
}

/** Removes the rule for the current instance before a group moves: before the drain. */
function narrowFirst({ serverGroup: groupId, egress: cidr }: MovingShop, driver: DriverWith<'moves'>): Driver {
  const shift: DriverWith<'moves'>['moves']['shift'] = async (unit, state, percent, ctx) => {
    await driver.groupRules?.revoke({ groupId, direction: 'ingress', fromPort: 80, toPort: 80, cidr }, ctx);
    return driver.moves.shift(unit, state, percent, ctx);
  };
  return { ...driver, moves: { ...driver.moves, shift } };
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
    expect(result).toMatchObject({ state: 'rolled-back', onNew: [], failures: [{ code: 'PROBE_FAILED' }] });
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

  it('where the old path is narrowed before the switch, although a drain follows', async () => {
    const shop = await movingShop();
    const load = shop.load(2);
    const { result } = await runAll(
      shop,
      worker(shop, { wrap: (driver) => narrowFirst(shop, withAbility(driver, 'moves')) }),
    );
    expect(result).toMatchObject({ state: 'draining', failures: [] });
    expect(load.end().lost).toBeGreaterThan(20);
  });

  it.each([
    ['after', 'rolled-back', 'ANALYSIS_FAILED', (lost: number) => lost > 20],
    ['before', 'rolled-back', 'PROBE_FAILED', (lost: number) => lost === 0],
  ] as const)('where backends are tested %s the switch', async (when, state, code, isExpected) => {
    const shop = await movingShop();
    const load = shop.load(2);
    const { gate, moves, context } = worker(shop, { wrap: withoutRules });
    const plan = await moves.plan(shop.request, { assume, manage: [shop.serverGroup] });
    const tested = async () => {
      const [planned] = plan.units;
      const [probe] = planned?.probes ?? [];
      if (planned === undefined || probe === undefined) throw new Error('nothing can be tested');
      const { unit } = planned;
      const answer = await gate.driver.testCalls?.testCall({ ...probe, gateway: unit.gateway, link: unit.to }, context);
      return { ok: answer?.outcome !== 'failed', because: answer?.because ?? '' };
    };
    const late: RunMoveOptions = { probe: false, analysis: tested, pauseMs: 60_000 };
    const { result } = await ended(moves.run(plan, { assume, ...(when === 'after' ? late : {}) }));
    expect(result).toMatchObject({ state, onNew: [], failures: [{ code }] });
    const { lost } = load.end();
    expect({ lost, isExpected: isExpected(lost) }).toMatchObject({ isExpected: true });
  });

  it.each([
    ['without an analysis', false, 'draining', (lost: number) => lost > 20],
    ['with an analysis', true, 'rolled-back', (lost: number) => lost === 0],
  ] as const)('where a canary that only its operator calls goes first %s', async (_, isAnalyzed, state, isExpected) => {
    const shop = await movingShop();
    await moreGroups(shop, 1);
    // Without a test before the switch, the calls of the canary are the first that can show what is wrong.
    const { moves } = worker(shop, { wrap: withoutRules });
    const plan = await moves.plan({ from: shop.from, to: shop.to }, { assume, manage: [shop.serverGroup] });
    const canary = plan.units[0]?.unit.gateway.id ?? '';
    expect(canary).not.toBe(shop.groupId);
    const load = shop.load(2);
    const analysis: Analysis = async () => {
      const { outcome, status } = await shop.sim.traffic.call({ host: shop.hostOf(canary), path: '/api0' });
      return { ok: outcome === 'delivered', because: `status ${status}` };
    };
    const how: RunMoveOptions = { assume, probe: false, canary: 1, pauseMs: 11 * MINUTE };
    const { result } = await ended(moves.run(plan, { ...how, ...(isAnalyzed ? { analysis } : {}) }));
    expect(result).toMatchObject({ state, failures: isAnalyzed ? [{ code: 'ANALYSIS_FAILED' }] : [] });
    await shop.sim.advance(5 * MINUTE);
    const { lost } = load.end();
    expect({ lost, isExpected: isExpected(lost) }).toMatchObject({ isExpected: true });
  });
});
