import type { Finding, RunEvent } from '@postern/core';
import type { MoveEvent } from '@postern/core/moves';
import * as restate from '@restatedev/restate-sdk';
import { SERVICE } from '../engine/names.js';
import type { FleetEvent, FleetState, StateCounts, UnitState } from '../model.js';
import { sendTo } from './calls.js';

/** What is written about a spec at its start: its run, and its units. */
export type ProgressStart = { readonly run: string; readonly spec: string; readonly units: readonly UnitState[] };

/** An event without the name of its spec. */
type UnitEvent = RunEvent | MoveEvent;

/** What the units of a spec have come to, their events, and what a check has found. */
export const progress = restate.object({
  name: SERVICE.progress,
  options: { enableLazyState: true },
  handlers: {
    start: async (ctx: restate.ObjectContext, start: ProgressStart): Promise<void> => {
      ctx.set('of', { run: start.run, spec: start.spec });
      ctx.set('units', start.units);
      count(ctx, { run: start.run, spec: start.spec }, start.units);
      await Promise.resolve();
    },
    ended: async (
      ctx: restate.ObjectContext,
      { state, events }: { readonly state: UnitState; readonly events: readonly UnitEvent[] },
    ): Promise<void> => {
      const units = ((await ctx.get<readonly UnitState[]>('units')) ?? []).map((one) =>
        one.id === state.id ? state : one,
      );
      const of = await ctx.get<{ readonly run: string; readonly spec: string }>('of');
      ctx.set('units', units);
      if (events.length > 0) ctx.set(`events:${state.unit}`, events);
      if (of !== null) count(ctx, of, units);
    },
    /** A unit has begun whose turn was later than the start. */
    began: async (ctx: restate.ObjectContext, unit: string): Promise<void> => {
      const units = ((await ctx.get<readonly UnitState[]>('units')) ?? []).map((one) =>
        one.unit === unit ? { ...one, state: 'running' as const } : one,
      );
      const of = await ctx.get<{ readonly run: string; readonly spec: string }>('of');
      ctx.set('units', units);
      if (of !== null) count(ctx, of, units);
    },
    /** Adds events of a unit that takes long. */
    happened: async (
      ctx: restate.ObjectContext,
      { unit, events }: { readonly unit: string; readonly events: readonly UnitEvent[] },
    ): Promise<void> => {
      const before = (await ctx.get<readonly UnitEvent[]>(`events:${unit}`)) ?? [];
      ctx.set(`events:${unit}`, [...before, ...events]);
    },
    found: async (ctx: restate.ObjectContext, findings: readonly Finding[]): Promise<void> => {
      ctx.set('findings', findings);
      await Promise.resolve();
    },
    units: restate.handlers.object.shared(
      async (ctx: restate.ObjectSharedContext): Promise<readonly UnitState[]> =>
        (await ctx.get<readonly UnitState[]>('units')) ?? [],
    ),
    events: restate.handlers.object.shared(
      async (ctx: restate.ObjectSharedContext, unit: string | null): Promise<readonly FleetEvent[]> => {
        const of = await ctx.get<{ readonly spec: string }>('of');
        const units = (await ctx.get<readonly UnitState[]>('units')) ?? [];
        const events: FleetEvent[] = [];
        for (const one of units) {
          if (unit !== null && one.unit !== unit) continue;
          const own = (await ctx.get<readonly UnitEvent[]>(`events:${one.unit}`)) ?? [];
          for (const event of own) events.push({ ...event, spec: of?.spec ?? '' });
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

function count(
  ctx: restate.ObjectContext,
  of: { readonly run: string; readonly spec: string },
  units: readonly UnitState[],
): void {
  sendTo(ctx, 'fleet', of.run, 'spec', { name: of.spec, units: countStates(units) });
}

/** How many of some have which state. */
export function countStates(list: readonly { readonly state: FleetState }[]): StateCounts {
  const counts: Partial<Record<FleetState, number>> = {};
  for (const { state } of list) counts[state] = (counts[state] ?? 0) + 1;
  return counts;
}
