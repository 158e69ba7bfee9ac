import { describe, expect, it } from 'vitest';
import { PROVE } from '../../../core/test/runs.js';
import { assume, ended, MINUTE, moreGroups, movingShop, worker, type MovingShop } from './scene.js';

const GROUPS = 12;

/** Where each group is, and the calls of a process, by operation. */
function on({ by }: MovingShop, ids: readonly string[]): readonly string[] {
  return ids.map((GroupId) => by('CloudAPI', 'DescribeApiGroup', { GroupId }).InstanceId);
}

describe('a move of a whole instance', () => {
  it('moves every group in batches, a canary first, with at most 12 calls a group beside polls', async () => {
    const shop = await movingShop();
    const ids = [shop.groupId, ...(await moreGroups(shop, GROUPS - 1))];
    const load = shop.load(2);
    const calls: string[] = [];
    let isCounting = false;
    const { moves } = worker(shop, {
      around: (call, send) => {
        if (isCounting) calls.push(call.operation);
        return send();
      },
    });
    const plan = await moves.plan({ from: shop.from, to: shop.to }, { assume, manage: [shop.serverGroup] });
    expect(plan.units).toHaveLength(GROUPS);
    const batches: number[] = [];
    let looks = 0;
    for await (const event of moves.run(plan, { assume, batch: 6 })) {
      if (event.type === 'move.phase' && event.phase === 'switch') isCounting = true;
      if (event.type === 'move.phase' && event.phase === 'drain') isCounting = false;
      if (event.type === 'step.waiting' && event.state !== undefined) looks += 1;
      if (event.type === 'step.started' && event.kind === 'switch')
        batches.push(Math.round(shop.sim.clock.now() / MINUTE));
    }
    expect(new Set(on(shop, ids))).toEqual(new Set([shop.to]));
    // One canary, then two batches, each after the pause of the batch before.
    expect([...new Set(batches)].map((minute) => batches.filter((one) => one === minute).length)).toEqual([1, 6, 5]);
    expect((calls.length - looks) / GROUPS).toBeLessThanOrEqual(12);
    expect(load.end().lost).toBe(0);
  });

  it.runIf(PROVE)('stops at a batch that fails, and returns what was switched', async () => {
    const shop = await movingShop();
    const ids = [shop.groupId, ...(await moreGroups(shop, 3))];
    const load = shop.load(2);
    const { moves } = worker(shop);
    const plan = await moves.plan({ from: shop.from, to: shop.to }, { assume, manage: [shop.serverGroup] });
    const last = plan.units.at(-1)?.unit.gateway.id ?? '';
    shop.sim.plant('cn-hangzhou', { kind: 'group-move', groupId: last, status: 'Fail', error: 'no' });
    const { result } = await ended(moves.run(plan, { assume, batch: 2, pauseMs: 0 }));
    expect(result).toMatchObject({ state: 'rolled-back', onNew: [], failures: [{ code: 'CLOUD_REFUSED' }] });
    expect(new Set(on(shop, ids))).toEqual(new Set([shop.from]));
    expect(load.end().lost).toBe(0);
  });

  it.runIf(PROVE)('that is aborted keeps what has moved, and finishes it', async () => {
    const shop = await movingShop();
    const ids = [shop.groupId, ...(await moreGroups(shop, 2))];
    const { moves } = worker(shop);
    const plan = await moves.plan({ from: shop.from, to: shop.to }, { assume, manage: [shop.serverGroup] });
    const last = plan.units.at(-1)?.unit.gateway.id ?? '';
    shop.sim.plant('cn-hangzhou', { kind: 'group-move', groupId: last, status: 'Fail', error: 'no' });
    const how = { assume, batch: 1, pauseMs: 0, autoRollback: false };
    const { result } = await ended(moves.run(plan, how));
    expect(result).toMatchObject({ state: 'failed', onOld: [`api-group ${last}`] });
    const aborted = await ended(moves.abort(plan.move));
    expect(aborted.result).toMatchObject({ state: 'aborted', onOld: [`api-group ${last}`] });
    await expect(ended(moves.run(plan, how))).rejects.toMatchObject({ code: 'MOVE_ENDED' });
    const finished = await ended(moves.finish(plan.move, { wait: true }));
    expect(finished.result.state).toBe('finished');
    expect(finished.result.usersOfOld).toEqual([expect.stringContaining(last)]);
    expect(on(shop, ids).filter((id) => id === shop.from)).toHaveLength(1);
  });
});
