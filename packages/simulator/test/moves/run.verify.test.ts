import { describe, expect, it } from 'vitest';
import { ended, MINUTE, movingShop, runAll, worker } from './scene.js';

describe('a move of an API group', () => {
  it('adds what validation finds missing, moves, drains and finishes, and loses no call', async () => {
    const shop = await movingShop();
    const load = shop.load();
    const process = worker(shop);
    const { plan, result, events } = await runAll(shop, process);
    expect(plan.widen.map(({ id }) => id).toSorted()).toEqual([
      `allow 10.0.3.10/32 on ${shop.to}`,
      `allow 10.0.3.20/32 on ${shop.to}`,
      `allow ingress tcp 80 from 10.0.1.0/24 in ${shop.serverGroup}`,
      `allow ingress tcp 80 from 10.0.2.0/24 in ${shop.serverGroup}`,
    ]);
    expect(result).toMatchObject({ state: 'draining', onOld: [], failures: [] });
    expect(events.flatMap((one) => (one.type === 'move.phase' ? [one.phase] : []))).toEqual([
      'widen',
      'probe',
      'switch',
      'drain',
    ]);
    await expect(ended(process.moves.finish(result.move))).rejects.toMatchObject({
      code: 'DRAINING',
      details: { seconds: 900 },
    });
    await shop.sim.advance(15 * MINUTE + 2_000); // a `Date` has whole seconds
    const finished = await ended(process.moves.finish(result.move));
    expect(finished.result).toMatchObject({ state: 'finished', usersOfOld: [], removed: [] });
    expect(shop.state()).toMatchObject({ on: shop.to, rules: ['10.0.1.0/24', '10.0.2.0/24', shop.egress] });
    expect(load.end()).toEqual({ lost: 0, first: null });
    await expect(ended(process.moves.rollback(result.move))).rejects.toMatchObject({
      code: 'MOVE_ENDED',
      remedy: `To return, plan a new move from ${shop.to} to ${shop.from}.`,
    });
  });

  it('returns to the recorded state, and loses no call', async () => {
    const shop = await movingShop();
    shop.by('CloudAPI', 'ModifyApiGroupNetworkPolicy', { GroupId: shop.groupId, HttpsPolicy: 'HTTPS1_1_TLS1_0' });
    const before = shop.state();
    const load = shop.load();
    const process = worker(shop);
    const { result } = await runAll(shop, process);
    expect(shop.state()).toMatchObject({ on: shop.to, httpsPolicy: 'HTTPS1_1_TLS1_0' });
    await shop.sim.advance(5 * MINUTE);
    const returned = await ended(process.moves.rollback(result.move));
    expect(returned.result).toMatchObject({ state: 'rolled-back', onNew: [], failures: [] });
    expect(returned.result.removed).toHaveLength(4);
    expect(shop.state()).toEqual(before);
    expect(load.end()).toEqual({ lost: 0, first: null });
    const status = await process.moves.status(result.move);
    expect(status).toMatchObject([{ state: 'rolled-back', added: [], next: 'nothing' }]);

    // A rule and a block that come late are found by their marks, and removed; what others add is not.
    const rule = { SecurityGroupId: shop.serverGroup, IpProtocol: 'tcp', PortRange: '80/80' };
    shop.by('Ecs', 'AuthorizeSecurityGroup', { ...rule, SourceCidrIp: '10.0.2.0/24' });
    expect(await process.moves.status(result.move)).toMatchObject([{ added: [], next: 'nothing' }]);
    const Description = `postern move ${result.move}`;
    shop.by('Ecs', 'AuthorizeSecurityGroup', { ...rule, SourceCidrIp: '10.0.1.0/24', Description });
    const late = `allow ingress tcp 80 from 10.0.1.0/24 in ${shop.serverGroup}`;
    const next = expect.stringContaining(`rollback ${result.move}\` returns it again`);
    expect(await process.moves.status(result.move)).toMatchObject([{ state: 'rolled-back', added: [late], next }]);
    const again = await ended(process.moves.rollback(result.move));
    expect(again.result).toMatchObject({ state: 'rolled-back', removed: [late], failures: [] });
    expect(shop.state()).toMatchObject({ rules: ['10.0.2.0/24', shop.egress] });
  });

  it('removes at its end what an earlier move added for the link that it leaves', async () => {
    const shop = await movingShop();
    const process = worker(shop);
    await runAll(shop, process, { finish: true });
    const back = await process.moves.plan({ group: shop.groupId, to: shop.from });
    const { result } = await ended(process.moves.run(back, { finish: true, pauseMs: 0 }));
    expect(result).toMatchObject({ state: 'finished', usersOfOld: [] });
    expect(result.removed).toHaveLength(4);
    expect(shop.state()).toMatchObject({
      on: shop.from,
      rules: [shop.egress],
      blocks: '["10.0.1.0/24","10.0.2.0/24"]',
    });
  });

  it('says where it stands, and what to do next', async () => {
    const shop = await movingShop();
    const process = worker(shop);
    const { result } = await runAll(shop, process);
    const [status] = await process.moves.status();
    expect(status).toMatchObject({
      move: result.move,
      state: 'draining',
      phase: 'drain',
      units: [{ id: `api-group ${shop.groupId}`, at: 'new' }],
      drainedAt: result.drainedAt,
    });
    expect(status?.added).toHaveLength(4);
    expect(status?.next).toContain('postern migrate finish');
  });
});
