import { createContext, isPosternError } from '@postern/core/internal/library';
import { beforeAll, describe, expect, it } from 'vitest';
import { seeded } from '../../../../core/test/drive.js';
import { seeds } from '../../../../core/test/runs.js';
import { machine, type Around } from '../../../../simulator/test/runs/machine.js';
import { ACCEPTED_MS, SharedJournal, sleeperAt, STALE_MS } from '../../../../simulator/test/runs/sleeper.js';
import { handoverDriver } from '../../../src/traditional/handover/internal.js';
import { REGION } from '../../world/simulated.js';
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
beforeAll(async () => {
  world = await switchWorld();
});

/** A switch sleeps at one of its writes; another process returns it, which may sleep as well, and a third one takes over. */
async function trial(seed: number) {
  const { simulation, handover } = world;
  simulation.load(world.built);
  const random = seeded(seed * 31 + 7);
  const before = recordsOf(world);
  const loads = callers(world, 0);
  const shared = new SharedJournal();
  const log: string[] = [];
  const process = (name: string, around?: Around) => {
    const journal = shared.of(name, true);
    const by = machine(simulation, { random: seeded(seed), journal, lock: journal.lock, around });
    const driver = handoverDriver({ region: REGION, api: by.alibaba(REGION) });
    return { driver, ctx: createContext({ clock: by.clock, random: by.random }), handover, journal: by.journal };
  };
  const came = async (name: string, work: Promise<Ran>): Promise<string> => {
    const state = await work.then(
      ({ result }) => result.state,
      (error: unknown) => {
        if (!isPosternError(error)) throw error;
        return `!${error.code}: ${error.message}`;
      },
    );
    log.push(`${name}: ${state}`);
    return state;
  };
  const back = (name: string, around?: Around) => {
    const by = process(name, around);
    return came(name, rollBack(by, by.journal));
  };
  const slept = { simulation, writes: 4, acceptedMs: ACCEPTED_MS.alibaba };
  const [first, second] = [sleeperAt(slept, random), sleeperAt(slept, random)];
  const a = process('A', first.around);
  const running = came('A', doSwitch(a, { journal: a.journal })).finally(first.wake);
  await first.asleep;
  if (first.found.slept !== '' && first.sleepMs >= STALE_MS) {
    await simulation.clock.sleep(STALE_MS);
    const b = back('B', second.around).finally(second.wake);
    await second.asleep;
    if (second.found.slept !== '' && second.sleepMs >= STALE_MS) {
      await simulation.clock.sleep(STALE_MS);
      await back('C');
    }
    await b;
  }
  await running;
  log.push(`asleep: ${first.found.slept}; ${second.found.slept}`);
  await simulation.advance(1_200_000);
  const last = await back('again');
  await simulation.advance(600_000);
  loads.forEach((load) => load.end());
  return { seed, last, before, records: recordsOf(world), notDelivered: notDelivered(loads), log };
}

describe('a hand-over whose switch sleeps at one of its writes, while others return it', () => {
  it('returns to its records, and each call is delivered', async () => {
    for (const seed of seeds(4, 1_000)) {
      const { before, ...found } = await trial(seed);
      expect(found).toMatchObject({ records: before, notDelivered: 0 });
    }
  });
});
