import { memoryJournal } from '@postern/core/internal/library';
import { beforeAll, describe, expect, it } from 'vitest';
import { PROVE } from '../../../../core/test/runs.js';
import { copyOf, dying, NEVER } from './dying.js';
import { HOST, targetOf } from './run-world.js';
import { callers, doSwitch, notDelivered, recordsOf, rollBack, switchWorld, type SwitchWorld } from './switch-world.js';

let world: SwitchWorld;
beforeAll(async () => {
  world = await switchWorld();
});

/** Built, and not switched, with the journal of the run. */
async function fresh() {
  world.simulation.load(world.built);
  return copyOf(world.runJournal);
}

describe('a rollback that deletes what was built', () => {
  // First: a world that is loaded goes back in time, and the context has heard of later times then.
  it('waits after a switch until no client should know the target, and loses no call', async () => {
    const journal = await fresh();
    const { simulation } = world;
    const loads = callers(world, 3_000);
    await doSwitch(world, { journal });
    const options = { deleteBuilt: true, keepAliveMs: 600_000 };
    const early = await rollBack(world, journal, options);
    expect(early.result).toMatchObject({ state: 'rolled-back', failures: [{ code: 'DRAINING' }] });
    expect(recordsOf(world)).toEqual([`api CNAME ${world.former} ENABLE`]);
    await simulation.advance(900_000);
    expect((await rollBack(world, journal, options)).result.failures).toMatchObject([{ code: 'DRAINING' }]);
    await simulation.advance(100_000);
    expect((await rollBack(world, journal, options)).result.failures).toEqual([]);
    expect(targetOf(world)).toEqual(world.empty);
    await simulation.advance(3_000_000);
    expect(notDelivered(loads)).toBe(0);
  });

  it('leaves the target as it was before the run', async () => {
    const journal = await fresh();
    const { result } = await rollBack(world, journal, { deleteBuilt: true });
    expect(result).toMatchObject({ state: 'rolled-back', failures: [] });
    expect(targetOf(world)).toEqual(world.empty);
    const kept = result.unbuilt?.filter(({ state }) => state === 'kept');
    expect(kept).toEqual([expect.objectContaining({ kind: 'gateway', id: world.gatewayId })]);
    const again = await rollBack(world, journal, { deleteBuilt: true });
    expect(again.result.unbuilt?.map(({ kind, state }) => `${kind} ${state}`)).toEqual(['gateway kept']);
  });

  it('keeps what others made, and what holds it', async () => {
    const { call, gatewayId } = world;
    const journal = await fresh();
    const [api] = call('APIG', 'ListHttpApis', {}).items as readonly any[];
    const { httpApiId } = api.versionedHttpApis[0];
    const [service] = call('APIG', 'ListServices', { gatewayId }).items as readonly any[];
    const { environmentId } = call('APIG', 'GetGateway', { gatewayId }).environments[0];
    call('APIG', 'CreateHttpApiRoute', {
      httpApiId,
      name: 'of-others',
      environmentId,
      domainIds: [],
      match: { path: { type: 'Exact', value: '/others' }, methods: ['GET'] },
      backendConfig: { scene: 'SingleService', services: [{ serviceId: service.serviceId, weight: 100 }] },
    });
    const { result } = await rollBack(world, journal, { deleteBuilt: true });
    expect(result).toMatchObject({ state: 'rolled-back', failures: [] });
    const kept = result.unbuilt?.filter(({ state }) => state === 'kept').map(({ kind }) => kind);
    expect(kept).toEqual(['api', 'service', 'gateway']);
    expect(targetOf(world)['routes']).toEqual([expect.stringContaining('of-others')]);
  });

  it('keeps a domain that the journal does not know', async () => {
    await fresh();
    const journal = memoryJournal();
    expect((await rollBack(world, journal, { deleteBuilt: true })).result.failures).toMatchObject([
      { code: 'DRAINING' },
    ]);
    await world.simulation.advance(4_200_000);
    const { result } = await rollBack(world, journal, { deleteBuilt: true });
    const kept = result.unbuilt?.filter(({ state }) => state === 'kept').map(({ name }) => name);
    expect(kept).toEqual([HOST, 'RELEASE']);
    expect(targetOf(world)).toEqual({ ...world.empty, domains: [`${HOST} HTTP`] });
  });

  it('is refused where the classic group no longer serves the callers', async () => {
    const journal = await fresh();
    const { call, groupId, apis } = world;
    call('CloudAPI', 'AbolishApi', { GroupId: groupId, ApiId: apis.carts, StageName: 'RELEASE' });
    await expect(rollBack(world, journal)).rejects.toMatchObject({ code: 'FINDINGS_FAILED' });
    expect((await rollBack(world, journal, { acceptMissing: true })).result.state).toBe('rolled-back');
  });

  it.each(['before', 'after'] as const)('ends the same, killed %s each write', async (when) => {
    const whole = dying(world.api, NEVER, await fresh());
    await rollBack({ ...world, driver: whole.driver }, whole.journal, { deleteBuilt: true });
    expect(whole.count()).toBeGreaterThan(20);
    for (let at = 1; at <= whole.count(); at += PROVE ? 1 : 9) {
      const journal = await fresh();
      const killed = dying(world.api, { at, when }, journal);
      const run = rollBack({ ...world, driver: killed.driver }, killed.journal, { deleteBuilt: true });
      await expect(run).rejects.toThrow();
      const { result } = await rollBack(world, journal, { deleteBuilt: true });
      expect(result, `write ${at}`).toMatchObject({ state: 'rolled-back', failures: [] });
      expect(targetOf(world), `write ${at}`).toEqual(world.empty);
    }
  });
});
