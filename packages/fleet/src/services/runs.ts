import * as restate from '@restatedev/restate-sdk';
import { SERVICE, keyOf } from '../engine/names.js';
import { changesClouds } from '../goals.js';
import type { RunRequest } from '../model.js';
import { sendTo } from './calls.js';

/** A run that has not ended, and what it changes. */
type OpenRun = { readonly run: string; readonly places: readonly string[] };

/**
 * The projects that a run changes, in their accounts and regions. Two runs would both look before either creates. Moves and
 * hand-overs change gateways of all projects.
 */
export function placesOf({ goal, specs }: RunRequest): readonly string[] {
  if (!changesClouds(goal)) return [];
  const places = specs.flatMap(({ spec: { project, links }, moves, handovers }) => [
    ...[moves ?? [], handovers ?? []]
      .flat()
      .map(({ provider, account, region }) => keyOf(ANY_PROJECT, provider, account, region)),
    ...Object.values(links).map(({ provider, account = '', region }) => keyOf(project, provider, account, region)),
  ]);
  return [...new Set(places)];
}

/** In place of a project. No project has this name. */
const ANY_PROJECT = '*';

/** Whether two runs change the same. */
export function changeTheSame(some: readonly string[], others: readonly string[]): boolean {
  const projects = new Map<string, Set<string>>();
  for (const [project, where] of others.map(partsOf))
    projects.set(where, (projects.get(where) ?? new Set()).add(project));
  return some.map(partsOf).some(([project, where]) => {
    const there = projects.get(where);
    return there !== undefined && (project === ANY_PROJECT || there.has(project) || there.has(ANY_PROJECT));
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

/** The runs of an engine. */
export const runs = restate.object({
  name: SERVICE.runs,
  handlers: {
    /** Adds a run. Returns the one that has not ended and changes the same, which it must not run beside. */
    add: async (
      ctx: restate.ObjectContext,
      { run, places, isRound }: OpenRun & { readonly isRound?: true },
    ): Promise<string | null> => {
      const open = (await ctx.get<readonly OpenRun[]>('open')) ?? [];
      const other = open.find((one) => changeTheSame(one.places, places));
      if (other !== undefined) return other.run;
      if (places.length > 0) ctx.set<readonly OpenRun[]>('open', [...open, { run, places }]);
      const before = {
        runs: (await ctx.get<readonly string[]>('runs')) ?? [],
        rounds: isRound === true ? ((await ctx.get<readonly string[]>('rounds')) ?? []) : [],
      };
      const { runs: listed, rounds, over } = listedWith(before, run, isRound === true);
      ctx.set('runs', listed);
      if (isRound === true) ctx.set('rounds', rounds);
      for (const old of over) sendTo(ctx, 'fleet', old, 'forget');
      return null;
    },
    ended: async (ctx: restate.ObjectContext, run: string): Promise<void> => {
      const open = (await ctx.get<readonly OpenRun[]>('open')) ?? [];
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
