import type { DriverPlace, RunEvent, Unit } from '@postern/core/internal/library';
import {
  executeUnit,
  stepError,
  stillPlannedNow,
  type Run,
  type UnitResult,
  type StepCounts,
} from '@postern/core/internal/engine';
import * as restate from '@restatedev/restate-sdk';
import { keyOf, serviceName } from '../engine/ingress.js';
import type { UnitState, FleetState } from '../model.js';
import { restateRunner, type Timed } from '../worker/restate-runner.js';
import type { Setting } from '../worker/failures.js';
import { driversFor, identityOf, placeOfUnit, specOf, type SpecWork, unitOf } from '../worker/works.js';
import type { BroughtGoal } from '../brought/names.js';
import { KEPT, sendTo } from './calls.js';
import type { UnitEnd } from './progress.js';

/** What a unit's workflow is started with: all else is read from the workflow of its spec. */
export type UnitWork = {
  readonly run: string;
  readonly spec: string;
  readonly unit: string;
  /** When it was started, on the clock of the clouds. */
  readonly startedMs: number;
  /** What those came to that it depends on, by their IDs. */
  readonly before?: readonly (readonly [unit: string, result: UnitResult])[] | undefined;
};

/** The service of the units of one kind. Each ends with an answer, whatever happens. */
export const serviceOfUnits = <I, O>(
  kind: 'unit' | 'move' | BroughtGoal,
  { version }: Setting,
  how: object,
  run: (ctx: restate.WorkflowContext, given: I) => Promise<O>,
) =>
  restate.workflow({
    name: serviceName([kind, version]),
    options: { ...KEPT, ...how },
    handlers: {
      run,
      /** Ends the waits of a unit, and lets it begin no further step. */
      stop: (ctx: restate.WorkflowSharedContext): Promise<void> => ctx.promise<boolean>('stop').resolve(true),
    },
  });

/** What a unit is carried out with. Its clock is that of the answers that were recorded last. */
export interface UnitOnEngine {
  readonly run: Run;
  readonly clock: Setting['context']['clock'];
}

/** Where a unit is carried out, and of which work. */
export interface UnitPlace {
  readonly work: SpecWork;
  readonly place: DriverPlace;
  readonly setting: Setting;
}

/**
 * Carries out a unit on the engine. What fails outside of steps fails again however often it is tried, because it depends on recorded
 * answers only: `orFailed` says what came of the unit then. Returns also whether it was stopped, and when it ended.
 */
export async function onEngine<T>(
  ctx: restate.WorkflowContext,
  { run: name, spec, unit, startedMs, before }: UnitWork,
  { work, place, setting }: UnitPlace,
  execute: (tools: UnitOnEngine) => Promise<T>,
  orFailed: (error: unknown, nowMs: number) => T,
): Promise<{ readonly value: T; readonly wasStopped: boolean; readonly nowMs: number }> {
  const { account = '' } = place;
  const of = { run: name, spec, unit, project: work.spec.project, place, account, startedMs, before };
  const { lookUntilMs } = work;
  const { run, nowMs, end } = restateRunner(ctx, { ...of, identity: identityOf(work, place), lookUntilMs }, setting);
  const clock = { ...setting.context.clock, now: nowMs, monotonicMs: nowMs };
  let value: T;
  try {
    value = await execute({ run, clock });
  } catch (error) {
    if (error instanceof restate.RestateError) throw error;

    value = orFailed(error, nowMs());
  } finally {
    end();
  }
  return { value, wasStopped: (await ctx.promise<boolean>('stop').peek()) === true, nowMs: nowMs() };
}

/** A unit of a plan. */
export const unitService = (setting: Setting) =>
  serviceOfUnits<UnitWork, Timed<UnitResult>>('unit', setting, {}, async (ctx, given) => {
    const { run, spec, unit: id } = given;
    const work = await setting.works.of(run, spec);
    const unit = unitOf(work, id);
    const place = placeOfUnit(work, unit);
    const drivers = driversFor(work, setting.driverOf);
    const events: RunEvent[] = [];
    const key = { run, spec, unit: id };
    const { value, wasStopped, nowMs } = await onEngine(
      ctx,
      given,
      { work, place, setting },
      async ({ run: runner, clock }) =>
        executeUnit(work.plan, unit, {
          run: runner,
          driver: await drivers(place),
          account: unit.account,
          context: { clock },
          emit: (event: RunEvent) => {
            events.push(event);
            setting.news.events(key, events);
          },
          drain: work.options.drain,
          probe: work.options.probe,
          callGateway: setting.callGateway,
          stillPlanned: stillPlannedNow(work.plan, () => specOf(work, drivers), drivers),
        }),
      (error, atMs): UnitResult => {
        const { failed, ...counts } = brokenOff(unit, events);
        events.push(failedEvent(id, failed, error, atMs));
        return { ...counts, failed: 1, links: [] };
      },
    );
    setting.news.ended(key);
    const state = stateOf(work.name, unit, value, events, wasStopped);
    sendTo(ctx, 'progress', keyOf(run, spec), 'ended', { state, events } satisfies UnitEnd);
    return { value, t: nowMs };
  });

/** Of a unit that an error has broken off: the step that failed, and how many were done before and not tried after it. */
function brokenOff({ id, steps }: Unit, events: readonly RunEvent[]) {
  const done = new Set(events.flatMap((event) => (event.type === 'step.done' ? [event.step] : [])));
  const started = events.findLast((event) => event.type === 'step.started');
  const failed = started?.type === 'step.started' && !done.has(started.step) ? started.step : (steps[0]?.id ?? id);
  return { failed, done: done.size, skipped: Math.max(0, steps.length - done.size - 1) };
}

/** The event of a unit that could not begin. */
export function failedEvent(
  unit: string,
  step: string,
  error: unknown,
  atMs: number,
): Extract<RunEvent, { readonly type: 'step.failed' }> {
  return { type: 'step.failed', at: new Date(atMs).toISOString(), unit, step, error: stepError(error) };
}

function stateOf(
  spec: string,
  unit: Unit,
  { done, failed, skipped }: UnitResult,
  events: readonly RunEvent[],
  wasStopped: boolean,
): UnitState {
  const failure = events.find((event) => event.type === 'step.failed');
  const isCanceled = wasStopped && (failed > 0 || skipped > 0);
  const state = isCanceled ? 'canceled' : failed > 0 ? 'failed' : skipped > 0 ? 'skipped' : 'done';
  return {
    ...unitState(spec, unit, state, { done, failed, skipped }),
    ...(failure === undefined ? {} : { error: failure.error }),
  };
}

/** What is known of a unit of a spec. */
export function unitState(spec: string, unit: Unit, state: FleetState, counts: StepCounts): UnitState {
  const { id, provider, account, region, steps } = unit;
  return { id: `${spec}/${id}`, spec, unit: id, provider, account, region, state, steps: steps.length, ...counts };
}
