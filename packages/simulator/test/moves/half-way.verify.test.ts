import { memoryJournal, type JournalRecord } from '@postern/core/internal/library';
import type { MoveEvent, MoveResult, Moves } from '@postern/core/internal/moves';
import { describe, expect, it } from 'vitest';
import { PROVE } from '../../../core/test/runs.js';
import { processOf } from './exit-world.js';
import { HALF_WAY_WORLDS, type HalfWayWorld } from './half-way-worlds.js';
import { ended, MINUTE } from './scene.js';

type Events = AsyncGenerator<MoveEvent, MoveResult, undefined>;

/** Once the first of two units has this step behind it, and not before the second one begins it. */
const between = (step: string) => {
  let first: string | undefined;
  return ({ type, unit, step: one }: JournalRecord): boolean => {
    if (one !== step) return false;
    first ??= unit;
    return unit !== first && type === 'before';
  };
};

const after = (step: string) => {
  let isDone = false;
  return (record: JournalRecord): boolean => {
    const was = isDone;
    isDone ||= record.type === 'after' && record.step === step;
    return was;
  };
};

type Dies = () => (record: JournalRecord) => boolean;

/** Where a move is killed: in its run, or in the return that follows it. */
const KILLS: Readonly<Record<string, { readonly run?: Dies; readonly back?: Dies }>> = {
  'run, after its first unit or share': { run: () => after('shift') },
  'run, then a return that begins': { run: () => after('shift'), back: () => after('turn back') },
  'return, between two units': { back: () => between('back') },
  'return, in its drain': { back: () => after('drain after return') },
  ...(PROVE
    ? { 'run, after its switches': {}, 'return, before its first unit': { back: () => after('turn back') } }
    : {}),
};

const DEAD: Readonly<Record<string, (world: HalfWayWorld) => readonly HalfWayWorld['former'][]>> = {
  'the former side': ({ former }) => [former],
  'the new side': ({ fresh }) => [fresh],
  ...(PROVE ? { 'both sides': ({ former, fresh }: HalfWayWorld) => [former, fresh] } : {}),
};

const COMMANDS: Readonly<Record<string, (moves: Moves, move: string, run: () => Promise<Events>) => Promise<Events>>> =
  {
    run: (_moves, _move, run) => run(),
    rollback: async (moves, move) => moves.rollback(move, DRAIN),
    finish: async (moves, move) => moves.finish(move, { wait: true }),
    leave: async (moves, move) => moves.leave(move),
  };

interface Outcome {
  readonly units: string;
  readonly state: string;
  readonly end: string;
  /** Calls that were lost in the minute after the command, and the command that an error names for that. */
  readonly lost: number;
  readonly remedies: readonly string[];
}

const DRAIN = { drainMs: MINUTE };

const runOf = async (world: HalfWayWorld, moves: Moves): Promise<Events> => {
  const { how, callGateway } = world;
  return moves.run(await moves.plan(await world.request(), how), {
    ...DRAIN,
    pauseMs: 1_000,
    callGateway,
    assume: how.assume,
  });
};

/** A move that was killed. The worlds are kept: what follows loads them. */
async function killed(world: HalfWayWorld, kill: string) {
  const journal = memoryJournal();
  const until = async (dies: Dies | undefined, work: (moves: Moves) => Promise<Events>): Promise<void> => {
    const process = processOf(world, journal, dies?.());
    await Promise.race([work(process.moves).then(ended), process.by.killed]);
  };
  const { run, back } = KILLS[kill] ?? {};
  await until(run, (moves) => runOf(world, moves));
  await world.simulation.advance(world.settlesMs);
  if (back !== undefined) {
    const [status] = await processOf(world, journal).moves.status();
    await until(back, async (moves) => moves.rollback(status?.move ?? '', DRAIN));
    await world.simulation.advance(world.settlesMs);
  }
  return { saved: world.simulation.world(), records: await journal.read() };
}

/** What a command makes of a move that was killed, and of which a side died then. */
async function outcome(
  world: HalfWayWorld,
  { saved, records }: Awaited<ReturnType<typeof killed>>,
  dead: string,
  command: string,
): Promise<Outcome | undefined> {
  const { simulation, settlesMs } = world;
  simulation.load(saved);
  world.mend?.();
  const journal = memoryJournal();
  for (const record of records) await journal.append(record);
  for (const side of DEAD[dead]?.(world) ?? []) await side.dies();
  await simulation.advance(5 * MINUTE);
  const { moves } = processOf(world, journal);
  const [status] = await moves.status();
  if (status === undefined || status.next === 'nothing') return undefined;

  const remedies: string[] = [];
  let end: string;
  try {
    const events = await (COMMANDS[command] as (typeof COMMANDS)[string])(moves, status.move, () =>
      runOf(world, moves),
    );
    const { result, events: seen } = await ended(events);
    for (const event of seen) if (event.type === 'step.failed') remedies.push(event.error.remedy ?? '');
    end = result.state === 'failed' ? `stays: ${result.failures.at(-1)?.code ?? ''}` : result.state;
  } catch (error) {
    const { code, remedy = '' } = error as { readonly code: string; readonly remedy?: string };
    remedies.push(remedy);
    end = `stays: ${code}`;
  }
  await simulation.advance(settlesMs);
  const calls = world.calls();
  await simulation.advance(MINUTE);
  const lost = calls.lost();
  calls.end();
  const units = status.units.map(({ at, percent }) => (at === 'canary' ? `${percent} %` : at)).join(', ');
  return { units, state: status.state, end, lost, remedies };
}

describe('a move or a shift of several units', () => {
  it.each(Object.keys(HALF_WAY_WORLDS))(
    'of %s gives its calls to the side that serves, from each state of its units',
    async (kind) => {
      const world = await (HALF_WAY_WORLDS[kind] as () => Promise<HalfWayWorld>)();
      const begun = world.simulation.world();
      const rows = new Set<string>();
      const problems: string[] = [];
      for (const kill of Object.keys(KILLS)) {
        world.simulation.load(begun);
        world.mend?.();
        await world.simulation.advance(world.settlesMs);
        const at = await killed(world, kill);
        for (const dead of Object.keys(DEAD)) {
          const of: Record<string, Outcome> = {};
          for (const command of Object.keys(COMMANDS)) {
            const found = await outcome(world, at, dead, command);
            if (found === undefined) continue;
            of[command] = found;
            const served = found.lost === 0 ? 'served' : 'lost';
            const row = [found.units.padEnd(10), found.state.padEnd(9), dead.padEnd(15), command.padEnd(8), found.end];
            rows.add(`${row.join(' | ')}; calls are ${served}`);
            // Where a side serves, a message that does not lead there names a command that does.
            const isNamed = found.remedies.some((text) =>
              /`postern (?:migrate|shift) (?:run|rollback|abort)/.test(text),
            );
            if (dead !== 'both sides' && found.end.startsWith('stays') && found.lost > 0 && !isNamed)
              problems.push(`${kill}, ${dead}, ${command}: ${found.end}: ${found.remedies.join(' ')}`);
          }
          const leads = ['run', 'rollback'].filter((one) => of[one]?.lost === 0);
          if (dead !== 'both sides' && Object.keys(of).length > 0 && leads.length === 0)
            problems.push(`${kill}, ${dead}: no command leads to the side that serves`);
        }
      }
      expect(problems).toEqual([]);
      if (!PROVE) await expect(`${[...rows].toSorted().join('\n')}\n`).toMatchFileSnapshot(`half-way-${kind}.txt`);
    },
  );
});
