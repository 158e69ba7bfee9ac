import { withAbility } from '@postern/core/internal/driver';
import type { StepError } from '@postern/core/internal/engine';
import { readAccepted, requirePlannedMove, requireReturn, type KeptMove } from '@postern/core/internal/moves';
import type * as restate from '@restatedev/restate-sdk';
import { keyOf } from '../engine/names.js';
import type { FleetState } from '../model.js';
import { recordedRead } from '../worker/failures.js';
import { planMoves } from '../worker/plan-moves.js';
import { type Setting, readContext, settled } from '../worker/settled.js';
import { driversFor, type MoveWork, type PlannedMove, type SpecWork } from '../worker/works.js';
import type { Question } from './history.js';
import { callHandler, sendTo } from './calls.js';
import { moveUnit } from './move.js';
import { placeKey, callUnit, failUnit, isCanceled, preparePlace, type SpecEnds } from './place-work.js';
import type { UnitWork } from './unit.js';

/**
 * The moves of an account and region: they are planned together, approved together, and made one after the other. The first that fails
 * ends them.
 */
export async function migrateSpec(
  ctx: restate.WorkflowContext,
  given: SpecWork,
  setting: Setting,
  ends: SpecEnds,
): Promise<FleetState> {
  const { end } = ends;
  const { moves } = given;
  if (moves === undefined) return end('failed', { error: { code: 'INTERNAL', message: `${given.name} has no moves` } });

  const unplanned = { ...given, moves };
  const prepared = await preparePlace<PlannedMove, KeptMove>(
    ctx,
    unplanned,
    setting,
    {
      kept: 'moves',
      place: moves,
      plan: (open) => planMoves(unplanned, open, setting),
      questions: (planned) => questionsOfMoves(unplanned, planned),
      unit: (one) => moveUnit(given.name, one, 'waiting'),
    },
    ends,
  );
  if ('ended' in prepared) return prepared.ended;

  const { planned } = prepared;
  const work: MoveWork = { ...unplanned, planned };
  const { run, name } = work;
  let state: FleetState = 'done';
  for (const one of planned) {
    if (state === 'done' && (await isCanceled(ctx, run))) state = 'canceled';
    if (state !== 'done')
      sendTo(ctx, 'progress', keyOf(run, name), 'ended', { state: moveUnit(name, one, 'skipped'), events: [] });
    else state = await makeMove(ctx, work, one, setting);
  }
  return end(state);
}

/** Looks again, and carries out one move. */
async function makeMove(
  ctx: restate.WorkflowContext,
  work: MoveWork,
  planned: PlannedMove,
  setting: Setting,
): Promise<FleetState> {
  const { run, name } = work;
  const { id } = planned;
  const of = { run, name, unit: moveUnit(name, planned, 'waiting') };
  const open = planned.isOpen ? await callHandler<readonly KeptMove[]>(ctx, 'moves', placeKey(work.moves), 'open') : [];
  const looked = await recordedRead(ctx, setting, `look again at ${id}`, () => lookAgain(work, planned, open, setting));
  if ('error' in looked) {
    failUnit(ctx, of, looked.error, 'atMs' in looked ? looked.atMs : await ctx.date.now());
    return 'failed';
  }

  sendTo(ctx, 'progress', keyOf(run, name), 'began', id);
  const input: UnitWork = { run, spec: name, unit: id, startedMs: looked.atMs };
  const key = keyOf(run, name, id);
  return (
    (await callUnit<FleetState>(ctx, of, { service: ['move', setting.version], key, input, what: 'move' })) ?? 'failed'
  );
}

/** The time passed for approvals and earlier moves: the state must be the planned one. */
async function lookAgain(
  work: MoveWork,
  { plan, isOpen, acceptUnknown = [] }: PlannedMove,
  open: readonly KeptMove[],
  setting: Setting,
): Promise<{ readonly atMs: number } | { readonly error: StepError; readonly atMs: number }> {
  const looked = await settled(async (signal) => {
    const context = readContext(setting, signal);
    const { provider, account, region } = work.moves;
    const driver = await driversFor(work, setting.driverOf)({ provider, account, region });
    const where = { driver: withAbility(driver, 'moves'), context };
    const how = { accept: acceptUnknown.map((text) => readAccepted(text)), assume: work.spec.assume };
    const kept = open.find((one) => one.plan.move === plan.move);
    if (work.options.rollback === true && kept !== undefined) await requireReturn(kept, where, how);
    else if (!isOpen) await requirePlannedMove(plan, where, how);
    return {};
  });
  return { ...looked, atMs: setting.context.clock.now() };
}

/** What is asked before the moves of a place are made. */
function questionsOfMoves(
  { approvals, options, moves: { account, region } }: Pick<MoveWork, 'approvals' | 'options' | 'moves'>,
  planned: readonly PlannedMove[],
): readonly Question[] {
  if (planned.length === 0 || !approvals.includes('move')) return [];

  const question = planned.flatMap(({ plan: { from, to, units, widen }, isOpen }) => {
    const does = options.rollback === true ? 'return to' : isOpen ? 'continue to' : 'move to';
    const link = options.rollback === true ? from.id : to.id;
    const parts = units.slice(0, MOST_PARTS).map(({ name }) => name);
    const more = units.length > MOST_PARTS ? ` and ${units.length - MOST_PARTS} more` : '';
    const added = widen.map(({ id }) => `${account} ${region}: first ${id}`);
    return [`${account} ${region}: ${does} ${link}: ${parts.join(', ')}${more}`, ...added];
  });
  return [{ kind: 'move', question }];
}

/** How many parts of a move a question names. */
const MOST_PARTS = 20;
