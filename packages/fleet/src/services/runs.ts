import * as restate from '@restatedev/restate-sdk';
import { broughtWorkOf } from '../brought/names.js';
import { SERVICE, keyOf } from '../engine/ingress.js';
import { changesClouds } from '../client.js';
import type { RunRequest } from '../model.js';
import { sendTo } from './calls.js';

/** A run that has not ended, and what it changes. */
type OpenRun = { readonly run: string; readonly places: readonly string[] };

/**
 * The projects that a run changes, in their accounts and regions. Two runs would both look before either creates. Moves, and
 * what clouds bring, change gateways of all projects.
 */
export function placesOf({ goal, specs }: RunRequest): readonly string[] {
  if (!changesClouds(goal)) return [];

  const places = specs.flatMap(({ spec: { project, links }, moves, ...others }) => [
    ...[moves ?? [], broughtWorkOf(others) ?? []]
      .flat()
      .map(({ provider, account, region }) => keyOf(ANY_PROJECT, provider, account, region)),
    ...Object.values(links).map(({ provider, account = '', region }) => keyOf(project, provider, account, region)),
  ]);
  return [...new Set(places)];
}

/**
 * What may have been created that lists do not show yet, as a journal file has it on one machine: a run has ended a moment ago,
 * or the engine's data was lost. Units of the next run look for what they create until `forMs` after `atMs`.
 */
export type Unseen = {
  /** On the clock of the engine, in milliseconds since the epoch. */
  readonly atMs: number;
  /** On the clock of the clouds, in milliseconds. */
  readonly forMs: number;
};

/** A run that has ended, and what it may have created. */
export type LeftRun = OpenRun & Unseen;

/** After this time lists show what was created: twice the longest bound of an adapter. */
export const UNSEEN_MS = 60_000;
/** The same where it is not known when the last step ended: one that has begun, and its call, may go on for a minute each. */
export const UNSEEN_AFTER_LOSS_MS = UNSEEN_MS + 120_000;

/** What matters to a run, of what runs before it have left. `sinceMs`: when the engine's data began; what was before is not known. */
export function unseenBy(places: readonly string[], left: readonly LeftRun[], sinceMs: number): readonly Unseen[] {
  if (places.length === 0) return [];

  const own = left.filter((one) => changeTheSame(one.places, places)).map(({ atMs, forMs }) => ({ atMs, forMs }));
  return [{ atMs: sinceMs, forMs: UNSEEN_MS }, ...own];
}

/** Until when units look, on the clock of the clouds. `nowMs`: of the engine, and of the clouds. */
export function lookUntil(
  unseen: readonly Unseen[],
  { engine, clouds }: { readonly engine: number; readonly clouds: number },
  timeScale: number,
): number {
  return Math.max(0, ...unseen.map(({ atMs, forMs }) => clouds + forMs - (engine - atMs) * timeScale));
}

/** What a run has left is forgotten after this time. */
const LEFT_MS = 3_600_000;

/** In place of a project. No project has this name. */
const ANY_PROJECT = '*';

/** Whether two runs change the same. */
export function changeTheSame(some: readonly string[], others: readonly string[]): boolean {
  const projects = new Map<string, Set<string>>();
  for (const [project, where] of others.map(partsOf))
    projects.set(where, (projects.get(where) ?? new Set()).add(project));
  return some.map(partsOf).some(([project, where]) => {
    const current = projects.get(where);
    return current !== undefined && (project === ANY_PROJECT || current.has(project) || current.has(ANY_PROJECT));
  });
}

function partsOf(place: string): readonly [project: string, where: string] {
  const [project = '', ...where] = JSON.parse(place) as readonly string[];
  return [project, keyOf(...where)];
}

/** So many runs are listed. What is known of older ones that have ended is deleted. */
const MOST_RUNS = 200;

/** Rounds of `watch` come every few minutes: so many are listed, or runs that changed something would not be listed for long. */
const MOST_ROUNDS = 20;

/** The runs that are listed, newest first, and which of them are rounds. */
type Listed = { readonly runs: readonly string[]; readonly rounds: readonly string[] };

/** The list with another run, and those that are on it no longer. `rounds` is not used where it is not a round. */
export function listedWith(
  { runs: before, rounds: earlier }: Listed,
  run: string,
  isRound: boolean,
): Listed & { readonly over: readonly string[] } {
  const rounds = isRound ? [run, ...earlier] : earlier;
  const old = new Set(rounds.slice(MOST_ROUNDS));
  const all = [run, ...before].filter((one) => !old.has(one));
  const over = [...old, ...all.slice(MOST_RUNS)];
  return { runs: all.slice(0, MOST_RUNS), rounds: rounds.slice(0, MOST_ROUNDS), over };
}

/** When the engine's data began: with its first run. */
async function dataSince(ctx: restate.ObjectContext): Promise<number> {
  const sinceMs = (await ctx.get<number>('since')) ?? (await ctx.date.now());
  ctx.set('since', sinceMs);
  return sinceMs;
}

/** What came of adding a run. */
export type Added = { readonly other: string } | { readonly unseen: readonly Unseen[] };

/** The runs of an engine. */
export const runs = restate.object({
  name: SERVICE.runs,
  handlers: {
    /**
     * Adds a run. Returns the one that has not ended and changes the same, which it must not run beside, or what runs before it may have
     * created unseen.
     */
    add: async (
      ctx: restate.ObjectContext,
      { run, places, isRound }: OpenRun & { readonly isRound?: true },
    ): Promise<Added> => {
      const sinceMs = await dataSince(ctx);
      const open = (await ctx.get<readonly OpenRun[]>('open')) ?? [];
      const other = open.find((one) => changeTheSame(one.places, places));
      if (other !== undefined) return { other: other.run };

      if (places.length > 0) ctx.set<readonly OpenRun[]>('open', [...open, { run, places }]);
      const before = {
        runs: (await ctx.get<readonly string[]>('runs')) ?? [],
        rounds: isRound === true ? ((await ctx.get<readonly string[]>('rounds')) ?? []) : [],
      };
      const { runs: listed, rounds, over } = listedWith(before, run, isRound === true);
      ctx.set('runs', listed);
      if (isRound === true) ctx.set('rounds', rounds);
      for (const old of over) sendTo(ctx, 'fleet', old, 'forget');
      return { unseen: unseenBy(places, (await ctx.get<readonly LeftRun[]>('left')) ?? [], sinceMs) };
    },
    ended: async (ctx: restate.ObjectContext, { run, forMs }: Pick<LeftRun, 'run' | 'forMs'>): Promise<void> => {
      await dataSince(ctx);
      const open = (await ctx.get<readonly OpenRun[]>('open')) ?? [];
      const own = open.find((one) => one.run === run);
      if (own !== undefined && forMs > 0) {
        const atMs = await ctx.date.now();
        const before = (await ctx.get<readonly LeftRun[]>('left')) ?? [];
        ctx.set<readonly LeftRun[]>('left', [
          ...before.filter((one) => atMs - one.atMs < LEFT_MS),
          { ...own, atMs, forMs },
        ]);
      }
      ctx.set(
        'open',
        open.filter((one) => one.run !== run),
      );
    },
    list: restate.handlers.object.shared(
      async (ctx: restate.ObjectSharedContext): Promise<readonly string[]> =>
        (await ctx.get<readonly string[]>('runs')) ?? [],
    ),
  },
});
