import { memoryJournal, type JournalRecord } from '@postern/core/internal/library';
import type { MoveEvent, MovePlan, MoveResult, Moves } from '@postern/core/internal/moves';
import { expect, it } from 'vitest';
import { PROVE, runs } from '../../../core/test/runs.js';
import { processOf, type ExitWorld } from './exit-world.js';
import { EXIT_WORLDS } from './exit-worlds.js';
import { ended, MINUTE } from './scene.js';

type Work = (events: AsyncGenerator<MoveEvent, MoveResult, undefined>) => Promise<MoveResult>;

/** Commands of the product. With a plan that has the former states, `rollback` needs no journal. */
const COMMANDS: Readonly<Record<string, (moves: Moves, move: string | MovePlan, work: Work) => Promise<MoveResult>>> = {
  rollback: (moves, move, work) => work(moves.rollback(move, { drainMs: 1_000 })),
  'rollback, despite errors': (moves, move, work) => work(moves.rollback(move, { drainMs: 1_000, force: true })),
  finish: (moves, move, work) => work(moves.finish(idOf(move), { wait: true })),
  'abort, finish': async (moves, move, work) => {
    const result = await work(moves.abort(idOf(move)));
    return result.state === 'aborted' ? work(moves.finish(idOf(move), { wait: true })) : result;
  },
  leave: (moves, move, work) => work(moves.leave(idOf(move))),
};

const idOf = (move: string | MovePlan): string => (typeof move === 'string' ? move : move.move);

/** When a process is killed: before which record of its run, or of its return. */
interface Kill {
  readonly of: 'run' | 'rollback' | 'abort' | 'run, journal lost';
  readonly at: number;
}

const every = (of: Kill['of'], ats: readonly number[]): readonly Kill[] => ats.map((at) => ({ of, at }));
const KILLS: readonly Kill[] = [
  ...every('run', runs(2, 20) === 2 ? [12, 30] : Array.from({ length: 20 }, (_, at) => 2 + at * 4)),
  { of: 'run', at: Infinity },
  ...every('rollback', runs(1, 5) === 1 ? [8] : [2, 5, 8, 12, 16]),
  ...every('abort', runs(1, 3) === 1 ? [4] : [2, 4, 6]),
  ...every('run, journal lost', runs(1, 3) === 1 ? [Infinity] : [12, 30, Infinity]),
];

interface Outcome {
  readonly state: string;
  readonly end: string;
  readonly isOpen: boolean;
  /** The commands of remedies that do not know this move. */
  readonly unknown: readonly string[];
}

const OF_MOVES = new Set(['run', 'rollback', 'abort', 'finish', 'leave', 'status', 'plan']);

/** Commands that a remedy names, and that are not those of a move, or name another one. */
function unknownCommands(remedy: string, move: string): readonly string[] {
  return [...remedy.matchAll(/`postern (\w+) (\w+)(?: ([0-9a-f]{16}))?[^`]*`/g)].flatMap(
    ([text, group = '', command = '', id]) =>
      group === 'migrate' && OF_MOVES.has(command) && (id === undefined || id === move) ? [] : [text],
  );
}

/** Before the record with that number; what a step is about to change does not count. */
const before = (number: number) => {
  let at = 0;
  return ({ until }: JournalRecord): boolean => (at += until === undefined ? 1 : 0) > number;
};

const died = (process: ReturnType<typeof processOf>, work: Promise<unknown>): Promise<unknown> =>
  Promise.race([work.catch(() => undefined), process.by.killed]);

/** What a command makes of a move that was killed, and of which something was deleted then. */
async function outcome(world: ExitWorld, kill: Kill, what: string, command: string): Promise<Outcome | undefined> {
  const isLost = kill.of === 'run, journal lost';
  let journal = memoryJournal();
  const runner = processOf(world, journal, before(kill.of === 'run' || isLost ? kill.at : Infinity));
  const how = { callGateway: world.callGateway, pauseMs: 0, drainMs: MINUTE, assume: world.how.assume };
  let plan: MovePlan | undefined;
  const running = async (): Promise<void> => {
    plan = await runner.moves.plan(world.request, { ...world.how, capture: true });
    await ended(runner.moves.run(plan, how));
  };
  await died(runner, running());
  const [begun] = await processOf(world, journal).moves.status();
  if (begun === undefined || plan === undefined) return undefined;
  if (isLost) journal = memoryJournal();
  else if (kill.of !== 'run') {
    const ender = processOf(world, journal, before(kill.at));
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
  const state = isLost ? 'lost' : ((await moves.status())[0]?.state ?? '');
  const remedies: string[] = [];
  const work: Work = async (events) => {
    const { result, events: seen } = await ended(events);
    for (const event of seen) if (event.type === 'step.failed') remedies.push(event.error.remedy ?? '');
    return result;
  };
  const move = isLost ? plan : begun.move;
  const tried = async (ends: () => Promise<MoveResult>): Promise<string> => {
    try {
      const result = await ends();
      return result.state === 'failed' ? `stays: ${result.failures.at(-1)?.code ?? ''}` : result.state;
    } catch (error) {
      const { code, remedy = '' } = error as { readonly code: string; readonly remedy?: string };
      remedies.push(remedy);
      return `stays: ${code}`;
    }
  };
  const end = await tried(() => (COMMANDS[command] as (typeof COMMANDS)[string])(moves, move, work));
  const isOpen = async (): Promise<boolean> =>
    (await moves.status()).some((row) => row.move === begun.move && row.next !== 'nothing');
  // A journal that was lost has no move to leave, unless the return has begun a new one.
  if (end.startsWith('stays') && (await isOpen()))
    await tried(() => (COMMANDS['leave'] as (typeof COMMANDS)[string])(moves, begun.move, work));
  const unknown = remedies.flatMap((text) => unknownCommands(text, begun.move));
  return { state, end, isOpen: await isOpen(), unknown };
}

it.each(Object.keys(EXIT_WORLDS))(
  'a move that was killed: of %s has an exit from each state, whatever was deleted by hand',
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
          expect({ what, kill, command, ...found }).toMatchObject({ isOpen: false, unknown: [] });
          const key = `${found.state.padEnd(11)} | ${what.padEnd(19)} | ${command.padEnd(24)}`;
          table.set(key, (table.get(key) ?? new Set()).add(found.end));
        }
      }
    }
    const rows = [...table].map(([key, ends]) => `${key} | ${[...ends].toSorted().join(', ')}`).toSorted();
    // A journal that was lost has no move that could be left: nothing is open.
    for (const row of rows.filter((one) => one.includes('| leave ')))
      expect(row).toMatch(row.startsWith('lost') ? /\| stays: MOVE_ENDED$/ : /\| left$/);
    if (!PROVE) await expect(`${rows.join('\n')}\n`).toMatchFileSnapshot(`exits-${kind}.txt`);
    expect(states).toBeGreaterThan(50);
  },
);
