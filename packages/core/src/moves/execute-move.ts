import type { Run } from '../do/apply/run.js';
import type { DriverWith } from '../do/driver.js';
import { clouds } from '../do/kinds/cloud/clouds.js';
import { simulatedCalls } from '../do/probe/call-gateway.js';
import type { Clock } from '../ground/clock.js';
import { elapsedMs } from '../ground/clocks/real-clock.js';
import { InvalidInputError, isPosternError } from '../ground/errors.js';
import { checkRunOptions, DRAIN_MS, type MoveContext, type RunMoveOptions } from './engine/options.js';
import { requireCaller } from './engine/run-options.js';
import { resultOf, startOf, toolsOf, type LeftMove } from './engine/with-run.js';
import type { MoveEvent, MoveResult } from './events.js';
import type { MovePlan } from './plan/move-plan.js';
import { requireUnedited } from './plan/read-move-plan.js';
import { keptHistory, WHOLE, type KeptStep } from './record/history.js';
import { requireWayBack } from './judge-return.js';
import { turnBack } from './rollback-move.js';
import { forward } from './run-move.js';
import { whereAll } from './engine/where-now.js';

/** What an engine keeps of a move that has not ended. Plain JSON without secrets. */
export type KeptMove = { readonly plan: MovePlan; readonly steps: readonly KeptStep[] };

/** What a move is carried out with by an engine. */
export interface ExecuteMoveOptions extends Omit<RunMoveOptions, 'analysis' | 'maxErrorRate' | 'waitMs'> {
  /** One for all units of the move: they follow each other. */
  readonly run: Run;
  readonly driver: DriverWith<'moves'>;
  /** That of the events. */
  readonly clock: Clock;
  readonly emit: (event: MoveEvent) => void;
  /** What was kept of the same plan by a run that did not come to its end. */
  readonly kept?: KeptMove | undefined;
  /** Whether the move returns instead. Then it was kept. */
  readonly back?: boolean | undefined;
}

/** How a move ended, and what to keep of it: undefined where it has ended. */
export type ExecutedMove = { readonly result: MoveResult; readonly kept?: KeptMove | undefined };

/**
 * Carries out a plan of a move on an engine, as `runMove` does in one process with a journal, and finishes it after its drain unless
 * `finish` is false. {@link requirePlannedMove} comes first. Failed steps are events, not exceptions; neither is an abort.
 * @throws {InvalidInputError} `INVALID_INPUT` for options, and for a plan that was edited
 */
export async function executeMove(plan: MovePlan, options: ExecuteMoveOptions): Promise<ExecutedMove> {
  const { run, driver, clock, emit, kept, back = false, drainMs = DRAIN_MS, finish = true } = options;
  const callGateway = options.callGateway ?? simulatedCalls(driver);
  requireUnedited(plan);
  checkRunOptions(options);
  if (!back) requireCaller(plan, { ...options, callGateway });
  if (back && kept === undefined) {
    throw new InvalidInputError('INVALID_INPUT', `move ${plan.move} is not open, so nothing returns`);
  }

  const history = keptHistory(plan, kept);
  const startedMs = clock.monotonicMs();
  const tools = toolsOf({
    plan,
    driver,
    clouds: clouds([driver.cloud]),
    history,
    run: (unit) => runOfUnit(run, unit, plan),
    each: inTurn,
    emit: (event) => emit({ ...event, at: new Date(clock.now()).toISOString() } as MoveEvent),
    elapsedMs: () => elapsedMs(clock, startedMs),
  });
  tools.emit(startOf(tools, back ? 'rollback' : 'run'));
  let found: LeftMove;
  try {
    found = back ? await turnBack(tools, drainMs) : await forward(tools, { ...options, callGateway, finish }, []);
  } catch (error) {
    if (!isPosternError(error, 'ABORTED')) throw error;

    found = { state: 'failed', ...whereAll(tools) };
  }
  const result = resultOf(tools, found);
  tools.emit({ type: 'move.done', result });
  const isEnded = found.state === 'finished' || found.state === 'rolled-back';
  return isEnded ? { result } : { result, kept: { plan, steps: history.steps() } };
}

/**
 * Judges the return of a move that was kept, unless the return has begun.
 * @throws {PosternError} `FINDINGS_FAILED` where a backend would not be reached
 */
export async function requireReturn(
  kept: KeptMove,
  { driver, context }: Pick<MoveContext, 'driver' | 'context'>,
  how: Pick<RunMoveOptions, 'accept' | 'assume'>,
): Promise<void> {
  const history = keptHistory(kept.plan, kept);
  if (!history.begun(WHOLE, 'turn back'))
    await requireWayBack(history, { driver, clouds: clouds([driver.cloud]), context }, how);
}

/** Steps are named after their unit, and writes to a gateway wait for those of all runs: the key is that of plans. */
function runOfUnit(run: Run, unit: string, { units, provider, region, account }: MovePlan): Run {
  const keyOf = (id: string): string => {
    const kind = units.find((one) => one.unit.gateway.id === id)?.unit.gateway.kind ?? '';
    return `${kind} ${provider}/${region}/${account}/${id}`;
  };
  return {
    ...run,
    unit,
    step: (id, effect, how = {}) => {
      const { exclusive } = how;
      const named = unit === WHOLE ? id : `${unit}: ${id}`;
      return run.step(named, effect, exclusive === undefined ? how : { ...how, exclusive: keyOf(exclusive) });
    },
  };
}

async function inTurn<A, B>(items: readonly A[], work: (item: A) => Promise<B>): Promise<readonly B[]> {
  const results: B[] = [];
  for (const item of items) results.push(await work(item));
  return results;
}
