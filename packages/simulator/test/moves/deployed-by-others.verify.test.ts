import { aws } from '@postern/aws';
import { memoryJournal, type Journal } from '@postern/core/internal/library';
import { Moves, type RunMoveOptions } from '@postern/core/internal/moves';
import { describe, expect, it } from 'vitest';
import { contextOf } from '../../../aws/test/world/killed-move.js';
import { restShop } from '../../../aws/test/rest-apis/rest-shop.js';
import { REGION } from '../../../aws/test/world/simulated.js';
import { runs, sample } from '../../../core/test/runs.js';
import { machine, type MachineCall } from '../runs/machine.js';
import { ended } from './scene.js';

const HOUR = 3_600_000;

/** A stage that moves, and calls of it; `at` is done before the call of that number. */
async function moving(at: number, event: (one: { readonly deploy: () => void; readonly kill: () => void }) => void) {
  const shop = await restShop();
  const { simulation, rest, restApiId, v2 } = shop;
  const journal = memoryJournal();
  let calls = 0;
  const deploy = (): void => {
    try {
      rest('CreateDeployment', { stageName: 'prod', description: 'by hand' });
    } catch {
      // A half method or a canary: the service refuses it.
    }
  };
  const around = async ({ kill }: MachineCall, send: () => Promise<unknown>): Promise<unknown> => {
    calls += 1;
    if (calls === at) event({ deploy, kill });
    return send();
  };
  const movesOf = (records: Journal, watched: boolean): { readonly moves: Moves; readonly killed: Promise<void> } => {
    const process = machine(simulation, { random: () => 0.5, journal: records, ...(watched ? { around } : {}) });
    const context = { ...contextOf(simulation), clock: process.clock };
    const driver = aws({ region: REGION, clients: process.clients(REGION) });
    return { moves: new Moves({ driver, context, journal: process.journal }), killed: process.killed };
  };
  return {
    ...shop,
    journal,
    movesOf,
    deploy,
    calls: () => calls,
    request: { restApi: restApiId, stage: 'prod', to: v2, targetBalancer: 'orders-alb' } as const,
    /** The working copy, and what the stage serves: links by method. */
    state: async () => {
      const drafts: string[] = shop.drafts().map(({ connectionId }) => connectionId);
      const keys: string[] = rest('GetResources', { embed: ['methods'] }).items.flatMap(
        ({ path, resourceMethods = {} }: any) => Object.keys(resourceMethods).map((verb) => `${verb} ${path}`),
      );
      await simulation.advance(10_000);
      return { drafts: [...new Set(drafts)], served: await shop.links(), keys: keys.toSorted() };
    },
  };
}

const KEYS = ['GET /carts', 'GET /orders'];
const CASES: readonly (readonly [string, RunMoveOptions, 'old' | 'new'])[] = [
  ['comes to its end', { drainMs: 60_000, finish: true }, 'new'],
  ['has a canary', { canary: { percent: 10 }, pauseMs: 30_000, drainMs: 60_000, finish: true }, 'new'],
  ['returns', { drainMs: 60_000, analysis: () => Promise.resolve({ ok: false, because: 'asked for' }) }, 'old'],
];

it.each(sample(CASES, 3))(
  'a deployment of the working copy by another writer at each call: of a move that %s loses no call',
  async (_, options, side) => {
    let isMet = true;
    for (let at = 1; isMet; at += runs(41, 5)) {
      const one = await moving(at, ({ deploy }) => deploy());
      const { moves } = one.movesOf(one.journal, true);
      const plan = await moves.plan(one.request);
      const end = one.load();
      const { result } = await ended(moves.run(plan, options));
      isMet = one.calls() >= at;
      const told = `call ${at}: ${JSON.stringify(result)}`;
      const link = result.state === 'finished' ? one.v2 : one.v1;
      if (side === 'old') expect(result.state, told).toBe('rolled-back');
      expect(['finished', 'rolled-back'], told).toContain(result.state);
      expect(await one.state(), told).toEqual({ drafts: [link], served: [`prod ${link}`], keys: KEYS });
      expect(await end(), told).toMatchObject({ lost: 0, done: true });
    }
  },
);

describe('a process that is killed at each call, before another writer deploys', () => {
  it.each(sample(['run', 'rollback', 'abort'], 3))('loses no call, and %s brings it to its end', async (command) => {
    let isMet = true;
    for (let at = 1; isMet; at += runs(41, 5)) {
      const one = await moving(at, ({ kill }) => kill());
      const first = one.movesOf(one.journal, true);
      const end = one.load();
      const run = async (): Promise<void> => {
        const plan = await first.moves.plan(one.request);
        await ended(first.moves.run(plan, { canary: { percent: 10 }, pauseMs: 30_000, drainMs: 60_000 }));
      };
      await Promise.race([run(), first.killed]);
      isMet = one.calls() >= at;
      one.deploy();
      await one.simulation.advance(HOUR);
      one.deploy();
      const { moves } = one.movesOf(one.journal, false);
      const [open] = await moves.status();
      const told = `${command} after a kill at call ${at}`;
      if (open !== undefined) {
        const id = open.move;
        const again = async () => {
          if (command === 'rollback') return ended(moves.rollback(id, { drainMs: 60_000 }));
          if (command === 'abort') return ended(moves.abort(id));
          return ended(moves.run(await moves.plan(one.request), { drainMs: 60_000 }));
        };
        const { result } = await again();
        expect(['draining', 'rolled-back', 'aborted'], `${told}: ${JSON.stringify(result)}`).toContain(result.state);
        // What it keeps may be a canary.
        if (result.state === 'aborted') await ended(moves.rollback(id, { drainMs: 60_000 }));
      }
      const { keys, served } = await one.state();
      expect(keys, told).toEqual(KEYS);
      expect(served, told).toHaveLength(1);
      expect(await end(), told).toMatchObject({ lost: 0, done: true });
    }
  });
});
