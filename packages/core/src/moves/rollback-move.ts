import { InvalidInputError, PosternError } from '../ground/errors.js';
import type { Json } from '../ground/json.js';
import type { Clouds } from '../do/kinds/cloud/clouds.js';
import { blockersOf } from './validate/accept.js';
import type { AcceptedUnknown, Migration, MigrationReport } from './validate/migration.js';
import { validateStage, type StageMigration } from './validate/stage-migration.js';
import { validateMigration, type ValidateOptions } from './validate/validate.js';
import type { AssumedFacts } from '../do/spec.js';
import type { Snapshot } from '../do/snapshot/snapshot.js';
import { checkRunOptions, DRAIN_MS, SHIFT_DRAIN_MS, type MoveContext } from './engine/options.js';
import { rollBack } from './engine/roll-back.js';
import { act, reported, type MoveTools } from './engine/tools.js';
import { recordedState } from './engine/recorded-state.js';
import { plannedState, recoverStates } from './engine/unit-state.js';
import { withRun, type LeftMove } from './engine/with-run.js';
import type { MoveEvent, MoveResult } from './events.js';
import { ended, isNamed, movesIn, newHistory, openMove, WHOLE, type MoveHistory } from './record/history.js';
import { observeMove } from './observe-move.js';
import { requireUnedited } from './plan/read-move-plan.js';
import { isShift, type MovePlan, type PlannedUnit, sortRequest } from './plan/move-plan.js';
import { whereAll } from './status.js';

/** Options of a return. */
export interface RollbackMoveOptions {
  /** In milliseconds: calls may use the new link for so long after the return. Default 15 minutes. */
  readonly drainMs?: number | undefined;
  /** Undecided errors of the move back that do not stop it. */
  readonly accept?: readonly AcceptedUnknown[] | undefined;
  readonly assume?: AssumedFacts | undefined;
  /** Whether to return although validation reports errors of the move back, or the former targets of a shift take no calls. */
  readonly force?: boolean | undefined;
}

/**
 * Returns a move to its recorded state, from every phase: units go back to the old link, settings are restored, and after
 * a drain what the move added is removed. The move back is validated first. `move` is its ID; or its plan, where the
 * journal is lost: then what the move added is not known, and stays.
 * @throws {PosternError} `FINDINGS_FAILED`; `MOVE_ENDED` after `finish`; as `runMove`.
 */
export function rollbackMove(
  move: string | MovePlan,
  context: MoveContext,
  options: RollbackMoveOptions = {},
): AsyncGenerator<MoveEvent, MoveResult, undefined> {
  checkRunOptions({ drainMs: options.drainMs });
  if (typeof move !== 'string') requireUnedited(move);
  const id = typeof move === 'string' ? move : move.move;
  return withRun(context, async (records) => {
    const history = openMove(records, id)?.history ?? fromPlan(move, records);
    const turned = history.begun(WHOLE, 'turn back');
    const shifts = isShift(history.plan.request);
    const { drainMs = shifts ? SHIFT_DRAIN_MS : DRAIN_MS } = options;
    if (!turned && !shifts && options.force !== true) await requireWayBack(history, context, options);
    return {
      does: 'rollback',
      history,
      work: (tools) => returnWork({ ...tools, isForced: options.force }, drainMs),
    };
  });
}

/** The work of a return. */
export async function returnWork(tools: MoveTools, drainMs: number): Promise<LeftMove> {
  const recovered = await recoverStates(tools);
  const turn = (): Promise<Json> => Promise.resolve({ because: 'rollback' });
  const begun = recovered.ok ? await act(tools, WHOLE, 'turn back', turn) : recovered;
  const back = await reported(tools, 'rollback', begun.ok ? await rollBack(tools, drainMs) : begun);
  return { state: back.ok ? 'rolled-back' : 'failed', ...whereAll(tools) };
}

/** Without a record, the plan alone says which link each unit used, and what it was. */
function fromPlan(move: string | MovePlan, records: Parameters<typeof movesIn>[0]): MoveHistory {
  const moves = movesIn(records);
  const id = typeof move === 'string' ? move : move.move;
  if (typeof move === 'string' || moves.some((one) => isNamed(one, id))) throw ended(moves, id);
  const { units, captured = {} } = move;
  const unknown = units.find(({ unit }) => captured[unit.id] === undefined);
  if (unknown !== undefined) {
    throw new InvalidInputError(
      'INVALID_INPUT',
      `the plan does not have the state of ${unknown.name} before the move`,
      {
        remedy: 'Run the command in the folder in which the move was run, or plan a move back.',
      },
    );
  }
  return newHistory(move, records);
}

/** Judges the move back of what is on the new link. @throws {PosternError} `FINDINGS_FAILED` */
export async function requireWayBack(
  history: MoveHistory,
  { driver, context }: Pick<MoveContext, 'driver' | 'context'>,
  { accept = [], assume }: RollbackMoveOptions,
): Promise<void> {
  const { plan } = history;
  const moved = new Map<string, PlannedUnit>();
  for (const one of plan.units) {
    const state = recordedState({ history }, one.unit) ?? plannedState(history, one.unit);
    if (state === undefined) continue;
    const { at, exists } = await driver.moves.where(one.unit, state, context);
    if (exists === false) continue;
    // Without a record of what the unit moved to, it is seen elsewhere.
    if (at === 'new' || (at === 'elsewhere' && state.prepared === undefined)) moved.set(one.unit.gateway.id, one);
  }
  const [first] = moved.values();
  if (first !== undefined && driver.clouds.sharedLink(plan.from.id) !== undefined) {
    if (accept.some(({ check }) => check === 'migrate/rollback')) return;
    throw new PosternError('FINDINGS_FAILED', `cannot determine whether ${first.name} can return to ${plan.from.id}`, {
      remedy: 'Accept it: --accept-unknown migrate/rollback.',
    });
  }
  for (const one of moved.values()) {
    const request = requestBack(driver.clouds, plan, one);
    if (request === undefined) continue;
    const snapshot = await observeMove(driver, request, context);
    const blockers = blockersOf(
      reportBack(snapshot, request, { clouds: driver.clouds, assume, passes: false }),
      accept,
    );
    const [blocker, ...others] = blockers;
    if (blocker === undefined) continue;
    const said = ({ check, subject, message }: typeof blocker): string => `${check}: ${subject}: ${message}`;
    throw new PosternError('FINDINGS_FAILED', `the move of ${one.name} back: ${said(blocker)}`, {
      remedy: `${blocker.remedy ?? 'Correct it first.'} Or return all the same, with --despite-errors.`,
      details: {
        also: others.map((other) => ({ code: 'FINDINGS_FAILED', message: said(other), remedy: other.remedy ?? '' })),
      },
    });
  }
}

/** Undefined for a stage whose routes called several load balancers: each went its own way, and no request says which. */
function requestBack(
  clouds: Clouds,
  { provider, region, request }: MovePlan,
  { unit, formerBalancer }: PlannedUnit,
): Back | undefined {
  const sorted = sortRequest(request);
  if (sorted.is === 'stage') {
    return formerBalancer === undefined
      ? undefined
      : { ...sorted.migration, region, from: unit.to.id, to: unit.from.id, targetBalancer: formerBalancer };
  }
  if (sorted.is === 'gateway' && 'api' in sorted.migration) {
    const { api, route } = sorted.migration;
    return { provider, region, api, from: unit.to.id, to: unit.from.id, ...(route === undefined ? {} : { route }) };
  }
  return clouds.movesAsOne(unit.gateway)
    ? { provider, region, group: unit.gateway.id, to: unit.from.id }
    : { provider, region, api: unit.gateway.id, from: unit.to.id, to: unit.from.id };
}

type Back = Migration | StageMigration;

function reportBack(snapshot: Snapshot, back: Back, how: ValidateOptions): MigrationReport {
  return 'stage' in back ? validateStage(snapshot, back, how) : validateMigration(snapshot, back, how);
}
