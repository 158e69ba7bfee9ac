import { createContext, memoryJournal, PrivateIntegrations, type Journal } from '@postern/core';
import { Moves, type MovePlan, type MoveResult } from '@postern/core/moves';
import { describe, expect, it } from 'vitest';
import { PROVE, runs } from '../../../core/test/runs.js';
import { machine } from '../runs/machine.js';
import { EXIT_WORLDS, type ExitWorld } from './exit-worlds.js';
import { ended, MINUTE } from './scene.js';

/** Commands of the product. With a plan that has the former states, `rollback` needs no journal. */
const COMMANDS: Readonly<Record<string, (moves: Moves, move: string | MovePlan) => Promise<MoveResult>>> = {
  rollback: async (moves, move) => (await ended(moves.rollback(move, { drainMs: 1_000 }))).result,
  'rollback, despite errors': async (moves, move) =>
    (await ended(moves.rollback(move, { drainMs: 1_000, force: true }))).result,
  finish: async (moves, move) => (await ended(moves.finish(idOf(move), { wait: true }))).result,
  'abort, finish': async (moves, move) => {
    const { result } = await ended(moves.abort(idOf(move)));
    return result.state === 'aborted' ? (await ended(moves.finish(idOf(move), { wait: true }))).result : result;
  },
  leave: async (moves, move) => (await ended(moves.leave(idOf(move)))).result,
};

const idOf = (move: string | MovePlan): string => (typeof move === 'string' ? move : move.move);

/** When a process is killed: before which record of its run, or of its return. */
interface Kill {
  readonly of: 'run' | 'rollback' | 'abort';
  readonly at: number;
}

const every = (of: Kill['of'], ats: readonly number[]): readonly Kill[] => ats.map((at) => ({ of, at }));
const KILLS: readonly Kill[] = [
  ...every('run', runs(2, 20) === 2 ? [12, 30] : Array.from({ length: 20 }, (_, at) => 2 + at * 4)),
  { of: 'run', at: Infinity },
  ...every('rollback', runs(1, 5) === 1 ? [8] : [2, 5, 8, 12, 16]),
  ...every('abort', runs(1, 3) === 1 ? [4] : [2, 4, 6]),
];

interface Outcome {
  readonly state: string;
  readonly end: string;
  readonly isOpen: boolean;
  readonly remedies: readonly string[];
}

/** A process of a world; with `records` it is killed before the next one. */
function processOf(world: ExitWorld, journal: Journal, records = Infinity) {
  let at = 0;
  const dying: Journal = {
    ...journal,
    append: async (record) => {
      at += 1;
      if (at <= records) return journal.append(record);
      by.kill();
      return new Promise<never>(() => undefined);
    },
  };
  const by = machine(world.simulation, { random: () => 0.5, journal: dying });
  const context = createContext({ clock: by.clock, random: by.random });
  const gate = new PrivateIntegrations(world.driverOf(by), { ...context, project: 'none', journal: by.journal });
  return { by, moves: new Moves(gate) };
}

const died = (process: ReturnType<typeof processOf>, work: Promise<unknown>): Promise<unknown> =>
  Promise.race([work.catch(() => undefined), process.by.killed]);

/** What a command makes of a move that was killed, and of which something was deleted then. */
async function outcome(world: ExitWorld, kill: Kill, what: string, command: string): Promise<Outcome | undefined> {
  const journal = memoryJournal();
  const runner = processOf(world, journal, kill.of === 'run' ? kill.at : Infinity);
  const how = { callGateway: world.callGateway, pauseMs: 0, drainMs: MINUTE, assume: world.how.assume };
  let plan: MovePlan | undefined;
  const running = async (): Promise<void> => {
    plan = await runner.moves.plan(world.request, { ...world.how, capture: true });
    await ended(runner.moves.run(plan, how));
  };
  await died(runner, running());
  const [begun] = await processOf(world, journal).moves.status();
  if (begun === undefined || plan === undefined) return undefined;
  if (kill.of !== 'run') {
    const ender = processOf(world, journal, kill.at);
    const ending = kill.of === 'abort' ? ender.moves.abort(begun.move) : ender.moves.rollback(begun.move);
    await died(ender, ended(ending));
  }
  try {
    await world.gone[what]?.();
  } catch {
    return undefined; // the cloud refuses it
  }
  await world.simulation.advance(20 * MINUTE);
  const { moves } = processOf(world, journal);
  const state = (await moves.status())[0]?.state ?? '';
  const remedies: string[] = [];
  const tried = async (work: () => Promise<MoveResult>): Promise<string> => {
    try {
      const result = await work();
      return result.state === 'failed' ? `stays: ${result.failures.at(-1)?.code ?? ''}` : result.state;
    } catch (error) {
      const { code, remedy = '' } = error as { readonly code: string; readonly remedy?: string };
      remedies.push(remedy);
      return `stays: ${code}`;
    }
  };
  const end = await tried(() => (COMMANDS[command] as (typeof COMMANDS)[string])(moves, begun.move));
  if (end.startsWith('stays')) await tried(() => (COMMANDS['leave'] as (typeof COMMANDS)[string])(moves, begun.move));
  const after = (await moves.status()).find(({ move }) => move === begun.move);
  return { state, end, isOpen: after?.next !== 'nothing', remedies };
}

describe('a move that was killed', () => {
  it.each(Object.keys(EXIT_WORLDS))(
    'of %s has an exit from each state, whatever was deleted by hand',
    async (kind) => {
      const make = EXIT_WORLDS[kind] as () => Promise<ExitWorld>;
      const table = new Map<string, Set<string>>();
      let states = 0;
      for (const what of Object.keys((await make()).gone)) {
        for (const kill of KILLS) {
          for (const command of Object.keys(COMMANDS)) {
            const found = await outcome(await make(), kill, what, command);
            if (found === undefined) continue;
            states += 1;
            expect({ what, kill, command, ...found }).toMatchObject({ isOpen: false });
            expect(found.remedies.filter((text) => text.includes('postern shift'))).toEqual([]);
            const key = `${found.state.padEnd(11)} | ${what.padEnd(19)} | ${command.padEnd(24)}`;
            table.set(key, (table.get(key) ?? new Set()).add(found.end));
          }
        }
      }
      const rows = [...table].map(([key, ends]) => `${key} | ${[...ends].toSorted().join(', ')}`).toSorted();
      for (const row of rows.filter((one) => one.includes('| leave '))) expect(row).toMatch(/\| left$/);
      if (!PROVE) await expect(`${rows.join('\n')}\n`).toMatchFileSnapshot(`exits-${kind}.txt`);
      expect(states).toBeGreaterThan(50);
    },
    900_000,
  );
});
