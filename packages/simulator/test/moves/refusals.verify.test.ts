import { CLOUDS } from '../../../core/test/clouds.js';
import { createContext, memoryJournal, type Snapshot } from '@postern/core/internal/library';
import { planMove, type MovePlan, type MoveRequest } from '@postern/core/internal/moves';
import { SNAPSHOT_VERSION } from '@postern/core/internal/snapshot';
import { describe, expect, it } from 'vitest';
import { PROVE } from '../../../core/test/runs.js';
import { assume, ended, moreGroups, movingShop, publishApi, runAll, worker } from './scene.js';

describe('a move is refused', () => {
  it('where its plan was edited, or has another version', async () => {
    const shop = await movingShop();
    const { moves } = worker(shop);
    const plan = await moves.plan(shop.request, { assume, manage: [shop.serverGroup] });
    const edited: MovePlan = { ...plan, widen: plan.widen.slice(1) };
    expect(() => moves.run(edited, { assume })).toThrow(expect.objectContaining({ code: 'INVALID_INPUT' }));
    const newer = { ...plan, version: 2 } as unknown as MovePlan;
    expect(() => moves.run(newer, { assume })).toThrow(expect.objectContaining({ code: 'UNSUPPORTED_VERSION' }));
  });

  it('where the state has changed since its plan', async () => {
    const shop = await movingShop();
    const { moves } = worker(shop);
    const plan = await moves.plan(shop.request, { assume, manage: [shop.serverGroup] });
    shop.by('CloudAPI', 'SetVpcAccess', { Name: 'far', VpcId: shop.vpcId, InstanceId: '10.0.3.99', Port: 80 });
    publishApi(shop.by, shop.groupId, { name: 'far_away', path: '/far', access: 'far' });
    await expect(ended(moves.run(plan, { assume }))).rejects.toMatchObject({
      code: 'WORLD_MOVED',
      details: { added: [`allow 10.0.3.99/32 on ${shop.to}`] },
    });
  });

  it('where another move of the group is open in the journal', async () => {
    const shop = await movingShop();
    const journal = memoryJournal();
    const process = worker(shop, { journal });
    await runAll(shop, process);
    const back = await process.moves.plan({ group: shop.groupId, to: shop.from }, { assume });
    await expect(ended(process.moves.run(back, { assume }))).rejects.toMatchObject({ code: 'MOVE_OPEN' });
  });

  it.runIf(PROVE)('where a second operator plans while the group moves, and after it', async () => {
    const shop = await movingShop();
    const first = worker(shop);
    const plan = await first.moves.plan(shop.request, { assume, manage: [shop.serverGroup] });
    const second = worker(shop);
    let seen: string | undefined;
    for await (const event of first.moves.run(plan, { assume })) {
      if (event.type !== 'step.waiting' || event.state !== 'moving' || seen !== undefined) continue;
      const other = await second.moves.plan(shop.request, { assume, manage: [shop.serverGroup] });
      seen = other.todos.map(({ check }) => check).join();
      await expect(ended(second.moves.run(other, { assume }))).rejects.toMatchObject({ code: 'FINDINGS_FAILED' });
    }
    expect(seen).toBe('migrate/under-way');
    await expect(second.moves.plan(shop.request, { assume })).rejects.toMatchObject({
      code: 'INVALID_INPUT',
      message: expect.stringContaining('is already on'),
    });
  });

  it.each([
    ['DescribeApiGroup', 'PERMISSION_DENIED'],
    ['DescribeVpcAccesses', 'FINDINGS_FAILED'],
    ['DescribePlugins', 'FINDINGS_FAILED'],
    ['DescribeInstances', 'PERMISSION_DENIED'],
    ['DescribeSecurityGroupAttribute', 'NOT_FOUND'],
  ])('where %s is denied: %s, and nothing is changed', async (operation, code) => {
    const shop = await movingShop();
    const { moves } = worker(shop);
    const before = shop.state();
    const service = operation.startsWith('DescribeSecurity') ? 'ecs' : 'cloudapi';
    shop.sim.faults.add({ service, operation, kind: 'deny' });
    const refused = (async () => {
      const plan = await moves.plan(shop.request, { assume, manage: [shop.serverGroup] });
      return ended(moves.run(plan, { assume }));
    })();
    await expect(refused).rejects.toMatchObject({ code });
    shop.sim.faults.clear();
    expect(shop.state()).toEqual(before);
  });

  it.each([
    [{ canary: { percent: 100 } }, 'INVALID_INPUT'],
    [{ canary: { percent: 10 } }, 'UNSUPPORTED'],
    [{ canary: -1 }, 'INVALID_INPUT'],
    [{ batch: 0 }, 'INVALID_INPUT'],
    [{ maxErrorRate: 1.01 }, 'INVALID_INPUT'],
    [{ drainMs: -1 }, 'INVALID_INPUT'],
    [{ probePath: 'health' }, 'INVALID_INPUT'],
  ])('with %j: %s', async (options, code) => {
    const shop = await movingShop();
    const { moves } = worker(shop);
    const plan = await moves.plan(shop.request, { assume, manage: [shop.serverGroup] });
    expect(() => moves.run(plan, options)).toThrow(expect.objectContaining({ code }));
  });
});

describe('a move that the service refuses', () => {
  it.runIf(PROVE)(
    'fails in the words of the service, also where these are those of the move before, and removes what it added',
    async () => {
      const shop = await movingShop();
      const before = shop.state();
      const load = shop.load(2);
      const process = worker(shop);
      const error = 'The current instance conflicts with the target instance.';
      shop.sim.plant('cn-hangzhou', { kind: 'group-move', groupId: shop.groupId, status: 'Fail', error });
      for (const _ of [1, 2]) {
        const { result } = await runAll(shop, process);
        expect(result).toMatchObject({ state: 'rolled-back', failures: [{ code: 'CLOUD_REFUSED' }] });
        expect(result.failures[0]?.message).toContain(error);
        expect(shop.state()).toEqual(before);
      }
      shop.sim.plant('cn-hangzhou', { kind: 'group-move', groupId: shop.groupId });
      expect((await runAll(shop, process)).result).toMatchObject({ state: 'draining', failures: [] });
      expect(load.end().lost).toBe(0);
    },
  );
});

describe('a move from the shared instance', () => {
  it('needs consent, because a return is not documented; then it moves, returns, and finishes', async () => {
    const shop = await movingShop();
    const { GroupId } = shop.by('CloudAPI', 'CreateApiGroup', { GroupName: 'early' });
    publishApi(shop.by, GroupId, { name: 'early', path: '/early', access: 'server' });
    await shop.sim.advance(60_000);
    const on = (): string => shop.by('CloudAPI', 'DescribeApiGroup', { GroupId }).InstanceId;
    expect(on()).toBe('api-shared-vpc-001');
    const { moves } = worker(shop);
    const request = { group: GroupId, to: shop.from };
    const plan = await moves.plan(request, { assume });
    expect(plan.undecided.map(({ check }) => check)).toEqual(['migrate/rollback']);
    const accept = [{ check: 'migrate/rollback' }];
    const accepted = await moves.plan(request, { assume, accept });
    expect(accepted).toMatchObject({ from: { id: 'api-shared-vpc-001' }, todos: [], undecided: [] });
    await expect(ended(moves.run(accepted, { assume }))).rejects.toMatchObject({ code: 'FINDINGS_FAILED' });
    const how = { assume, accept, pauseMs: 0 };
    expect((await ended(moves.run(accepted, how))).result).toMatchObject({ state: 'draining', failures: [] });
    expect(on()).toBe(shop.from);
    await expect(ended(moves.rollback(accepted.move))).rejects.toMatchObject({ code: 'FINDINGS_FAILED' });
    const back = await ended(moves.rollback(accepted.move, { accept, drainMs: 0 }));
    expect(back.result).toMatchObject({ state: 'rolled-back', failures: [] });
    expect(on()).toBe('api-shared-vpc-001');
    const again = await ended(moves.run(await moves.plan(request, { assume, accept }), { ...how, finish: true }));
    expect(again.result).toMatchObject({ state: 'finished', failures: [] });
    expect(on()).toBe(shop.from);
  });
});

describe('a request that names the wrong things', () => {
  it.each([
    ['a group that does not exist', { group: 'nothere' }, 'NOT_FOUND'],
    ['an instance that does not exist', { to: 'apigateway-hz-000000000000' }, 'NOT_FOUND'],
    ['the instance that it is on', { to: 'from' }, 'INVALID_INPUT'],
    ['the shared instance as the target', { to: 'api-shared-vpc-001' }, 'WRONG_KIND'],
    ['one instance as both ends', { group: undefined, from: 'from', to: 'from' }, 'INVALID_INPUT'],
    ['an instance without a group', { group: undefined, from: 'to', to: 'from' }, 'NOT_FOUND'],
  ])('is refused: %s', async (_, change, code) => {
    const shop = await movingShop();
    const ends: Readonly<Record<string, string>> = { from: shop.from, to: shop.to };
    const given = Object.entries({ ...shop.request, ...change }).flatMap(([key, value]) =>
      value === undefined ? [] : [[key, ends[value] ?? value]],
    );
    const request = Object.fromEntries(given) as MoveRequest;
    await expect(worker(shop).moves.plan(request, { assume })).rejects.toMatchObject({ code });
  });

  it('is refused: an instance of another region', async () => {
    const shop = await movingShop();
    const { gate } = worker(shop);
    const region = await gate.driver.observe({ all: true, checks: true, uses: true }, createContext(shop.sim));
    const elsewhere = {
      ...region,
      region: 'cn-shanghai',
      gateways: [],
      links: region.links.filter(({ id }) => id === shop.to),
    };
    const here = { ...region, links: region.links.filter(({ id }) => id !== shop.to) };
    const snapshot: Snapshot = {
      version: SNAPSHOT_VERSION,
      takenAt: '2026-06-01T00:00:00Z',
      regions: [here, elsewhere],
    };
    expect(() => planMove(snapshot, shop.request, { clouds: CLOUDS })).toThrow(
      expect.objectContaining({ code: 'INVALID_INPUT', message: expect.stringContaining('is in cn-shanghai') }),
    );
  });

  it('stops all where the reads of one group of several are denied', async () => {
    const shop = await movingShop();
    const ids = [shop.groupId, ...(await moreGroups(shop, 3))];
    let denied = 0;
    const { moves } = worker(shop, {
      around: async (call, send) => {
        const isRead = call.operation === 'DescribeApiGroup';
        if (!isRead || (denied += 1) !== 2) return send();
        shop.sim.faults.add({ service: 'cloudapi', operation: call.operation, kind: 'deny' });
        try {
          return await send();
        } finally {
          shop.sim.faults.clear();
        }
      },
    });
    const request = { from: shop.from, to: shop.to };
    const plan = await moves.plan(request, { assume, manage: [shop.serverGroup] });
    expect(denied).toBeGreaterThanOrEqual(2);
    expect(plan.undecided).not.toEqual([]);
    const reads = ids.map((GroupId) => shop.by('CloudAPI', 'DescribeApiGroup', { GroupId }).InstanceId);
    expect(new Set(reads)).toEqual(new Set([shop.from]));
  });
});
