import { memoryJournal, type Journal } from '@postern/core/internal/library';
import { beforeAll, expect, it } from 'vitest';
import { PROVE } from '../../../../core/test/runs.js';
import { dying, NEVER } from './dying.js';
import {
  callers,
  doSwitch,
  notDelivered,
  recordsOf,
  rollBack,
  switchWorld,
  type Ran,
  type SwitchWorld,
} from './switch-world.js';

let world: SwitchWorld;
let switched: ReturnType<SwitchWorld['simulation']['world']>;
const ends: Record<'switch' | 'rollback', { records: readonly string[]; writes: number }> = {
  switch: { records: [], writes: 0 },
  rollback: { records: [], writes: 0 },
};

/** A switch, or a rollback of one that has ended. */
const COMMANDS = {
  switch: (at: Pick<SwitchWorld, 'driver' | 'ctx' | 'handover'>, journal: Journal): Promise<Ran> =>
    doSwitch(at, { journal }),
  rollback: rollBack,
};

beforeAll(async () => {
  world = await switchWorld();
  for (const command of ['switch', 'rollback'] as const) {
    const { driver, journal, count } = dying(world.api, NEVER, memoryJournal());
    await COMMANDS[command]({ ...world, driver }, journal);
    ends[command] = { records: recordsOf(world), writes: count() };
    if (command === 'switch') switched = world.simulation.world();
  }
});

it.each([
  ['switch', 'before', 'switched'],
  ['switch', 'after', 'switched'],
  ['rollback', 'before', 'rolled-back'],
  ['rollback', 'after', 'rolled-back'],
] as const)(
  'a %s that is killed %s each write ends as one that was not, and loses no call',
  async (command, when, state) => {
    const { records, writes } = ends[command];
    expect(writes).toBeGreaterThan(3);
    for (let at = 1; at <= writes; at += PROVE ? 1 : 7) {
      world.simulation.load(command === 'switch' ? world.built : switched);
      const loads = callers(world, 600);
      const journal = memoryJournal();
      const killed = dying(world.api, { at, when }, journal);
      await expect(COMMANDS[command]({ ...world, driver: killed.driver }, killed.journal)).rejects.toThrow();
      await world.simulation.advance(90_000); // while nothing runs
      const { result } = await COMMANDS[command](world, journal);
      expect(result, `write ${at}`).toMatchObject({ state, failures: [] });
      expect(recordsOf(world), `write ${at}`).toEqual(records);
      await world.simulation.advance(600_000);
      expect(notDelivered(loads), `write ${at}`).toBe(0);
    }
  },
);
