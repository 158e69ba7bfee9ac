import type { StepError } from '@postern/core/internal/engine';
import * as restate from '@restatedev/restate-sdk';
import { keyOf, SERVICE } from '../engine/ingress.js';
import type { BroughtGoal, BroughtKey } from '../brought/names.js';
import type { FleetState, SpecState, UnitState, UnitEvent } from '../model.js';
import type { Wish } from '../worker/worker-processes.js';
import { recordedRead, type Setting } from '../worker/failures.js';
import type { SpecWork } from '../worker/works.js';
import { askFor, type Question } from './history.js';
import { callHandler, sendTo } from './calls.js';
import { failedEvent, onEngine, type UnitOnEngine, type UnitPlace, type UnitWork } from './unit.js';
import type { KeptMove } from '@postern/core/internal/moves';

export type Place = { readonly provider: string; readonly account: string; readonly region: string };

/** The key of what is open in a place. */
export const placeKey = ({ provider, account, region }: Place): string => keyOf(provider, account, region);

/**
 * What has begun in an account and region and not ended, by its own ID. It is to runs of a fleet what a journal is to commands of one
 * machine: a later run continues it, or returns.
 */
export const openInPlace = <N extends string, T>(name: N, idOf: (kept: T) => string) =>
  restate.object({
    name,
    options: { enableLazyState: true },
    handlers: {
      open: restate.handlers.object.shared(async (ctx: restate.ObjectSharedContext): Promise<readonly T[]> => {
        const open: T[] = [];
        for (const id of await ctx.stateKeys()) {
          const kept = await ctx.get<T>(id);
          if (kept !== null) open.push(kept);
        }
        return open;
      }),
      keep: async (ctx: restate.ObjectContext, kept: T): Promise<void> => {
        ctx.set<T>(idOf(kept), kept);
        await Promise.resolve();
      },
      ended: async (ctx: restate.ObjectContext, id: string): Promise<void> => {
        ctx.clear(id);
        await Promise.resolve();
      },
    },
  });

/** The moves of an account and region that have begun and not ended, by the ID of the move. */
export const moves = openInPlace<typeof SERVICE.moves, KeptMove>(SERVICE.moves, ({ plan }) => plan.move);

// What moves and the kinds of work that clouds bring share: what is in one account and region is planned together, approved together, and
// made one after the other.

/** Reports the state and the end of a spec. */
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
  readonly kept: 'moves' | BroughtKey;
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
    readonly service: readonly ['move' | BroughtGoal, version: string];
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

/** What the workflow of a unit of a place works with. */
export interface PlaceUnit extends UnitOnEngine {
  /** Keeps an event until `tell`. */
  readonly note: (event: UnitEvent) => void;
  /** Sends what happened since to the record of the spec. */
  readonly tell: () => void;
  readonly events: () => readonly UnitEvent[];
}

/** Carries out one unit of an account and region. Undefined, with an event, where it fails outside of steps. */
export async function inPlace<T>(
  ctx: restate.WorkflowContext,
  given: UnitWork,
  at: UnitPlace,
  execute: (tools: PlaceUnit) => Promise<T>,
): Promise<{ readonly value: T | undefined; readonly wasStopped: boolean; readonly events: readonly UnitEvent[] }> {
  const { run, spec, unit } = given;
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
  const { value, wasStopped } = await onEngine<T | undefined>(
    ctx,
    given,
    at,
    (tools) => execute({ ...tools, note, tell, events: () => all }),
    (error, atMs) => void note(failedEvent(unit, unit, error, atMs)),
  );
  tell();
  return { value, wasStopped, events: all };
}
