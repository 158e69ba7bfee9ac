import { beforeAll, describe, expect, it } from 'vitest';
import type { Witness } from '../../../src/traditional/handover/internal.js';
import { copyOf, dying } from './dying.js';
import { HOST } from './run-world.js';
import { doSwitch, notDelivered, recordsOf, rollBack, switchWorld, type SwitchWorld } from './switch-world.js';

let world: SwitchWorld;
beforeAll(async () => {
  world = await switchWorld();
});

/** What takes the backends of the classic group away while all callers are on the target. */
const TAKES: Readonly<Record<string, (world: SwitchWorld) => void>> = {
  'an API is not published any more': ({ call, groupId, apis }) =>
    call('CloudAPI', 'AbolishApi', { GroupId: groupId, ApiId: apis.carts, StageName: 'RELEASE' }),
  'an authorization was removed': ({ call, handover }) => {
    const access = handover.stages.flatMap(({ services }) => services.flatMap(({ from }) => from?.access ?? []))[0];
    const { VpcAccessAttributes } = call('CloudAPI', 'DescribeVpcAccesses', { Name: access, PageSize: 50 });
    const [row] = VpcAccessAttributes.VpcAccessAttribute;
    call('CloudAPI', 'RemoveVpcAccess', {
      VpcId: row.VpcId,
      InstanceId: row.InstanceId,
      Port: row.Port,
    });
  },
};

/** Callers whose resolver keeps TTLs. */
const calls = ({ simulation }: SwitchWorld) =>
  ['/carts', '/ping'].map((path) =>
    simulation.traffic.load({ gateway: HOST, paths: [path], perSecond: 2, seconds: 0 }),
  );

describe.each(Object.entries(TAKES))('where the classic group does not serve callers: %s', (_, take) => {
  it.each([10, 100])(
    'an automatic return at %i percent leaves callers on the target, and a requested return loses calls',
    async (atShare) => {
      world.simulation.load(world.built);
      let isTaken = false;
      let all: ReturnType<typeof calls> = [];
      const watch = async ({ share }: { readonly share: number }): Promise<Witness> => {
        if (share === atShare && !isTaken) {
          isTaken = true;
          // Those that came to the classic group have asked their resolver again.
          await world.simulation.advance(120_000);
          take(world);
          if (atShare === 100) all = calls(world);
        }
        return { classic: { errorShare: 0 }, target: { errorShare: share === atShare ? 0.2 : 0 } };
      };
      const { result, journal } = await doSwitch(world, { watch });
      expect(result).toMatchObject({ state: 'failed', failures: [{ code: 'FINDINGS_FAILED' }] });
      expect(result.failures[0]?.message).toContain('the records stay as they are');
      const stayed = recordsOf(world);
      // Those of the classic group have lost their calls until they asked again.
      if (all.length === 0) all = calls(world);
      await world.simulation.advance(120_000);
      expect(notDelivered(all)).toBe(0);
      await expect(rollBack(world, journal)).rejects.toMatchObject({
        code: 'FINDINGS_FAILED',
        remedy: expect.stringContaining('--accept-missing'),
      });
      expect(recordsOf(world)).toEqual(stayed);
      const told = await rollBack(world, journal, { acceptMissing: true });
      expect(told.result.state).toBe('rolled-back');
      await world.simulation.advance(180_000);
      expect(notDelivered(all)).toBeGreaterThan(0);
    },
  );

  it('a return that was killed at any write sends callers to the target again', async () => {
    world.simulation.load(world.built);
    const { journal: ofSwitch } = await doSwitch(world);
    const switched = world.simulation.world();
    const found = new Set<string>();
    for (let at = 1; ; at += 1) {
      world.simulation.load(switched);
      const journal = await copyOf(ofSwitch);
      const killed = dying(world.api, { at, when: 'after' }, journal);
      const ended = await rollBack({ ...world, driver: killed.driver }, killed.journal).catch(() => undefined);
      if (ended !== undefined) break;
      await world.simulation.advance(120_000);
      take(world);
      const again = await rollBack(world, journal).catch((error: unknown) => error as { readonly message: string });
      found.add('result' in again ? `${again.result.state} ${again.result.failures[0]?.code}` : again.message);
      await world.simulation.advance(180_000);
      const all = calls(world);
      await world.simulation.advance(120_000);
      expect(notDelivered(all), `write ${at}`).toBe(0);
      for (const job of all) job.end();
    }
    expect([...found]).toContain('failed FINDINGS_FAILED');
  });
});
