import { withAbility } from '@postern/core/internal/driver';
import { executeMove, readAccepted, type ExecutedMove, type KeptMove } from '@postern/core/internal/moves';
import * as restate from '@restatedev/restate-sdk';
import { keyOf } from '../engine/names.js';
import type { FleetState, MovedUnit, UnitEvent, UnitState } from '../model.js';
import { type Setting, whileReading } from '../worker/settled.js';
import { driversFor, type MoveWork, type PlannedMove, type SpecWork } from '../worker/works.js';
import { callHandler, sendTo } from './calls.js';
import { placeKey, inPlace } from './place-work.js';
import { serviceOfUnits, type UnitWork } from './unit.js';

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
export function moveUnit(spec: string, planned: PlannedMove, state: FleetState): UnitState {
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
