import { BROUGHT } from '../brought/names.js';
import type { BroughtGoal, BroughtKey } from '../brought/types.js';

/** The services that workers offer to the engine. A key is made of the names that are given. */
export const SERVICE = {
  /** A run: its waves, one after the other. Key: the run. */
  run: 'postern-run',
  /** The state of a run, and the actions of users on it. Key: the run. */
  fleet: 'postern-fleet',
  /** The list of all runs. Key: `all`. */
  runs: 'postern-runs',
  /** A spec of a run: plan, approvals, units. Key: run, spec. */
  spec: 'postern-spec',
  /** The states of the units of a spec, and their events. Key: run, spec. */
  progress: 'postern-progress',
  /** A unit of a plan. Key: run, spec, unit. */
  unit: 'postern-unit',
  /** A move of gateways. Key: run, spec, unit. */
  move: 'postern-move',
  /** The moves that are open in an account and region. Key: provider, account, region. */
  moves: 'postern-moves',
  /** Turns, over all workers: of calls in an account and region, of writes to one gateway. Key: one of these. */
  pacer: 'postern-pace',
  /** What is kept of a watched spec over all rounds. Key: project, entry. */
  history: 'postern-history',
  /** The links of an account and region that are awaited. */
  watch: 'postern-watch',
} as const;

/** One of the services. Kinds of work that clouds bring have two, as moves have. */
export type ServiceId = keyof typeof SERVICE | BroughtGoal | BroughtKey;

/**
 * The services that end what they begin: their names have the version of the workers, so that the engine gives what a run begins to workers
 * of the version that the run began on, also where newer ones are registered. All versions share the others.
 */
export type VersionedId = 'spec' | 'unit' | 'move' | BroughtGoal;

/** All of them. */
export const VERSIONED: readonly VersionedId[] = ['spec', 'unit', 'move', ...BROUGHT.map(({ goal }) => goal)];

export type Called = Exclude<ServiceId, VersionedId> | readonly [service: VersionedId, version: string];

export function serviceName(called: Called): string {
  if (typeof called === 'string') return nameOf(called);

  const [service, version] = called;
  return `${nameOf(service)}-${version.replaceAll(/[^\w.-]/g, '-')}`;
}

/** The name of a service, without a version. */
export const nameOf = (service: ServiceId): string =>
  service in SERVICE ? SERVICE[service as keyof typeof SERVICE] : `postern-${service}`;

/** The key of several names; no two lists of names have the same. */
export const keyOf = (...names: readonly string[]): string => JSON.stringify(names);

/** The only key of `postern-runs`. */
export const ALL_RUNS = 'all';
