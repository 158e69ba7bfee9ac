import * as restate from '@restatedev/restate-sdk';
import { keyOf } from '../engine/names.js';
import type { UnitEvent } from '../model.js';
import { restateRunner } from '../worker/restate-runner.js';
import type { Setting } from '../worker/setting.js';
import { identityOf, type SpecWork } from '../worker/works.js';
import { sendTo } from './calls.js';
import type { Place } from './open-in-place.js';
import { failedEvent, type UnitWork } from './unit.js';

/** What the workflow of a move or a hand-over works with. */
export interface PlaceUnit {
  readonly run: ReturnType<typeof restateRunner>['run'];
  readonly clock: Setting['context']['clock'];
  /** Keeps an event until `tell`. */
  readonly note: (event: UnitEvent) => void;
  /** Sends what happened since to the record of the spec. */
  readonly tell: () => void;
  readonly events: () => readonly UnitEvent[];
}

/**
 * Carries out one unit of an account and region. What fails outside of steps fails again however often it is tried, because it depends
 * on recorded answers only: it is an event. Returns what came of it, and whether the unit was stopped.
 */
export async function inPlace<T>(
  ctx: restate.WorkflowContext,
  { run, spec, unit, startedMs }: UnitWork,
  { work, place, setting }: { readonly work: SpecWork; readonly place: Place; readonly setting: Setting },
  execute: (tools: PlaceUnit) => Promise<T>,
): Promise<{ readonly value: T | undefined; readonly wasStopped: boolean; readonly events: readonly UnitEvent[] }> {
  const identity = identityOf(work, place);
  const {
    lookUntilMs,
    spec: { project },
  } = work;
  const of = { run, spec, unit, project, place, account: place.account, identity, startedMs, lookUntilMs };
  const { run: runner, nowMs, end } = restateRunner(ctx, of, setting);
  const clock = { ...setting.context.clock, now: nowMs, monotonicMs: nowMs };
  const all: UnitEvent[] = [];
  let untold: UnitEvent[] = [];
  const note = (event: UnitEvent): void => {
    all.push(event);
    untold.push(event);
  };
  const tell = (): void => {
    if (untold.length > 0) sendTo(ctx, 'progress', keyOf(run, spec), 'happened', { unit, events: untold });
    untold = [];
  };
  let value: T | undefined;
  try {
    value = await execute({ run: runner, clock, note, tell, events: () => all });
  } catch (error) {
    if (error instanceof restate.RestateError) throw error;
    note(failedEvent(unit, unit, error, nowMs()));
  } finally {
    end();
  }
  const wasStopped = (await ctx.promise<boolean>('stop').peek()) === true;
  tell();
  return { value, wasStopped, events: all };
}
