import { onAbort, PosternError } from '@postern/core/internal/adapter';
import { Moves, type MoveEvent, type MovePlan, type MoveResult } from '@postern/core/internal/moves';
import { asProcess, resultOf } from '../trial/as-process.js';
import type { VirtualProcess } from '../trial/virtual-process.js';
import type { BuiltMove, MoveCommand, MoveScenario } from './move-scenario.js';

export interface CommandEnded {
  /** Of its result; `stopped` by its operator; undefined: it was killed, or ended with an error. */
  readonly state: MoveResult['state'] | 'stopped' | undefined;
  /** The codes and messages of what failed. */
  readonly failed: readonly string[];
  readonly notes: readonly string[];
  readonly killed: boolean;
  /** The plan that it had. */
  readonly plan: MovePlan | undefined;
}

/**
 * Carries out a command as one process; also ends when the process is killed. `saved` is the plan of a run before it, as a
 * file of `-o` keeps it.
 * @throws what is not an error of Postern: a defect
 */
export async function oneCommand(
  { scenario, built, request }: { scenario: MoveScenario; built: BuiltMove; request: BuiltMove['request'] },
  command: MoveCommand,
  process: VirtualProcess,
  {
    saved,
    hear = () => undefined,
    signal: ends,
  }: {
    readonly saved: MovePlan | undefined;
    readonly hear?: (event: MoveEvent) => void;
    /** Its operator ends it. */
    readonly signal?: AbortSignal | undefined;
  },
): Promise<CommandEnded> {
  const failed: string[] = [];
  let [state, plan, notes]: [CommandEnded['state'], MovePlan | undefined, readonly string[]] = [undefined, saved, []];
  const stop = new AbortController();
  const moves = new Moves({ driver: scenario.driver(process), context: process.context, journal: process.journal });
  onAbort(ends, () => stop.abort(ends?.reason));
  const { signal } = stop;
  const stopAfter = command.does === 'run' ? command.stopAfter : undefined;
  const begin = async (): Promise<AsyncGenerator<MoveEvent, MoveResult, undefined>> => {
    if (command.does === 'run') {
      plan = await moves.plan(request, { ...built.plan, capture: true, signal });
      process.write('the plan', plan);
      const { accept, assume } = built.plan ?? {};
      const { callGateway } = process;
      return moves.run(plan, { accept, assume, callGateway, ...built.run, ...command.options, signal });
    }

    const open = await moves.open(request, { signal });
    const lost = open === undefined && saved !== undefined ? saved : undefined;
    const id = open?.move ?? saved?.move ?? '';
    if (command.does === 'finish') return moves.finish(id, { wait: true, signal });
    if (command.does === 'abort') return moves.abort(id, { signal });

    const { accept, assume } = built.plan ?? {};
    const drainMs = (command.does === 'rollback' ? command.drainMs : undefined) ?? built.run?.drainMs;
    return moves.rollback(lost ?? id, { accept, assume, drainMs, signal });
  };
  const work = async (): Promise<void> => {
    const events = await begin();
    ({ state, notes } = await resultOf(process, failed, events, (event) => {
      if (!process.isDead) hear(event);
      if (stopAfter?.(event) === true) stop.abort(new PosternError('ABORTED', 'the operator ended it'));
    }));
  };
  await asProcess(process, failed, work, ({ code }) => {
    if (signal.aborted && code === 'ABORTED') state = 'stopped';
  });
  return { state: process.isDead ? undefined : state, failed, notes, killed: process.isDead, plan };
}
