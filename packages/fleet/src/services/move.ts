import { withAbility } from '@postern/core/internal/driver';
import {
  executeMove,
  readAccepted,
  type ExecutedMove,
  type KeptMove,
  requirePlannedMove,
  requireReturn,
} from '@postern/core/internal/moves';
import * as restate from '@restatedev/restate-sdk';
import { keyOf } from '../engine/ingress.js';
import type { FleetState, MovedUnit, UnitEvent, UnitState } from '../model.js';
import { driversFor, type MoveWork, type PlannedMove, type SpecWork } from '../worker/works.js';
import { callHandler, sendTo } from './calls.js';
import { placeKey, inPlace, callUnit, failUnit, isCanceled, preparePlace, type SpecEnds } from './place-work.js';
import { serviceOfUnits, type UnitWork } from './unit.js';
import type { StepError } from '@postern/core/internal/engine';
import { type Setting, whileReading, readContext, settled, recordedRead } from '../worker/failures.js';
import { planMoves } from '../worker/plan-moves.js';
import type { Question } from './history.js';

/** A move. It ends with the state of its unit, whatever happens. */
export const moveService = (setting: Setting, replaysAlways: boolean) =>
  serviceOfUnits<UnitWork, FleetState>('move', setting, whileReading(replaysAlways), async (ctx, given) => {
    const { run, spec, unit: id } = given;
    const work = await setting.works.of<MoveWork>(run, spec);
    const planned = work.planned.find((one) => one.id === id);
    if (planned === undefined) throw new restate.TerminalError(`move ${id} is not in the plan`);

    const { plan, isOpen } = planned;
    const { provider, account, region } = work.moves;
    const place = { provider, account, region };
    const key = placeKey(place);
    const open = isOpen ? await callHandler<readonly KeptMove[]>(ctx, 'moves', key, 'open') : [];
    const ended = await inPlace(ctx, given, { work, place, setting }, async ({ run: runner, clock, note, tell }) =>
      executeMove(plan, {
        ...optionsOf(planned, work),
        run: runner,
        driver: withAbility(await driversFor(work, setting.driverOf)(place), 'moves'),
        clock,
        kept: open.find((one) => one.plan.move === plan.move),
        callGateway: setting.callGateway,
        emit: (event) => {
          note(event);
          if (event.type === 'move.phase') tell();
        },
      }),
    );
    const { value: executed } = ended;
    const state = stateOf(spec, planned, executed, { ...ended, back: work.options.rollback === true });
    // What is open must be known before the run ends, and the next one begins.
    if (executed?.kept !== undefined) await callHandler(ctx, 'moves', key, 'keep', executed.kept);
    else if (executed !== undefined) await callHandler(ctx, 'moves', key, 'ended', plan.move);
    sendTo(ctx, 'progress', keyOf(run, spec), 'ended', { state, events: [] });
    return state.state;
  });

/** How a move is carried out. What the command says comes before what the file says. */
function optionsOf(
  { canary, batch, pauseMs, drainMs, probePath, acceptUnknown = [] }: PlannedMove,
  { options, spec: { assume } }: SpecWork,
) {
  return {
    canary,
    batch,
    pauseMs,
    probePath,
    assume,
    accept: acceptUnknown.map((text) => readAccepted(text)),
    drainMs: options.drain === undefined ? drainMs : options.drain * 1_000,
    probe: options.probe,
    back: options.rollback,
  };
}

/** The unit of a move before it begins, or where it is not begun. */
function moveUnit(spec: string, planned: PlannedMove, state: FleetState): UnitState {
  const { id, plan } = planned;
  const { provider, account, region, units } = plan;
  const counts = { steps: units.length, done: 0, failed: 0, skipped: state === 'skipped' ? units.length : 0 };
  return { id: `${spec}/${id}`, spec, unit: id, provider, account, region, state, ...counts, moved: movedBy(planned) };
}

function movedBy({ plan: { from, to, units } }: PlannedMove): MovedUnit {
  return { from: from.id, to: to.id, parts: units.map(({ name }) => name) };
}

function stateOf(
  spec: string,
  planned: PlannedMove,
  executed: ExecutedMove | undefined,
  {
    wasStopped,
    events,
    back,
  }: { readonly wasStopped: boolean; readonly events: readonly UnitEvent[]; readonly back: boolean },
): UnitState {
  const unit = moveUnit(spec, planned, 'failed');
  const failure = events.findLast((event) => event.type === 'step.failed');
  if (executed === undefined) return { ...unit, failed: 1, ...(failure === undefined ? {} : { error: failure.error }) };

  const { result } = executed;
  const isDone = result.state === (back ? 'rolled-back' : 'finished');
  const state = isDone ? 'done' : wasStopped ? 'canceled' : 'failed';
  const [first] = result.failures;
  const left = back ? result.onNew.length : result.onOld.length;
  return {
    ...unit,
    state,
    done: unit.steps - left,
    failed: result.failures.length,
    skipped: isDone ? 0 : left,
    ...(first === undefined || isDone ? {} : { error: { code: first.code, message: first.message } }),
    moved: { ...movedBy(planned), result },
  };
}

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
