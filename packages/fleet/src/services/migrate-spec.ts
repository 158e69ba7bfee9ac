import type { StepError } from '@postern/core/engine';
import { parseAccepted, requirePlannedMove, requireReturn, type KeptMove } from '@postern/core/moves';
import * as restate from '@restatedev/restate-sdk';
import { keyOf } from '../engine/names.js';
import type { FleetState, SpecState } from '../model.js';
import type { Wish } from '../worker/control.js';
import { planMoves } from '../worker/plan-moves.js';
import { recordedRead } from '../worker/failures.js';
import type { Setting } from '../worker/setting.js';
import { readContext, settled } from '../worker/settled.js';
import { driversFor, type MoveWork, type PlannedMove, type SpecWork } from '../worker/works.js';
import { askFor, type Question } from './ask-for.js';
import { callHandler, sendTo } from './calls.js';
import { moveUnit, placeKey } from './move.js';
import { failedEvent, type UnitWork } from './unit.js';

/** How a spec says what it has come to. */
type Tell = (change: Partial<SpecState>) => void;
type End = (state: FleetState, change?: Partial<SpecState>) => Promise<FleetState>;

/**
 * The moves of an account and region: they are planned together, approved together, and made one after the other. The first that fails
 * ends them.
 */
export async function migrateSpec(
  ctx: restate.WorkflowContext,
  given: SpecWork,
  setting: Setting,
  { tell, end }: { readonly tell: Tell; readonly end: End },
): Promise<FleetState> {
  const { moves } = given;
  if (moves === undefined) return end('failed', { error: { code: 'INTERNAL', message: `${given.name} has no moves` } });
  const unplanned = { ...given, moves };
  const open = await callHandler<readonly KeptMove[]>(ctx, 'moves', placeKey(moves), 'open');
  const found = await recordedRead(ctx, setting, 'plan', () => planMoves(unplanned, open, setting));
  if ('error' in found) return end('failed', { error: found.error });
  const { planned, unchanged, findings } = found;
  tell({ findings, unchanged });
  const questions = questionsOfMoves(unplanned, planned);
  const [refused] = await askFor(ctx, given, questions, () => tell({ state: 'asking' }));
  if (refused !== undefined) {
    const wish = await callHandler<Wish>(ctx, 'fleet', given.run, 'wish');
    return end(wish === 'cancel' ? 'canceled' : 'skipped', { error: refused.error });
  }
  const work: MoveWork = { ...unplanned, planned };
  ctx.set<MoveWork>('work', work);
  const { run, name } = work;
  const units = planned.map((one) => moveUnit(name, one, 'waiting'));
  sendTo(ctx, 'progress', keyOf(run, name), 'start', { run, spec: name, units });
  tell({ state: 'running' });
  let state: FleetState = 'done';
  for (const one of planned) {
    if (state === 'done' && (await callHandler<Wish>(ctx, 'fleet', run, 'wish')) === 'cancel') state = 'canceled';
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
  const key = keyOf(run, name);
  const fail = (state: FleetState, error: StepError, atMs: number): FleetState => {
    const unit = { ...moveUnit(name, planned, state), failed: 1, error };
    sendTo(ctx, 'progress', key, 'ended', { state: unit, events: [failedEvent(id, `begin ${id}`, error, atMs)] });
    return state;
  };
  const open = planned.isOpen ? await callHandler<readonly KeptMove[]>(ctx, 'moves', placeKey(work.moves), 'open') : [];
  const looked = await recordedRead(ctx, setting, `look again at ${id}`, () => lookAgain(work, planned, open, setting));
  if ('error' in looked) return fail('failed', looked.error, 'atMs' in looked ? looked.atMs : await ctx.date.now());
  sendTo(ctx, 'progress', key, 'began', id);
  const input: UnitWork = { run, spec: name, unit: id, startedMs: looked.atMs };
  try {
    return await callHandler<FleetState>(ctx, 'move', keyOf(run, name, id), 'run', input);
  } catch (error) {
    if (!(error instanceof restate.TerminalError)) throw error;
    return fail('failed', { code: 'ABORTED', message: 'an operator has ended the move in the engine' }, looked.atMs);
  }
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
    const where = { driver: await driversFor(work, setting.driverOf)({ provider, account, region }), context };
    const how = { accept: acceptUnknown.map((text) => parseAccepted(text)), assume: work.spec.assume };
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
