import { type Finding, InvalidInputError } from '@postern/core/internal/library';
import type { WatchHistory } from '@postern/core/internal/watch';
import { BROUGHT, type BroughtKey } from './brought/names.js';
import { checkEngine, unansweredParts } from './engine/admin.js';
import { ingressAt, ALL_RUNS, keyOf } from './engine/ingress.js';
import { WISH_AGE_MS } from './worker/worker-processes.js';
import type { Author, FleetEvent, RunRequest, RunState, UnitState, FleetGoal } from './model.js';

const RUN_ID = /^[A-Za-z0-9][\w.-]{0,99}$/;

/** What specs of a goal have, and those of others have not. */
const ENTRIES: readonly (readonly [key: 'moves' | BroughtKey, goal: FleetGoal])[] = [
  ['moves', 'migrate'],
  ...BROUGHT.map(({ key, goal }) => [key, goal] as const),
];

/**
 * Refuses a run that cannot be carried out.
 * @throws {InvalidInputError} `INVALID_INPUT`
 */
export function checkRequest({ run, goal, specs, accounts, waves }: RunRequest): void {
  const refuse = (message: string, remedy: string): never => {
    throw new InvalidInputError('INVALID_INPUT', message, { remedy });
  };
  if (!RUN_ID.test(run))
    refuse(`run ${JSON.stringify(run)} is not a valid ID`, 'Use letters, digits, `-`, `.` and `_`.');
  for (const [key, of] of ENTRIES) {
    const other = specs.find((one) => (one[key] !== undefined) !== (goal === of));
    if (other === undefined) continue;

    refuse(`${other.name} has ${goal === of ? 'no ' : ''}${key}`, `Use the goal \`${of}\` for ${key}.`);
  }
  const names = specs.map(({ name }) => name);
  const inWaves = waves.flatMap((wave) => wave.specs);
  for (const name of repeated(names)) refuse(`spec ${name} is there twice`, 'Give each spec a name of its own.');
  for (const name of repeated(inWaves)) refuse(`spec ${name} is in two waves`, 'Name each spec in one wave.');
  for (const name of repeated(accounts.map(({ id, provider }) => `${provider} ${id}`)))
    refuse(`account ${name} is there twice`, 'Name each account once.');
  const known = new Set(names);
  const placed = new Set(inWaves);
  for (const name of names) if (!placed.has(name)) refuse(`spec ${name} is in no wave`, 'Name it in a wave.');
  for (const name of inWaves)
    if (!known.has(name)) refuse(`a wave names ${name}, which is not a spec of the run`, 'Correct the name.');
}

function repeated(names: readonly string[]): readonly string[] {
  const seen = new Set<string>();
  return names.filter((name) => {
    const isRepeated = seen.has(name);
    seen.add(name);
    return isRepeated;
  });
}

/** Runs of an engine. Every method throws `PosternError`: `ENDPOINT_UNREACHABLE` where the engine does not answer. */
export interface FleetClient {
  /** Starts a run, or continues the one that has its ID: see `RunState.differs`. */
  readonly start: (request: RunRequest) => Promise<RunState>;
  /** @throws `NOT_FOUND` */
  readonly status: (run: string) => Promise<RunState>;
  /** The runs that the engine knows, newest first. */
  readonly runs: () => Promise<readonly RunState[]>;
  /** Of one spec, or of all. */
  readonly units: (run: string, spec?: string) => Promise<readonly UnitState[]>;
  /** What happened in a unit, or in all units of a spec, oldest first. */
  readonly events: (
    run: string,
    of: { readonly spec: string; readonly unit?: string | undefined },
  ) => Promise<readonly FleetEvent[]>;
  /** Of the goal `check`: what was found of a spec. */
  readonly findings: (run: string, spec: string) => Promise<readonly Finding[]>;
  /** Of the goal `watch`: what is kept of a spec over all rounds, by `WatchedState.history`. @throws `NOT_FOUND` */
  readonly history: (key: string) => Promise<WatchHistory>;
  /** No step begins after it resolves, until the run is resumed. */
  readonly pause: (run: string, author: Author) => Promise<RunState>;
  readonly resume: (run: string, author: Author) => Promise<RunState>;
  /** Each unit ends before or after a step. */
  readonly cancel: (run: string, author: Author) => Promise<RunState>;
  /** @throws `NOT_FOUND`, `PERMISSION_DENIED` where `by` is not one of the run's approvers. */
  readonly approve: (
    run: string,
    approval: string,
    answer: Author & { readonly approved: boolean },
  ) => Promise<RunState>;
}

/** Where an engine is. */
export interface EngineAddress {
  /** Where runs are started: `http://127.0.0.1:8080`. */
  readonly ingress: string;
  /** Its administration: `http://127.0.0.1:9070`. Given: the version of the engine is checked. */
  readonly admin?: string | undefined;
}

/** After this time no worker begins a step of a run that was paused, in milliseconds. */
const PAUSED_AFTER_MS = WISH_AGE_MS + 100;

/** An engine without workers takes calls, and answers none of them. */
const ANSWERED_WITHIN_MS = 15_000;

/**
 * A client of the runs of an engine.
 * @throws {PosternError} `ENDPOINT_UNREACHABLE`, `ENGINE_TOO_OLD`
 */
export async function fleetClient({ ingress: url, admin }: EngineAddress): Promise<FleetClient> {
  if (admin !== undefined) await checkEngine(admin);
  const ingress = ingressAt(url, ANSWERED_WITHIN_MS);
  const status = async (run: string): Promise<RunState> => {
    const state = await ingress.call<RunState>('fleet', run, 'status');
    if (state.endedAt !== undefined) return state;
    if (!(await ingress.isLost('run', run))) {
      const unanswered = admin === undefined ? [] : await unansweredParts(admin, run);
      return unanswered.length === 0 ? state : { ...state, unanswered };
    }

    await ingress.call('fleet', run, 'lost');
    return ingress.call('fleet', run, 'status');
  };
  const client: FleetClient = {
    start: async (request) => {
      checkRequest(request);
      return ingressAt(url).call('fleet', request.run, 'start', request); // a run with all its specs is one request
    },
    status,
    runs: async () => Promise.all((await ingress.call<readonly string[]>('runs', ALL_RUNS, 'list')).map(status)),
    units: async (run, spec) => {
      const names = spec === undefined ? (await status(run)).specs.map(({ name }) => name) : [spec];
      const units: UnitState[] = [];
      for (const name of names)
        units.push(...(await ingress.call<readonly UnitState[]>('progress', keyOf(run, name), 'units')));
      return units;
    },
    events: (run, { spec, unit }) => ingress.call('progress', keyOf(run, spec), 'events', unit ?? null),
    findings: (run, spec) => ingress.call('progress', keyOf(run, spec), 'findings'),
    history: (key) => ingress.call('history', key, 'read'),
    pause: async (run, author) => {
      const state = await ingress.callOnce<RunState>('fleet', run, 'pause', author);
      await new Promise((resolve) => setTimeout(resolve, PAUSED_AFTER_MS));
      return state;
    },
    resume: (run, author) => ingress.callOnce('fleet', run, 'resume', author),
    cancel: (run, author) => ingress.callOnce('fleet', run, 'cancel', author),
    approve: (run, approval, answer) => ingress.callOnce('fleet', run, 'approve', { approval, ...answer }),
  };
  return client;
}

/** Whether a name is the one that is written, or fits the pattern: `*` stands for any letters. */
export function matches(pattern: string, name: string): boolean {
  const [first = '', ...rest] = pattern.split('*');
  if (rest.length === 0) return pattern === name;

  const last = rest.pop() ?? '';
  if (!name.startsWith(first) || !name.endsWith(last) || name.length < first.length + last.length) return false;

  let at = first.length;
  for (const part of rest) {
    const found = name.indexOf(part, at);
    if (found === -1) return false;

    at = found + part.length;
  }
  return at <= name.length - last.length;
}

/** Whether runs of a goal change something in a cloud. */
export function changesClouds(goal: FleetGoal): boolean {
  return goal !== 'check' && goal !== 'watch';
}
