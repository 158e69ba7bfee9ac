import { executeMove, parseAccepted, type ExecutedMove, type KeptMove, type MoveEvent } from '@postern/core/moves';
import * as restate from '@restatedev/restate-sdk';
import { SERVICE, keyOf } from '../engine/names.js';
import type { FleetState, MovedUnit, UnitState } from '../model.js';
import { restateRunner } from '../worker/restate-runner.js';
import type { Setting } from '../worker/setting.js';
import { READ_MS } from '../worker/settled.js';
import { driversFor, identityOf, type MoveWork, type PlannedMove, type SpecWork } from '../worker/works.js';
import { KEPT, callHandler, sendTo } from './calls.js';
import { failedEvent, type UnitWork } from './unit.js';

/** A move. It ends with the state of its unit, whatever happens. */
export const moveService = (setting: Setting, replaysAlways: boolean) =>
  restate.workflow({
    name: SERVICE.move,
    // As specs: a step may read whole lists.
    options: { ...KEPT, inactivityTimeout: replaysAlways ? 0 : READ_MS + 60_000 },
    handlers: {
      run: async (ctx: restate.WorkflowContext, { run, spec, unit: id, startedMs }: UnitWork): Promise<FleetState> => {
        const work = await setting.works.of<MoveWork>(run, spec);
        const planned = work.planned.find((one) => one.id === id);
        if (planned === undefined) throw new restate.TerminalError(`move ${id} is not in the plan`);
        const { plan, isOpen } = planned;
        const { provider, account, region } = work.moves;
        const place = { provider, account, region };
        const key = placeKey(work.moves);
        const open = isOpen ? await callHandler<readonly KeptMove[]>(ctx, 'moves', key, 'open') : [];
        const {
          run: runner,
          nowMs,
          end,
        } = restateRunner(
          ctx,
          {
            run,
            spec,
            unit: id,
            project: work.spec.project,
            place,
            account,
            identity: identityOf(work, place),
            startedMs,
          },
          setting,
        );
        const clock = { ...setting.context.clock, now: nowMs, monotonicMs: nowMs };
        let events: MoveEvent[] = [];
        let executed: ExecutedMove | undefined;
        try {
          executed = await executeMove(plan, {
            ...optionsOf(planned, work),
            run: runner,
            driver: await driversFor(work, setting.driverOf)(place),
            clock,
            kept: open.find((one) => one.plan.move === plan.move),
            callGateway: setting.callGateway,
            emit: (event) => {
              events.push(event);
              if (event.type !== 'move.phase') return;
              sendTo(ctx, 'progress', keyOf(run, spec), 'happened', { unit: id, events });
              events = [];
            },
          });
        } catch (error) {
          if (error instanceof restate.RestateError) throw error;
          events.push(failedEvent(id, plan.units[0]?.name ?? id, error, nowMs()));
        } finally {
          end();
        }
        const wasStopped = (await ctx.promise<boolean>('stop').peek()) === true;
        const state = stateOf(spec, planned, executed, { wasStopped, events, back: work.options.rollback === true });
        // What is open must be known before the run ends, and the next one begins.
        if (executed?.kept !== undefined) await callHandler(ctx, 'moves', key, 'keep', executed.kept);
        else if (executed !== undefined) await callHandler(ctx, 'moves', key, 'ended', plan.move);
        sendTo(ctx, 'progress', keyOf(run, spec), 'happened', { unit: id, events });
        sendTo(ctx, 'progress', keyOf(run, spec), 'ended', { state, events: [] });
        return state.state;
      },
      /** Ends the waits of the move, and lets it begin no further step. */
      stop: (ctx: restate.WorkflowSharedContext): Promise<void> => ctx.promise<boolean>('stop').resolve(true),
    },
  });

/** The key of the open moves of a place. */
export function placeKey({ provider, account, region }: MoveWork['moves']): string {
  return keyOf(provider, account, region);
}

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
    accept: acceptUnknown.map((text) => parseAccepted(text)),
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
  }: { readonly wasStopped: boolean; readonly events: readonly MoveEvent[]; readonly back: boolean },
): UnitState {
  const unit = moveUnit(spec, planned, 'failed');
  const failure = events.find((event) => event.type === 'step.failed');
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
