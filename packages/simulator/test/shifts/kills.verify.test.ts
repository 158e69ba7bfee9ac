import { abilityOf } from '@postern/core/internal/driver';
import { memoryJournal, type Driver } from '@postern/core/internal/library';
import type { Moves } from '@postern/core/internal/moves';
import { describe, expect, it } from 'vitest';
import { seeded } from '../../../core/test/drive.js';
import { runs } from '../../../core/test/runs.js';
import { EXCHANGED_STAGE, KILLED_STAGE } from './rest-apis/stage-rows.js';
import { routeShop } from './route-shop.js';
import { ended, shiftingShop, worker, type ShiftingWorld } from './scene.js';

const KILLS = runs(6, 30);
const CALLS = 5_000;
const PER_SECOND = 5;
/** Shifts there and back, until there were enough kills and calls. */
const MOST_SHIFTS = 60;

/** What shares calls. */
const ROWS: readonly (readonly [of: string, make: () => Promise<ShiftingWorld>])[] = [
  ['a listener', shiftingShop],
  KILLED_STAGE,
  ['routes of Cloud-native API Gateway', () => routeShop()],
  ['routes to a service of a registry', () => routeShop(undefined, true)],
];

type Process = ReturnType<typeof worker>;

function load({ simulation, traffic }: Pick<ShiftingWorld, 'simulation' | 'traffic'>) {
  return simulation.traffic.load({ ...traffic, perSecond: PER_SECOND, seconds: 0 });
}

/** Kills processes of a world before or after any call of the cloud and any record of the journal. */
function killer(world: ShiftingWorld, random: () => number) {
  let killed = 0;
  /** The most calls and records of a process so far: a kill is at one of them. */
  let longest = 0;
  return {
    killed: () => killed,
    /** One process after the other carries out the same command, until one comes to its end. `kills`: at most so many do not. */
    untilDone: async <T>(
      kills: number,
      work: (process: Process) => Promise<T>,
      journal = memoryJournal(),
    ): Promise<T> => {
      for (let left = Math.min(kills, KILLS - killed); ; left -= 1) {
        const last = left > 0 && longest > 0 ? Math.floor(random() * longest) : Number.POSITIVE_INFINITY;
        const isBefore = random() < 0.5;
        let at = 0;
        const point = async <R>(act: () => Promise<R>): Promise<R> => {
          at += 1;
          if (at !== last + 1) return act();
          if (!isBefore) await act();
          process.by.kill();
          return new Promise<never>(() => undefined);
        };
        const process: Process = worker(world, {
          random,
          journal: { ...journal, append: (record) => point(() => journal.append(record)) },
          around: (_call, send) => point(send),
        });
        const done = await Promise.race([work(process).then((value) => ({ value })), process.by.killed]);
        longest = Math.max(longest, at);
        if (done !== undefined) return done.value;
        killed += 1;
      }
    },
  };
}

describe('calls while they are shifted', () => {
  it.each(ROWS)(
    `none of ${CALLS} of %s is lost where ${KILLS} processes are killed, there and back`,
    async (_, make) => {
      const world = await make();
      const { killed, untilDone } = killer(world, seeded(104_729));
      const job = load(world);
      for (let at = 0; at < MOST_SHIFTS && (killed() < KILLS || job.status().calls < CALLS); at += 1) {
        const journal = memoryJournal();
        const isAborted = at % 3 === 2;
        const request = await world.nextRequest();
        const before = await world.holder();
        /** Of a process; one that was killed after its last record has ended the shift. */
        const command =
          (work: (moves: Moves, move: string) => Promise<ReturnType<Moves['run']>>) =>
          async ({ moves }: Process) => {
            const [status] = await moves.status();
            if (status?.state === 'finished' || status?.state === 'rolled-back') return [status.state, []];
            const { state, failures } = (await ended(await work(moves, status?.move ?? ''))).result;
            return [state, failures];
          };
        const how = { callGateway: world.callGateway, finish: !isAborted, drainMs: 60_000 };
        const run = command(async (moves) => moves.run(await moves.plan(request), how));
        const back = command((moves, move) => Promise.resolve(moves.rollback(move, { drainMs: how.drainMs })));
        let end = await untilDone(3, run, journal);
        if (isAborted) end = await untilDone(2, back, journal);
        // A shift that was promoted left its target alone; an aborted one left what had all calls before it.
        expect([at, ...end, await world.holder()]).toEqual([
          at,
          ...(isAborted ? ['rolled-back', [], before] : ['finished', [], request.to]),
        ]);
      }
      await world.simulation.advance(60_000);
      job.end();
      const { calls, lost, firstLost } = job.status();
      expect({ lost, firstLost }).toEqual({ lost: 0, firstLost: null });
      expect([killed(), calls >= CALLS]).toEqual([KILLS, true]);
    },
  );

  const unready = (driver: Driver): Driver => ({
    ...driver,
    moves: { ...abilityOf(driver, 'moves'), ready: () => Promise.resolve(undefined) },
  });

  it.each<[of: string, make: () => Promise<ShiftingWorld & { readonly greenAddress: string }>]>([
    ['a listener', shiftingShop],
    ['routes', () => routeShop()],
  ])('of %s are lost where a share is given before the target is healthy, and none where it waits', async (_, make) => {
    const lost = async (wrap?: (driver: Driver) => Driver): Promise<number> => {
      const world = await make();
      const { simulation, callGateway, nextRequest } = world;
      simulation.backends.add({ address: world.greenAddress, port: 8080, behavior: { status: 500 } });
      await simulation.advance(60_000);
      const job = load(world);
      const process = worker(world, wrap && { wrap });
      const plan = await process.moves.plan(await nextRequest());
      const { result } = await ended(process.moves.run(plan, { callGateway, pauseMs: 30_000 }));
      expect(result.state).toBe('rolled-back');
      await simulation.advance(60_000);
      job.end();
      return job.status().lost;
    };
    expect([await lost(), (await lost(unready)) > 5]).toEqual([0, true]);
  });

  it.each<[what: string, make: () => Promise<ShiftingWorld & { readonly exchange: () => Promise<unknown> }>]>([
    ['a group is exchanged at once', shiftingShop],
    EXCHANGED_STAGE,
  ])('are lost where %s', async (_, make) => {
    const world = await make();
    const job = load(world);
    await world.exchange();
    await world.simulation.advance(60_000);
    job.end();
    expect(job.status().lost).toBeGreaterThan(100);
  });
});
