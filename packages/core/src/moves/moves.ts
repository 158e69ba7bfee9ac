import type { Journal } from '../do/apply/journal.js';
import type { CallContext } from '../ground/calls/call-context.js';
import { withAbility } from '../do/abilities.js';
import type { Driver, DriverWith } from '../do/driver.js';
import { clouds, withLoadedChecks, type Clouds } from '../do/kinds/cloud/clouds.js';
import { simulatedCalls } from '../do/probe/call-gateway.js';
import { abortMove, finishMove, type FinishMoveOptions } from './finish-move.js';
import type {
  MoveCallOptions,
  MoveContext,
  MovePlanningOptions,
  RunMoveOptions,
  RollbackMoveOptions,
} from './engine/options.js';
import type { MoveEvent, MoveResult } from './events.js';
import { isPosternError, type PosternError } from '../ground/errors.js';
import { checkMove, requireContext } from './move-forms.js';
import { observeMove } from './observe-move.js';
import {
  isShift,
  linkIdsIn,
  withLinkIds,
  type MovePlan,
  type MoveRequest,
  type PlannedUnit,
} from './plan/move-plan.js';
import { moveId } from './plan/read-move-plan.js';
import { planMove, type PlanMoveOptions } from './plan/plan-move.js';
import { planShift } from './plan/plan-shift.js';
import { withCaptured, withRun, type LeftMove } from './engine/with-run.js';
import { unlessFinished, openMove, requireOpen } from './record/recorded-moves.js';
import { rollbackMove } from './rollback-move.js';
import { refusalOf, runMove } from './run-move.js';
import { moveStatus, type MoveStatus } from './status.js';
import { outcomeOf } from '../do/apply/step.js';
import { look } from './engine/arrive.js';
import { act, type MoveTools } from './engine/tools.js';
import { widenedEntries } from './engine/widen.js';
import { recordedState, WHOLE } from './record/history.js';
import { whereAll } from './engine/where-now.js';

/** Moves of gateways from one link to another, in one account and region; see `docs/migration.md`. */
export class Moves {
  readonly #driver: Driver;
  readonly #clouds: Clouds;
  readonly #context: CallContext;
  readonly #journal: Journal;

  /** Of a `PrivateIntegrations`: with its driver, context and journal. */
  constructor(of: Omit<MoveContext, 'clouds' | 'driver'> & { readonly driver: Driver }) {
    requireContext(of);
    const { driver, context, journal } = of;
    this.#driver = driver;
    this.#clouds = clouds([driver.cloud]);
    this.#context = context;
    this.#journal = journal;
  }

  /**
   * Observes once, and plans. A move that is open in the journal has the plan with which it began.
   * `capture`: the plan also has the state to return to, for a rollback without the journal. It takes a few calls a unit.
   * `snapshot`: what `observeMove` read, where the caller needs it, too. Links may be named by their names.
   * @throws {InvalidInputError} where the request cannot be planned. {PosternError} `MOVE_ENDED`, with `details.state` `finished`, where the journal
   *   shows that the request was carried out, and nothing is left to move
   */
  async plan(
    request: MoveRequest,
    how: Omit<PlanMoveOptions, 'clouds'> & MoveCallOptions & MovePlanningOptions = {},
  ): Promise<MovePlan> {
    checkMove('plan', this.#clouds, { request, options: how });
    try {
      return await this.#plan(request, how);
    } catch (error) {
      if (!isPosternError(error, 'NOT_FOUND') || isShift(request)) throw error;

      const named = await this.#withIds(request, this.#called(how.signal).context);
      if (named === request) throw error;

      const { snapshot: _, ...others } = how;
      return this.#plan(named, others);
    }
  }

  async #plan(
    request: MoveRequest,
    how: Omit<PlanMoveOptions, 'clouds'> & MoveCallOptions & MovePlanningOptions,
  ): Promise<MovePlan> {
    const { signal, capture = false, snapshot, ...others } = how;
    const options = { ...others, clouds: await withLoadedChecks(this.#clouds) };
    const { context, journal } = this.#called(signal);
    const id = await this.#idOf(request, context);
    const open = openMove(await journal.read(), id)?.history.plan;
    if (open !== undefined) return open;

    const plan = await unlessFinished(
      () => journal.read(),
      id,
      async () =>
        isShift(request)
          ? planShift(this.#mover(), request, context)
          : planMove(snapshot ?? (await observeMove(this.#driver, request, context)), request, options),
    );
    return capture && !isShift(request) ? withCaptured(plan, this.#mover(), context) : plan;
  }

  /** The plan of the open move of a request. */
  async open(request: MoveRequest, options: MoveCallOptions = {}): Promise<MovePlan | undefined> {
    checkMove('open', this.#clouds, { request, options });
    const { context, journal } = this.#called(options.signal);
    const records = await journal.read();
    const open = openMove(records, await this.#idOf(request, context));
    if (open !== undefined || records.length === 0) return open?.history.plan;

    const named = await this.#withIds(request, context);
    return named === request ? undefined : openMove(records, await this.#idOf(named, context))?.history.plan;
  }

  /**
   * Carries out a plan: widens, tests, switches in batches, verifies, and begins the drain. It first reads the current state and plans
   * again. A run that was killed or aborted is continued by the same plan. Failed steps are events; the last event has the `result`.
   *
   * ```ts
   * for await (const event of moves.run(plan, { signal })) if (event.type === 'move.done') console.log(event.result.state);
   * ```
   *
   * @throws {PosternError} `FINDINGS_FAILED`, `WORLD_MOVED`, `MOVE_OPEN`, `MOVE_ENDED`, `LOCKED`, `UNSUPPORTED_VERSION`,
   *   `JOURNAL_WRITE_FAILED`; `ABORTED` after the last event. {InvalidInputError} `INVALID_INPUT` for options, and for a plan that was edited.
   */
  run(plan: MovePlan, how: RunMoveOptions & MoveCallOptions = {}): AsyncGenerator<MoveEvent, MoveResult, undefined> {
    checkMove('run', this.#clouds, { plan, options: how });
    const { signal, ...options } = how;
    const callGateway = options.callGateway ?? simulatedCalls(this.#driver);
    return runMove(plan, this.#with(signal), { ...options, callGateway });
  }

  /**
   * Why {@link run} would refuse a plan before its first change: no call shows the backend, another move of the gateway is open, to-dos are
   * open. Undefined: as far as the plan, the options and the journal show, nothing. The cloud is not called.
   */
  async refusal(plan: MovePlan, how: RunMoveOptions & MoveCallOptions = {}): Promise<PosternError | undefined> {
    checkMove('run', this.#clouds, { plan, options: how });
    const { signal, ...options } = how;
    const callGateway = options.callGateway ?? simulatedCalls(this.#driver);
    return refusalOf(plan, this.#with(signal), { ...options, callGateway });
  }

  /** Where the moves of the journal stand, or one of them. */
  async status(move?: string, options: MoveCallOptions = {}): Promise<readonly MoveStatus[]> {
    checkMove('status', this.#clouds, { move, options });
    return moveStatus(this.#with(options.signal), move);
  }

  /**
   * Ends a move after its drain: removes what only the way before needed.
   * @throws {PosternError} `DRAINING` with the time that is left; `MOVE_OPEN` where its run has not come to its end; `MOVE_ENDED`.
   */
  finish(
    move: string,
    how: FinishMoveOptions & MoveCallOptions = {},
  ): AsyncGenerator<MoveEvent, MoveResult, undefined> {
    checkMove('finish', this.#clouds, { move, options: how });
    const { signal, ...options } = how;
    return finishMove(move, this.#with(signal), options);
  }

  /** Returns to the state before a move. @throws {PosternError} `FINDINGS_FAILED`; `MOVE_ENDED` after `finish`; as {@link run}. */
  rollback(
    move: string | MovePlan,
    how: RollbackMoveOptions & MoveCallOptions = {},
  ): AsyncGenerator<MoveEvent, MoveResult, undefined> {
    checkMove('rollback', this.#clouds, { move, options: how });
    const { signal, ...options } = how;
    return rollbackMove(move, this.#with(signal), options);
  }

  /** Ends a move where it stands. @throws {PosternError} `MOVE_ENDED`; `LOCKED` while a run is in progress: interrupt it first. */
  abort(move: string, options: MoveCallOptions = {}): AsyncGenerator<MoveEvent, MoveResult, undefined> {
    checkMove('abort', this.#clouds, { move, options });
    return abortMove(move, this.#with(options.signal));
  }

  /** Ends a move as it is, and changes nothing in the cloud. @throws {PosternError} `MOVE_ENDED`; `LOCKED` while a run is in progress. */
  leave(move: string, options: MoveCallOptions = {}): AsyncGenerator<MoveEvent, MoveResult, undefined> {
    checkMove('leave', this.#clouds, { move, options });
    return leaveMove(move, this.#with(options.signal));
  }

  /** The request with IDs in place of names: a name is looked up only where no link has it as its ID. */
  async #withIds(request: MoveRequest, context: CallContext): Promise<MoveRequest> {
    const region = await this.#driver.observe({ linkKinds: this.#driver.serves.links }, context);
    return withLinkIds(request, linkIdsIn({ regions: [region] }));
  }

  async #idOf(request: MoveRequest, context: CallContext): Promise<string> {
    const { provider, region } = this.#driver;
    const { account } = await this.#driver.identity(context);
    return moveId({ provider, region, account }, request);
  }

  #called(signal: AbortSignal | undefined): Omit<MoveContext, 'driver'> {
    const context = signal === undefined ? this.#context : { ...this.#context, signal };
    return { clouds: this.#clouds, context, journal: this.#journal };
  }

  #with(signal: AbortSignal | undefined): MoveContext {
    return { driver: this.#mover(), ...this.#called(signal) };
  }

  /** @throws {UnsupportedError} where the driver moves nothing */
  #mover(): DriverWith<'moves'> {
    return withAbility(this.#driver, 'moves');
  }
}

/**
 * Ends a move or a shift as it is, from every state, and changes nothing in the cloud. Its result names what it leaves, as far as that can
 * be read. Nothing continues, returns or removes it later.
 * @throws {PosternError} `MOVE_ENDED`; `LOCKED` while a run is in progress: interrupt it first
 */
function leaveMove(move: string, context: MoveContext): AsyncGenerator<MoveEvent, MoveResult, undefined> {
  return withRun(context, (records) => ({
    does: 'leave',
    history: requireOpen(records, move).history,
    work: leaveAll,
  }));
}

async function leaveAll(tools: MoveTools): Promise<LeftMove> {
  const { plan, history, notes } = tools;
  for (const planned of plan.units) notes.push(await leftOf(tools, planned));
  for (const { id } of widenedEntries(plan, history)) notes.push(`What the move added stays: ${id}.`);
  await act(tools, WHOLE, 'leave', () => Promise.resolve({ left: true }));
  return { state: 'left', ...whereAll(tools) };
}

/** What is left of a unit, as one sentence. */
async function leftOf(tools: MoveTools, planned: PlannedUnit): Promise<string> {
  const { unit, name } = planned;
  const state = recordedState(tools, unit);
  if (state === undefined) return `${name} was not changed.`;

  const seen = await outcomeOf(look(tools, unit, state));
  if (!seen.ok) return `${name} stays as it is, and could not be read: ${seen.error.code}: ${seen.error.message}`;

  const { at, percent = 0, found, exists } = seen.value;
  if (exists === false) return `${name} does not exist any more.`;

  const prepared = tools.history.begun(unit.id, 'prepare') ? ' What was prepared for it stays.' : '';
  switch (at) {
    case 'old':
      return `${name} is on ${unit.from.id}.${prepared}`;
    case 'new':
      return `${name} is on ${unit.to.id}, and what only ${unit.from.id} needed stays.`;
    case 'canary':
      return `${name} has ${percent} % of its calls on ${unit.to.id}, and the others on ${unit.from.id}.${prepared}`;
    default:
      return `${name} stays as it is: ${found ?? 'a change of it is in progress'}.${prepared}`;
  }
}
