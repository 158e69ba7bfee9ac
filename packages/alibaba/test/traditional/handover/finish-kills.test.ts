import type { FinishRemoval } from '../../../src/traditional/handover/internal.js';
import { beforeAll, expect, it } from 'vitest';
import { PROVE } from '../../../../core/test/runs.js';
import { copyOf, dying, NEVER } from './dying.js';
import { classicOf, doFinish, finishWorld, type FinishWorld } from './finish-world.js';
import { recordsOf } from './switch-world.js';

const ALL: readonly FinishRemoval[] = ['apis', 'domains', 'group', 'records'];

let world: FinishWorld;
let records: readonly string[];
let writes: number;

beforeAll(async () => {
  world = await finishWorld();
  const { driver, journal, count } = dying(world.api, NEVER, await copyOf(world.journal));
  expect((await doFinish({ ...world, driver }, { journal, remove: ALL })).result.state).toBe('finished');
  records = recordsOf(world);
  writes = count();
});

it.each(['before', 'after'] as const)('is continued by running again, killed %s each write', async (when) => {
  expect(writes).toBeGreaterThan(15);
  for (let at = 1; at <= writes; at += PROVE ? 1 : 7) {
    world.simulation.load(world.drained);
    const journal = await copyOf(world.journal);
    const killed = dying(world.api, { at, when }, journal);
    const options = { journal: killed.journal, remove: ALL };
    await expect(doFinish({ ...world, driver: killed.driver }, options)).rejects.toThrow();
    const { result } = await doFinish(world, { journal, remove: ALL });
    // What was killed after its last write has nothing left to remove.
    expect(result, `write ${at}`).toMatchObject({
      state: expect.stringMatching(/^(?:finished|drained)$/),
      failures: [],
    });
    expect(classicOf(world), `write ${at}`).toEqual([]);
    expect(recordsOf(world), `write ${at}`).toEqual(records);
  }
});
