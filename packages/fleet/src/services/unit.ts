import type { RunEvent, Unit } from '@postern/core/internal/library';
import {
  executeUnit,
  stepError,
  stillPlannedNow,
  type UnitResult,
  type StepCounts,
} from '@postern/core/internal/engine';
import * as restate from '@restatedev/restate-sdk';
import { keyOf, serviceName } from '../engine/names.js';
import type { UnitState, FleetState } from '../model.js';
import { restateRunner, type Timed } from '../worker/restate-runner.js';
import type { Setting } from '../worker/settled.js';
import { driversFor, identityOf, placeOfUnit, specOf, unitOf } from '../worker/works.js';
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

/** A unit of a plan. It ends with a result, whatever happens. */
export const unitService = (setting: Setting) =>
  restate.workflow({
    name: serviceName(['unit', setting.version]),
    options: KEPT,
    handlers: {
      run: async (
        ctx: restate.WorkflowContext,
        { run, spec, unit: id, startedMs, before }: UnitWork,
      ): Promise<Timed<UnitResult>> => {
        const work = await setting.works.of(run, spec);
        const unit = unitOf(work, id);
        const place = placeOfUnit(work, unit);
        const drivers = driversFor(work, setting.driverOf);
        const events: RunEvent[] = [];
        const key = { run, spec, unit: id };
        const {
          run: runner,
          nowMs,
          end,
        } = restateRunner(
          ctx,
          {
            ...key,
            project: work.spec.project,
            place,
            account: unit.account,
            identity: identityOf(work, place),
            startedMs,
            lookUntilMs: work.lookUntilMs,
            before,
          },
          setting,
        );
        const clock = { ...setting.context.clock, now: nowMs, monotonicMs: nowMs };
        const options = {
          run: runner,
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
        };
        let result: UnitResult;
        try {
          result = await executeUnit(work.plan, unit, { ...options, driver: await drivers(place) });
        } catch (error) {
          // What fails outside of steps fails again however often it is tried: it depends on recorded answers only.
          if (error instanceof restate.RestateError) throw error;

          const { failed, ...counts } = brokenOff(unit, events);
          events.push(failedEvent(id, failed, error, nowMs()));
          result = { ...counts, failed: 1, links: [] };
        } finally {
          end();
        }
        setting.news.ended(key);
        const wasStopped = (await ctx.promise<boolean>('stop').peek()) === true;
        const state = stateOf(work.name, unit, result, events, wasStopped);
        sendTo(ctx, 'progress', keyOf(run, spec), 'ended', { state, events } satisfies UnitEnd);
        return { value: result, t: nowMs() };
      },
      /** Ends the waits of a unit, and lets it begin no further step. */
      stop: (ctx: restate.WorkflowSharedContext): Promise<void> => ctx.promise<boolean>('stop').resolve(true),
    },
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
