import { CLOUDS, parseSpec } from '../../../core/test/clouds.js';
import {
  createContext,
  type CallContext,
  type Driver,
  type Finding,
  type PlanOptions,
  type Snapshot,
  type Spec,
} from '@postern/core/internal/library';
import { check, type Report, judge } from '@postern/core/internal/check';
import { apply, diff, observeSpec } from '@postern/core/internal/plan';
import { expect } from 'vitest';
import { expectSample } from '../../../core/test/check/expect-sample.js';
import { PROVE } from '../../../core/test/runs.js';
import { simulate, type SavedWorld, type Simulation } from '../../src/internal/simulation.js';
import type { Reach } from '../../src/simulation/world/cloud.js';

/** A simulated account with one private integration in it, that checks evaluate and that a test changes. */
export interface Stage {
  readonly simulation: Simulation;
  /** The current spec; as text, so that a test can change it as a user would. */
  spec: string;
  /** With `all`, from a snapshot of all resources, as `postern snapshot` takes it. */
  readonly report: (options?: { readonly all?: boolean }) => Promise<Report>;
  /** Changes what was read, for states that no call creates. */
  seen?: (snapshot: Snapshot) => Snapshot;
  /** Whether reports cover all resources by default. */
  whole?: boolean;
  /** The findings of one check; failures before unknowns before passes. */
  readonly say: (id: string) => Promise<readonly Finding[]>;
  /** Applies the current spec, by default whatever checks find, then waits until nothing is in progress. */
  readonly apply: (options?: PlanOptions & { readonly ignoreFindings?: readonly string[] }) => Promise<void>;
  /** Changes the spec's text. */
  readonly write: (from: string | RegExp, to: string) => void;
  readonly parsed: () => Spec;
  /** Changes the parsed spec, for what the parser would refuse: a program can write it. */
  patch?: (spec: Spec) => Spec;
}

/** An initial world, created once. */
export interface Scene {
  readonly world: SavedWorld;
  readonly spec: string;
}

/** The adapter for a region of a simulated account. */
export type DriverOf = (simulation: Simulation, region: string) => Driver;

/** Restores a scene. */
export function stageOf({ world, spec }: Scene, driverOf: DriverOf, quotas = {}): Stage {
  const simulation = simulate({ seed: 7, clock: 'auto', throttle: false, quotas });
  simulation.load(world);
  return openStage(simulation, spec, driverOf);
}

const RANK = { fail: 0, unknown: 1, pass: 2 } as const;

/** A simulation and a spec to work with. */
export function openStage(simulation: Simulation, text: string, driverOf: DriverOf): Stage {
  const ctx: CallContext = createContext({ clock: simulation.clock, random: () => 0.5 });
  const drivers = Object.assign(
    ({ region }: { readonly region: string }) => Promise.resolve(driverOf(simulation, region)),
    { clouds: CLOUDS },
  );
  const stage: Stage = {
    simulation,
    spec: text,
    parsed: () => (stage.patch ?? ((spec: Spec) => spec))(parseSpec(stage.spec)),
    report: async ({ all = stage.whole ?? false } = {}) => {
      const spec = stage.parsed();
      const snapshot = await observeSpec(spec, drivers, ctx, { all, checks: true });
      return check(stage.seen?.(snapshot) ?? snapshot, spec, { clouds: CLOUDS });
    },
    say: async (id) => findingsOf(await stage.report(), id),
    write: (from, to) => {
      const next = stage.spec.replace(from, to);
      if (next === stage.spec) throw new Error(`the spec has no ${from.toString()}`);
      stage.spec = next;
    },
    apply: async ({ ignoreFindings = ['*'], ...options } = {}) => {
      const spec = stage.parsed();
      const plan = diff(await observeSpec(spec, drivers, ctx), spec, { clouds: CLOUDS, ...options });
      for await (const event of apply(plan, {
        judge,
        spec,
        drivers,
        context: ctx,
        allowPurchase: true,
        ignoreFindings,
      })) {
        if (event.type === 'step.failed') expect.fail(`${event.step}: ${event.error.message}`);
      }
      await simulation.advance(600_000);
    },
  };
  return stage;
}

/** One check on a simulated cloud: what makes it fail, what it then reports, and what makes it pass again. */
export interface Show<T extends Stage> {
  readonly check: string;
  /** If it can fail for several reasons: which one. */
  readonly how?: string;
  /** What must exist for the check to apply, before the fault. */
  readonly setting?: (stage: T) => unknown;
  readonly breaks: (stage: T) => unknown;
  /** By default the failure is an error. */
  readonly severity?: 'warning' | 'note';
  readonly subject?: string;
  /** IDs that the evidence names. */
  readonly evidence: (stage: T) => readonly (string | undefined)[];
  readonly remedy: readonly string[];
  /** Does what the remedies of the failures say; they are passed as text. */
  readonly heals: (stage: T, remedies: string) => unknown;
  /** The answer of the simulated network for the calls: connected, not connected while broken, connected again. */
  readonly calls?: (stage: T) => Reach;
  /** A permission without which the check is unknown, as service and operation of the simulated cloud. */
  readonly denied?: readonly [permission: string, service: string, operation: string];
  /** The missing permission matters only once it is broken: until then other facts decide. */
  readonly missed?: 'once broken';
  /** The result without a fault: `nothing` where the check then has no finding. */
  readonly otherwise?: 'nothing' | 'unknown';
}

/** Shows that have some members in common. */
export const together = <T extends Stage>(common: Partial<Show<T>>, shows: readonly Partial<Show<T>>[]) =>
  shows.map((show) => ({ ...common, ...show }) as Show<T>);

/** In `npm run prove` all; in `npm test` those whose findings are samples, the first ones of their checks, and one in 25 of the others. */
export function played<T extends Stage>(shows: readonly Show<T>[], samples = shows): readonly Show<T>[] {
  const first = new Map(samples.toReversed().map((show) => [show.check, show]));
  return shows.filter((show, at) => PROVE || first.get(show.check) === show || at % 25 === 0);
}

/** The failure of the first show of a check is its sample. */
export async function sampled<T extends { readonly check: string }>(
  shows: readonly T[],
  show: T,
  failure: Finding,
): Promise<void> {
  if (shows.find(({ check: id }) => id === show.check) === show) await expectSample(failure);
}

/** Changes rows of a simulated account in ways that no call can: each row that fits. */
export function edit(
  simulation: Simulation,
  fits: (row: Readonly<Record<string, unknown>>) => boolean,
  to: object,
): void {
  let count = 0;
  const visit = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    for (const one of Object.values(value)) visit(one);
    if (!fits(value as Record<string, unknown>)) return;
    Object.assign(value, to);
    count += 1;
  };
  const world = simulation.world();
  visit(world);
  if (count === 0) throw new Error('the world has no such row');
  simulation.load(world);
}

/** Reports on a scene, with all permissions and without one: created once for all shows that begin with it. */
export interface Baseline {
  readonly report: (denied?: Show<never>['denied']) => Promise<Report>;
}

/** Remembers reports on an untouched scene. */
export function baselineOf(open: () => Stage): Baseline {
  const memory = new Map<string, Promise<Report>>();
  return {
    report: (denied) => {
      const key = denied?.join(' ') ?? '';
      const known = memory.get(key) ?? reportOf(open(), denied);
      memory.set(key, known);
      return known;
    },
  };
}

function reportOf({ simulation, report }: Stage, denied: Show<never>['denied']): Promise<Report> {
  simulation.faults.clear();
  if (denied !== undefined) simulation.faults.add({ service: denied[1], operation: denied[2], kind: 'deny' });
  return report();
}

/** Runs one show: pass, unknown without the permission, fail, and pass again after the remedy. Returns the failure. */
export async function play<T extends Stage>(show: Show<T>, open: () => T, baseline: Baseline): Promise<Finding> {
  const { denied, setting } = show;
  const stage = open();
  await setting?.(stage);
  const look = (without?: typeof denied) =>
    setting === undefined ? baseline.report(without) : reportOf(stage, without);
  const [before] = findingsOf(await look(), show.check);
  expect(before?.verdict ?? 'nothing', JSON.stringify(before)).toBe(show.otherwise ?? 'pass');

  const isMissed = (report: Report): void => {
    const findings = findingsOf(report, show.check);
    expect(findings[0]?.verdict, JSON.stringify(findings)).toBe('unknown');
    expect(JSON.stringify(findings)).toContain(denied?.[0]);
    stage.simulation.faults.clear();
  };
  if (denied !== undefined && show.missed === undefined) isMissed(await look(denied));

  const answered = (when: string, connects: boolean): void => {
    const reach = show.calls?.(stage);
    if (reach !== undefined) expect(reach.connects, `${when}: ${reach.by}: ${reach.because}`).toBe(connects);
  };
  answered('before', true);
  await show.breaks(stage);
  answered('broken', false);
  const failures = (await stage.say(show.check)).filter(({ verdict }, at) => at === 0 || verdict === 'fail');
  const [failure] = failures;
  expect(failure, JSON.stringify(failure)).toMatchObject({ verdict: 'fail', severity: show.severity ?? 'error' });
  if (show.subject !== undefined) expect(failure?.subject).toBe(show.subject);
  expect(failure?.evidence.map(({ id }) => id)).toEqual(expect.arrayContaining([...show.evidence(stage)]));
  for (const words of show.remedy) expect(failure?.remedy).toContain(words);

  if (show.missed !== undefined) isMissed(await reportOf(stage, denied));
  await show.heals(stage, failures.map(({ remedy }) => remedy ?? '').join('\n'));
  answered('healed', true);
  const after = await stage.say(show.check);
  expect(
    after.map(({ verdict }) => verdict),
    JSON.stringify(after[0]),
  ).not.toContain('fail');
  expect(after[0]?.verdict ?? 'nothing', JSON.stringify(after[0])).toBe(show.otherwise ?? 'pass');
  return failure as Finding;
}

function findingsOf({ findings }: Report, id: string): readonly Finding[] {
  return findings.filter((one) => one.check === id).toSorted((a, b) => RANK[a.verdict] - RANK[b.verdict]);
}
