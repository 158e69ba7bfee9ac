import type { StepError } from '@postern/core/engine';
import * as restate from '@restatedev/restate-sdk';
import { keyOf } from '../engine/names.js';
import type { FleetState, SpecState, UnitState } from '../model.js';
import type { Wish } from '../worker/control.js';
import { recordedRead } from '../worker/failures.js';
import type { Setting } from '../worker/setting.js';
import type { SpecWork } from '../worker/works.js';
import { askFor, type Question } from './ask-for.js';
import { callHandler, sendTo } from './calls.js';
import { placeKey, type Place } from './open-in-place.js';
import { failedEvent } from './unit.js';

// What moves and hand-overs share: those of an account and region are planned together, approved together, and made one after the other.

/** How a spec says what it has come to. */
export interface SpecEnds {
  readonly tell: (change: Partial<SpecState>) => void;
  readonly end: (state: FleetState, change?: Partial<SpecState>) => Promise<FleetState>;
}

/** What is planned in a place. */
type Planned<P> = {
  readonly planned: readonly P[];
  readonly unchanged: number;
  readonly findings: Readonly<Record<string, number>>;
};

/** How the work of a place is planned and asked about. */
interface Preparation<P, K> {
  /** Where it is kept what earlier runs began. */
  readonly kept: 'moves' | 'handovers';
  readonly place: Place;
  readonly plan: (open: readonly K[]) => Promise<Planned<P> | { readonly error: StepError }>;
  readonly questions: (planned: readonly P[]) => readonly Question[];
  readonly unit: (planned: P) => UnitState;
}

/** Plans the work of an account and region, asks about it, and writes down its units. Undefined: it has ended. */
export async function preparePlace<P, K>(
  ctx: restate.WorkflowContext,
  given: SpecWork,
  setting: Setting,
  { kept, place, plan, questions, unit }: Preparation<P, K>,
  { tell, end }: SpecEnds,
): Promise<{ readonly planned: readonly P[] } | { readonly ended: FleetState }> {
  const { run, name } = given;
  const open = await callHandler<readonly K[]>(ctx, kept, placeKey(place), 'open');
  const found = await recordedRead(ctx, setting, 'plan', () => plan(open));
  if ('error' in found) return { ended: await end('failed', { error: found.error }) };
  const { planned, unchanged, findings } = found;
  tell({ findings, unchanged });
  const [refused] = await askFor(ctx, given, questions(planned), () => tell({ state: 'asking' }));
  if (refused !== undefined) {
    const state = (await isCanceled(ctx, run)) ? 'canceled' : 'skipped';
    return { ended: await end(state, { error: refused.error }) };
  }
  ctx.set('work', { ...given, planned });
  sendTo(ctx, 'progress', keyOf(run, name), 'start', { run, spec: name, units: planned.map(unit) });
  tell({ state: 'running' });
  return { planned };
}

/** Whether a user has canceled the run. */
export async function isCanceled(ctx: restate.WorkflowContext, run: string): Promise<boolean> {
  return (await callHandler<Wish>(ctx, 'fleet', run, 'wish')) === 'cancel';
}

/** The unit of a place that goes on. */
interface CalledUnit {
  readonly run: string;
  readonly name: string;
  readonly unit: UnitState;
}

/** Ends a unit that could not begin, or that an operator has ended. */
export function failUnit(
  ctx: restate.WorkflowContext,
  { run, name, unit }: CalledUnit,
  error: StepError,
  atMs: number,
): void {
  const state: UnitState = { ...unit, state: 'failed', failed: 1, error };
  const events = [failedEvent(unit.unit, `begin ${unit.unit}`, error, atMs)];
  sendTo(ctx, 'progress', keyOf(run, name), 'ended', { state, events });
}

/** Carries a unit out in a workflow of its own. Undefined: an operator has ended that in the engine, and the unit has failed. */
export async function callUnit<T>(
  ctx: restate.WorkflowContext,
  of: CalledUnit,
  {
    service,
    key,
    input,
    what,
  }: {
    readonly service: 'move' | 'handover';
    readonly key: string;
    readonly input: { readonly startedMs: number };
    readonly what: string;
  },
): Promise<T | undefined> {
  try {
    return await callHandler<T>(ctx, service, key, 'run', input);
  } catch (error) {
    if (!(error instanceof restate.TerminalError)) throw error;
    failUnit(ctx, of, { code: 'ABORTED', message: `an operator has ended the ${what} in the engine` }, input.startedMs);
    return undefined;
  }
}
