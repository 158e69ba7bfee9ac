import { memoryJournal } from '@postern/core/internal/library';
import { describe, expect, it } from 'vitest';
import { seeded } from '../../../core/test/drive.js';
import { seeds } from '../../../core/test/runs.js';
import { STALE_STAGE } from './rest-apis/stage-rows.js';
import { routeShop } from './route-shop.js';
import { ended, shiftingShop, worker, type ShiftingWorld } from './scene.js';

/** What shares calls; the operations that give a share, and with how many of them the second share is given. */
const ROWS: readonly (readonly [of: string, make: () => Promise<ShiftingWorld>, write: RegExp, second: number])[] = [
  ['a listener', shiftingShop, /^ModifyListener$/, 3],
  STALE_STAGE,
  ['routes of Cloud-native API Gateway', () => routeShop(), /^(?:UpdateHttpApiRoute|DeployHttpApi)$/, 8],
];

/** As old as a read may be: `UNSEEN_MS` of moves. */
const BOUND_MS = 30_000;

/** Kills a process right after a write, aborts soon after with reads of any age up to the bound, and reports both ends. */
async function abortedSoon(make: () => Promise<ShiftingWorld>, write: RegExp, after: number, seed: number) {
  const random = seeded(seed * 31 + 7);
  const world = await make();
  const before = await world.holder();
  const request = await world.nextRequest();
  const journal = memoryJournal();
  const { faults } = world.simulation;
  faults.add({ kind: 'stale', ms: 1, operation: 'none' }); // past states are kept from now on
  let writes = 0;
  const killed = worker(world, {
    random,
    journal,
    around: async (call, send) => {
      const answer = await send();
      if (!write.test(call.operation) || (writes += 1) !== after) return answer;
      call.kill();
      return new Promise(() => undefined);
    },
  });
  const how = { callGateway: world.callGateway, pauseMs: 1_000 };
  const run = killed.moves.plan(request).then((plan) => ended(killed.moves.run(plan, how)));
  await Promise.race([run, killed.by.killed]);
  await world.simulation.advance(Math.floor(random() * 12_000));
  faults.add({ kind: 'stale', ms: BOUND_MS, leastMs: 0 });
  const { moves } = worker(world, { random, journal });
  const [open] = await moves.status();
  const { result } = await ended(moves.rollback(open?.move ?? '', { drainMs: 60_000 }));
  faults.clear();
  await world.simulation.advance(60_000);
  return { state: result.state, failures: result.failures, isAsBefore: (await world.holder()) === before };
}

describe('an abort while reads lag', () => {
  it.each(ROWS)(
    'of %s returns the second share, which a process gave that was killed then',
    async (_, make, write, second) => {
      for (const seed of seeds(5, 40)) {
        const end = await abortedSoon(make, write, second, seed);
        expect({ seed, ...end }).toEqual({ seed, state: 'rolled-back', failures: [], isAsBefore: true });
      }
    },
  );

  it('detaches a group that was attached without a share by a process that was killed then', async () => {
    for (const seed of seeds(5, 40)) {
      const end = await abortedSoon(shiftingShop, /^ModifyListener$/, 1, seed);
      expect({ seed, ...end }).toEqual({ seed, state: 'rolled-back', failures: [], isAsBefore: true });
    }
  });
});
