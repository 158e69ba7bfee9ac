import type { Finding, RunEvent } from '@postern/core/internal/library';
import type { EventError } from '@postern/core/internal/plan';
import * as restate from '@restatedev/restate-sdk';
import { SERVICE } from '../engine/ingress.js';
import type { FleetEvent, FleetState, Retried, SpecState, StateCounts, UnitEvent, UnitState } from '../model.js';
import { sendTo } from './calls.js';

/** What is written about a spec at its start: its run, and its units in the order of its plan. */
export type ProgressStart = { readonly run: string; readonly spec: string; readonly units: readonly UnitState[] };

/** The last state of a unit, and all of its events. None: the events that were recorded before. */
export type UnitEnd = { readonly state: UnitState; readonly events: readonly UnitEvent[] };

/** The state of a unit before it ends. */
export type UnitNews = {
  readonly unit: string;
  readonly events?: readonly RunEvent[] | undefined;
  readonly retried?: Retried | undefined;
};

/** The spec, and how many of its units have which state. */
type Summary = {
  readonly run: string;
  readonly spec: string;
  readonly size: number;
  readonly counts: StateCounts;
  /** The units that have ended since the run got the counts; absent where nothing has changed since. */
  readonly untold?: readonly string[];
};

/** What all units of a spec came to. */
export type ProgressOutcome = Pick<SpecState, 'units' | 'failed'>;

/** So many failures of a spec are kept with the run; all are with the units. */
const MOST_FAILED = 5;

/** The run gets the counts of a spec so often at most, in milliseconds: the object of the run has one caller at a time. */
const TELL_EVERY_MS = 2_000;

/** So many units are one value of the object: the end of a unit rewrites no more. */
const PART = 50;
const partOf = (at: number): string => `units:${Math.floor(at / PART)}`;

/** What the units of a spec have come to, their events, and what a check has found. */
export const progress = restate.object({
  name: SERVICE.progress,
  options: { enableLazyState: true },
  handlers: {
    start: async (ctx: restate.ObjectContext, { run, spec, units }: ProgressStart): Promise<void> => {
      const counts = countStates(units);
      ctx.set<Summary>('summary', { run, spec, size: units.length, counts });
      for (let at = 0; at < units.length; at += PART) ctx.set(partOf(at), units.slice(at, at + PART));
      sendTo(ctx, 'fleet', run, 'spec', { name: spec, units: counts });
      await Promise.resolve();
    },
    ended: async (ctx: restate.ObjectContext, { state, events }: UnitEnd): Promise<void> => {
      if (events.length > 0) ctx.set(`events:${state.unit}`, events);
      await change(ctx, state.unit, () => state);
    },
    /** A unit has begun whose turn was later than the start. */
    began: (ctx: restate.ObjectContext, unit: string): Promise<void> =>
      change(ctx, unit, (state) => ({ ...state, state: 'running' })),
    /** Tells what has changed since it was told last. */
    tell: async (ctx: restate.ObjectContext): Promise<void> => {
      await tell(ctx);
    },
    /** Of specs that began on workers of version 4. */
    counts: (ctx: restate.ObjectContext): Promise<StateCounts> => tell(ctx),
    /** The counts and the first failures, once no unit goes on: the run needs them with the end of the spec. */
    outcome: async (ctx: restate.ObjectContext): Promise<ProgressOutcome> => {
      const units = await tell(ctx);
      if (units.failed === undefined) return { units };

      const failed = (await unitsOf(ctx)).flatMap(({ unit, error }) => (error === undefined ? [] : [{ unit, error }]));
      return { units, failed: failed.slice(0, MOST_FAILED) };
    },
    /** Adds events of a unit that takes long. */
    happened: async (
      ctx: restate.ObjectContext,
      { unit, events }: { readonly unit: string; readonly events: readonly UnitEvent[] },
    ): Promise<void> => {
      const before = (await ctx.get<readonly UnitEvent[]>(`events:${unit}`)) ?? [];
      ctx.set(`events:${unit}`, [...before, ...events]);
    },
    /** What a worker reports of units that have not ended. */
    going: async (ctx: restate.ObjectContext, news: readonly UnitNews[]): Promise<void> => {
      const summary = await ctx.get<Summary>('summary');
      if (summary === null) return;

      for (const { unit, events = [], retried } of news) {
        const found = await find(ctx, summary, unit);
        if (found?.state.state !== 'running') continue;

        const before = (await ctx.get<readonly UnitEvent[]>(`events:${unit}`)) ?? [];
        if (events.length > before.length) ctx.set(`events:${unit}`, events);
        if (retried === undefined) continue;

        found.put({ ...found.state, retried });
        sendTo(ctx, 'fleet', summary.run, 'retried', { spec: summary.spec, retried: { ...retried, unit } });
      }
    },
    found: async (ctx: restate.ObjectContext, findings: readonly Finding[]): Promise<void> => {
      ctx.set('findings', findings);
      await Promise.resolve();
    },
    /** Its workflow was ended in the engine, or has no worker any more, and the units with it. */
    lost: async (
      ctx: restate.ObjectContext,
      { state: to, ...error }: EventError & { readonly state: FleetState },
    ): Promise<void> => {
      for (const { unit, state } of await unitsOf(ctx)) {
        if (state === 'running') await change(ctx, unit, (one) => ({ ...one, state: to, error }));
        if (state === 'waiting') await change(ctx, unit, (one) => ({ ...one, state: 'skipped' }));
      }
    },
    /** The run is not kept any longer. */
    forget: async (ctx: restate.ObjectContext): Promise<void> => {
      ctx.clearAll();
      await Promise.resolve();
    },
    units: restate.handlers.object.shared((ctx: restate.ObjectSharedContext) => unitsOf(ctx)),
    events: restate.handlers.object.shared(
      async (ctx: restate.ObjectSharedContext, unit: string | null): Promise<readonly FleetEvent[]> => {
        const { spec = '' } = (await ctx.get<Summary>('summary')) ?? {};
        const names = unit === null ? (await unitsOf(ctx)).map((one) => one.unit) : [unit];
        const events: FleetEvent[] = [];
        for (const name of names) {
          const own = (await ctx.get<readonly UnitEvent[]>(`events:${name}`)) ?? [];
          for (const event of own) events.push({ ...event, spec });
        }
        return events;
      },
    ),
    findings: restate.handlers.object.shared(
      async (ctx: restate.ObjectSharedContext): Promise<readonly Finding[]> =>
        (await ctx.get<readonly Finding[]>('findings')) ?? [],
    ),
  },
});

async function unitsOf(ctx: restate.ObjectSharedContext): Promise<readonly UnitState[]> {
  const { size = 0 } = (await ctx.get<Summary>('summary')) ?? {};
  const units: UnitState[] = [];
  for (let at = 0; at < size; at += PART) units.push(...((await ctx.get<readonly UnitState[]>(partOf(at))) ?? []));
  return units;
}

async function find(ctx: restate.ObjectContext, { size }: Summary, unit: string) {
  for (let at = 0; at < size; at += PART) {
    const part = (await ctx.get<readonly UnitState[]>(partOf(at))) ?? [];
    const state = part.find((one) => one.unit === unit);
    if (state === undefined) continue;

    const put = (to: UnitState): void =>
      ctx.set(
        partOf(at),
        part.map((one) => (one === state ? to : one)),
      );
    return { state, put };
  }
  return undefined;
}

async function change(ctx: restate.ObjectContext, unit: string, to: (state: UnitState) => UnitState): Promise<void> {
  const summary = await ctx.get<Summary>('summary');
  const found = summary === null ? undefined : await find(ctx, summary, unit);
  if (summary === null || found === undefined) return;

  const { retried: _over, ...before } = found.state;
  const now = to(before);
  found.put(now);
  const { untold } = summary;
  const ended = now.state === 'running' ? [] : [unit];
  const counts = moved(summary.counts, before.state, now.state);
  ctx.set<Summary>('summary', { ...summary, counts, untold: [...(untold ?? []), ...ended] });
  if (untold === undefined) sendTo(ctx, 'progress', ctx.key, 'tell', null, TELL_EVERY_MS);
}

async function tell(ctx: restate.ObjectContext): Promise<StateCounts> {
  const summary = await ctx.get<Summary>('summary');
  if (summary === null) return {};

  const { untold, ...told } = summary;
  const { run, spec, counts } = told;
  if (untold === undefined) return counts;

  ctx.set<Summary>('summary', told);
  sendTo(ctx, 'fleet', run, 'spec', { name: spec, units: counts, ended: untold });
  return counts;
}

/** The counts after one has changed its state. */
function moved(counts: StateCounts, from: FleetState, to: FleetState): StateCounts {
  const { [from]: before = 1, ...others } = counts;
  const left: StateCounts = before > 1 ? { ...others, [from]: before - 1 } : others;
  return { ...left, [to]: (left[to] ?? 0) + 1 };
}

/** How many of some have which state. */
export function countStates(list: readonly { readonly state: FleetState }[]): StateCounts {
  const counts: Partial<Record<FleetState, number>> = {};
  for (const { state } of list) counts[state] = (counts[state] ?? 0) + 1;
  return counts;
}
