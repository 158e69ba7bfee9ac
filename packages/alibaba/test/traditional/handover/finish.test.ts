import { parseSpec } from '../../../../core/test/clouds.js';
import { memoryJournal } from '@postern/core/internal/library';
import { watchByCloud, type FinishRemoval } from '../../../src/traditional/handover/internal.js';
import { beforeAll, describe, expect, it } from 'vitest';
import { copyOf } from './dying.js';
import { classicOf, doFinish, finishWorld, KEEP_ALIVE_MS, type FinishWorld } from './finish-world.js';
import { HOST } from './run-world.js';
import { callers, notDelivered, recordsOf, rollBack, TTL } from './switch-world.js';

const ALL: readonly FinishRemoval[] = ['apis', 'domains', 'group', 'records'];
const APIS = ['carts', 'files__', 'items', 'orders', 'orders__id_', 'ping'];

let world: FinishWorld;
beforeAll(async () => {
  world = await finishWorld();
});

/** The world an hour after the switch. */
function fresh(): FinishWorld {
  world.simulation.load(world.drained);
  return world;
}

describe('the end of a hand-over', () => {
  it('says what is left, and removes nothing without consent', async () => {
    const { journal } = fresh();
    const { result } = await doFinish(world, { journal });
    expect(result).toMatchObject({ state: 'drained', failures: [], stages: [{ stage: 'RELEASE', classic: 'quiet' }] });
    expect(result.items.map(({ kind, state }) => `${kind} ${state}`)).toEqual([
      ...APIS.map(() => 'publication removable'),
      ...APIS.map(() => 'api removable'),
      'domain removable',
      'group removable',
      'record removable',
    ]);
    expect(result.instance).toMatchObject({ kind: 'shared', otherGroups: 0 });
    expect(classicOf(world)).toContain('carts RELEASE');
  });

  it('removes everything that was consented to, and no call is lost', async () => {
    const { journal } = fresh();
    const loads = callers(world, 600);
    const { result, events } = await doFinish(world, { journal, remove: ALL });
    expect(result).toMatchObject({ state: 'finished', failures: [] });
    expect(result.items.every(({ state }) => state === 'removed')).toBe(true);
    expect(events.filter(({ type }) => type === 'step.done')).toHaveLength(result.items.length);
    expect(classicOf(world)).toEqual([]);
    expect(recordsOf(world)).toEqual([expect.stringMatching(/^api CNAME env-\S+ ENABLE$/)]);
    await world.simulation.advance(600_000);
    expect(notDelivered(loads)).toBe(0);
    expect((await doFinish(world, { journal, remove: ALL })).result).toMatchObject({ state: 'drained', items: [] });
  });

  it('takes APIs off their stage alone, from which they can be published again', async () => {
    const { journal } = fresh();
    expect((await doFinish(world, { journal, remove: ['offline'] })).result.state).toBe('finished');
    expect(classicOf(world)).toEqual([...APIS, HOST, 'group'].toSorted());
    expect(recordsOf(world)).toHaveLength(2);
  });

  it('refuses before the drain ends, and says from when on it may be called', async () => {
    const { journal, simulation } = world;
    simulation.load(world.switched);
    const loads = callers(world, 60);
    const early = await doFinish(world, { journal, remove: ALL });
    const [drain] = early.result.stages;
    expect(early.result).toMatchObject({ state: 'draining', failures: [{ code: 'DRAINING' }] });
    const until = Date.parse(drain?.drainedAt ?? '');
    // One TTL, what clients keep connections for, and five minutes.
    expect(until - Date.parse(drain?.switchedAt ?? '')).toBe(TTL * 1_000 + KEEP_ALIVE_MS + 300_000);
    expect(classicOf(world)).toContain('carts RELEASE');
    // Instants are of the cloud's time, which answers show in whole seconds.
    await simulation.advance(until - simulation.clock.now() - 3_000);
    expect((await doFinish(world, { journal, remove: ALL })).result.state).toBe('draining');
    await simulation.advance(5_000);
    expect((await doFinish(world, { journal, remove: ALL })).result.state).toBe('finished');
    expect(notDelivered(loads)).toBe(0);
  });

  it('begins the drain where the journal does not have the switch', async () => {
    fresh();
    const journal = memoryJournal();
    expect((await doFinish(world, { journal, remove: ALL })).result.state).toBe('draining');
    await world.simulation.advance(TTL * 1_000 + KEEP_ALIVE_MS + 302_000);
    expect((await doFinish(world, { journal })).result.state).toBe('drained');
  });

  it.each([
    ['calls still come to the classic group', { qps: 0.004 }, 'in-use', false],
    ['the same, with consent to what is unknown', { qps: 0.004 }, 'in-use', true],
    ['it is not known whether calls come', {}, 'in-use', false],
    ['the same, with consent to what is unknown', {}, 'finished', true],
  ] as const)('where %s', async (_what, classic, state, acceptUnwatched) => {
    const { journal } = fresh();
    const watch = () => Promise.resolve({ classic, target: {} });
    const { result } = await doFinish(world, { journal, remove: ['offline'], watch, acceptUnwatched });
    expect(result).toMatchObject({
      state,
      failures: state === 'finished' ? [] : [{ code: 'STILL_REFERENCED' }],
    });
    expect(classicOf(world).includes('carts RELEASE')).toBe(state !== 'finished');
  });

  it('sees by the figures of the cloud whether a caller is left, however few calls it makes', async () => {
    const { journal, simulation, former, ctx } = fresh();
    const load = simulation.traffic.load({ gateway: former, paths: ['/carts'], perSecond: 0.003, seconds: 1_000 });
    await simulation.advance(1_000_000);
    expect(load.status()).toMatchObject({ calls: 3, delivered: 3 });
    const { result } = await doFinish(world, { journal, remove: ['offline'], acceptUnwatched: true });
    expect(result).toMatchObject({ state: 'in-use', stages: [{ classic: 'in-use' }] });
    // The rate of the whole group is rounded by the service.
    const rounded = watchByCloud(world.handover, world.driver, { context: ctx });
    const at = { stage: 'RELEASE', gatewayId: '', share: 100, overMs: 1_000_000 };
    expect(await rounded(at)).toEqual({ classic: { qps: 0 }, target: {} });
    await simulation.advance(KEEP_ALIVE_MS + 60_000);
    expect((await doFinish(world, { journal, remove: ['offline'] })).result.state).toBe('finished');
  });

  it('keeps what is not a part of the hand-over, and the group then', async () => {
    const { journal, call, groupId, apis } = fresh();
    call('CloudAPI', 'DeployApi', { GroupId: groupId, ApiId: apis.ping, StageName: 'TEST', Description: 'd' });
    call('CloudAPI', 'SetDomain', { GroupId: groupId, DomainName: 'other.example.com' });
    await expect(doFinish(world, { journal, remove: ALL })).rejects.toMatchObject({
      code: 'STILL_REFERENCED',
      message: expect.stringContaining('the API ping, which is kept'),
    });
    const { result } = await doFinish(world, { journal, remove: ['apis', 'domains'] });
    const kept = result.items.filter((item) => item.state === 'kept');
    expect(kept.map(({ kind, name, stage = '' }) => `${kind} ${name} ${stage}`.trim())).toEqual([
      'publication ping TEST',
      'api ping',
      'domain other.example.com',
      `group ${world.handover.group.name}`,
    ]);
    expect(classicOf(world)).toEqual(['group', 'other.example.com', 'ping TEST']);
  });

  it('refuses a group whose APIs stay, callers that are not switched, and a record that was edited', async () => {
    const { journal, call, recordId } = fresh();
    await expect(doFinish(world, { journal, remove: ['group'] })).rejects.toMatchObject({ code: 'STILL_REFERENCED' });
    await expect(doFinish(world, { keepAliveMs: -1 })).rejects.toMatchObject({ code: 'INVALID_INPUT' });
    call('Alidns', 'SetDomainRecordStatus', { RecordId: recordId, Status: 'Enable' });
    await expect(doFinish(world, { journal, remove: ALL })).rejects.toMatchObject({
      code: 'FINDINGS_FAILED',
      message: expect.stringContaining(HOST),
    });
    fresh();
    const records = () => {
      call('Alidns', 'SetDomainRecordStatus', { RecordId: recordId, Status: 'Enable' });
      return Promise.resolve({ classic: { qps: 0 }, target: {} });
    };
    const { result } = await doFinish(world, { journal, remove: ['records'], watch: records });
    expect(result).toMatchObject({ state: 'failed', failures: [{ code: 'WORLD_MOVED' }] });
    expect(recordsOf(world)).toHaveLength(2);
  });

  it('counts the drain again after a rollback', async () => {
    const { journal, simulation } = fresh();
    const copy = await copyOf(journal);
    await rollBack(world, copy);
    simulation.load(world.drained);
    expect((await doFinish(world, { journal: copy })).result.state).toBe('draining');
  });

  it('prints edits: the fragment of a spec is one', async () => {
    const { journal, gatewayId } = fresh();
    const { edits } = (await doFinish(world, { journal })).result;
    expect(edits.terraform).toContain(`to = alicloud_apig_gateway.release_gateway\n  id = "${gatewayId}"`);
    expect(edits.terraform).toMatch(/to = alicloud_apig_route\.release_route_orders_id\n {2}id = "api-\w+:hr-\w+"/);
    expect(edits.terraform).toContain(`#   ${world.groupId}:${world.apis.carts}`);
    expect(edits.pulumi).toMatch(/pulumi import alicloud:apig\/route:Route release-route-carts api-\w+:hr-\w+/);
    const spec = parseSpec(`version: 1\nproject: shop\n${edits.postern}`, { file: 'postern.yaml' });
    expect(JSON.stringify(spec)).toContain('GET /orders/{id}');
  });
});
