import { liveRoutes, type LiveRoute, type CallGateway } from '@postern/core/internal/probe';
import type { LoadJob, Outcome, TrafficCall, Simulation } from '@postern/simulator/internal/simulation';
import {
  type Snapshot,
  createContext,
  InvalidInputError,
  UnsupportedError,
  type CallContext,
  type Driver,
  type Drivers,
} from '@postern/core/internal/library';
import type { Clouds } from '@postern/core/internal/kinds';
import { cloudsOf } from '../../spec/brought-clouds.js';
import type { Io } from '../../process/io.js';
import { readSnapshot } from '../../snapshot/read-snapshot.js';

/** A route that is called all the time. */
export interface CalledRoute {
  readonly live: LiveRoute;
  readonly call: TrafficCall & { readonly path: string };
}

/** A route that cannot be judged: it is not called, or did not work before. */
export interface UncalledRoute {
  readonly route: string;
  readonly because: string;
}

/** The first call that was lost. */
export interface LostCall {
  /** Simulated time, ISO 8601. */
  readonly at: string;
  readonly route: string;
  readonly outcome: Outcome;
  readonly path: string;
}

/** How all calls went. */
export interface LoadResult {
  readonly calls: number;
  readonly delivered: number;
  readonly lost: number;
  readonly firstLost: LostCall | null;
  /** Why a job ended early, one sentence each. */
  readonly stopped: readonly string[];
}

/** All calls of all routes together have at most this many calls per simulated second. */
const MOST_PER_SECOND = 200;

/** `GET /orders of shop (prod)`, and the name that is called where it is not the gateway's own. */
function nameOfRoute({ route, name, stage }: LiveRoute): string {
  return `${route} of ${name} (${stage})`;
}

/** Calls each route once: only one that works before the run can be lost in it. */
export async function workingRoutes(
  twin: Twin,
  whyNotCalled: (route: CalledRoute, twin: Twin) => string | undefined = () => undefined,
): Promise<{
  readonly called: readonly CalledRoute[];
  readonly uncalled: readonly UncalledRoute[];
}> {
  const called: CalledRoute[] = [];
  const uncalled: UncalledRoute[] = [];
  const { snapshot, simulation, clouds } = twin;
  for (const live of liveRoutes(snapshot, clouds)) {
    const { act, method } = live;
    const route = nameOfRoute(live);
    if (act.is === 'none') {
      uncalled.push({ route, because: act.because });
      continue;
    }

    const { host, pathname, search } = new URL(act.url);
    const call = { host, method, path: `${pathname}${search}`, headers: { ...authorizing(live), ...act.headers } };
    const because = whyNotCalled({ live, call }, twin) ?? (await whyNot(simulation, call));
    if (because === undefined) called.push({ live, call });
    else uncalled.push({ route: `${route} at ${host}`, because });
  }
  return { called, uncalled };
}

/** What guarded routes ask for, by cloud; the simulated gateways accept any value. */
const AUTHORIZATION: Readonly<Record<string, string>> = { alibaba: 'APPCODE rehearsal', aws: 'Bearer rehearsal' };

function authorizing({ provider, guarded }: LiveRoute): Readonly<Record<string, string>> {
  const authorization = guarded === true ? AUTHORIZATION[provider] : undefined;
  return authorization === undefined ? {} : { authorization };
}

async function whyNot(simulation: Twin['simulation'], call: TrafficCall): Promise<string | undefined> {
  try {
    const { outcome, because = '' } = await simulation.traffic.call(call);
    return outcome === 'delivered' ? undefined : `it does not work before the run: ${outcome}. ${because}`.trim();
  } catch (error) {
    // The twin has no gateway of that name.
    if (error instanceof RangeError) return error.message;

    throw error;
  }
}

/** Calls of routes as simulated time passes. */
export class RouteCalls {
  readonly perSecond: number;
  readonly #jobs: readonly { readonly live: LiveRoute; readonly job: LoadJob }[];

  constructor({ traffic }: Twin['simulation'], routes: readonly CalledRoute[], perSecond: number) {
    this.perSecond = Math.min(perSecond, MOST_PER_SECOND / Math.max(1, routes.length));
    this.#jobs = routes.map(({ live, call: { host, path, method, headers } }) => ({
      live,
      job: traffic.load({ gateway: host, paths: [path], method, headers, perSecond: this.perSecond, seconds: 0 }),
    }));
  }

  /** No more calls. */
  stop(): void {
    for (const { job } of this.#jobs) job.end();
  }

  result(): LoadResult {
    const all = this.#jobs.map(({ live, job }) => ({ live, ...job.status() }));
    const sum = (of: 'calls' | 'delivered' | 'lost'): number => all.reduce((total, one) => total + one[of], 0);
    const lost = all
      .flatMap(({ live, firstLost }) => (firstLost === null ? [] : [{ ...firstLost, route: nameOfRoute(live) }]))
      .toSorted((a, b) => a.at.localeCompare(b.at));
    return {
      calls: sum('calls'),
      delivered: sum('delivered'),
      lost: sum('lost'),
      firstLost: lost[0] ?? null,
      stopped: all.flatMap(({ live, stopped }) => (stopped === undefined ? [] : [`${nameOfRoute(live)}: ${stopped}`])),
    };
  }
}

/** How long each backend takes, in simulated milliseconds: calls are in flight while paths change. */
export const BACKEND_MS = 50;

/** Gives every target of a snapshot a backend that answers with status 200. @returns how many */
export function scriptBackends({ backends }: Simulation, { regions }: Snapshot): number {
  const behavior = { status: 200, delayMs: BACKEND_MS, body: 'rehearsal' };
  for (const { targetGroups = [], services = [], targets } of regions) {
    for (const { targets: members = [], port } of targetGroups) {
      for (const member of members) add(member.id, member.port ?? port);
    }
    for (const { instances = [] } of services) {
      for (const { address, port } of instances) add(address, port);
    }
    for (const { resourceId, port } of targets) add(resourceId, port);
  }
  return backends.list().length;

  function add(place: string | undefined, port: number | undefined): void {
    if (place === undefined || port === undefined) return;

    if (place.startsWith('i-')) backends.add({ instance: place, port, behavior });
    else if (/^[0-9.]+$|:[^:]*:/.test(place) && !place.startsWith('arn:'))
      backends.add({ address: place, port, behavior });
  }
}

/** Simulated clouds with the resources of a snapshot. */
export interface Twin {
  readonly snapshot: Snapshot;
  readonly clouds: Clouds;
  /** The file as it was named. */
  readonly file: string;
  readonly simulation: Simulation;
  /** What the twin does not have, one sentence each. */
  readonly lacks: readonly string[];
  readonly drivers: Drivers;
  readonly context: CallContext;
  /** Calls a gateway of the twin. */
  readonly callGateway: CallGateway;
}

/**
 * Makes the twin of a snapshot file in this process. Its time moves only while everything waits.
 * @throws {InvalidInputError} for a snapshot of several accounts of one cloud; {PosternError} for a file that is none
 */
export async function openTwin(io: Io, file: string, seed: number): Promise<Twin> {
  const snapshot = await readSnapshot(io, file);
  const clouds = await cloudsOf(io);
  for (const { provider } of snapshot.regions) {
    if (!DRIVERS.has(provider)) throw notSimulated(clouds.named(provider)?.title ?? provider, file);
  }
  const { simulate } = await import('@postern/simulator');
  const { simulation, lacks } = made(() => {
    const twin = simulate({ seed, clock: 'auto', from: snapshot });
    // Loaded already; this returns what could not be.
    return { simulation: twin, lacks: twin.loadSnapshot(snapshot) };
  });
  const known = new Map<string, Promise<Driver>>();
  const drivers: Drivers = ({ provider, region }) => {
    const load = DRIVERS.get(provider);
    if (load === undefined) throw notSimulated(clouds.named(provider)?.title ?? provider);
    if (!snapshot.regions.some((one) => one.provider === provider && one.region === region)) {
      throw new InvalidInputError('INVALID_INPUT', `${file} does not contain ${provider} ${region}`, {
        remedy: `Take a snapshot of that region: \`postern snapshot --provider ${provider} --region ${region}\`.`,
      });
    }

    const key = `${provider} ${region}`;
    const driver = known.get(key) ?? load(simulation, region);
    known.set(key, driver);
    return driver;
  };
  return {
    snapshot,
    clouds,
    file,
    simulation,
    lacks,
    drivers,
    context: createContext({ clock: simulation.clock, random: chances(seed), signal: io.signal }),
    callGateway: async ({ url, method, headers }) => {
      const { host, pathname, search } = new URL(url);
      const startMs = simulation.clock.monotonicMs();
      const answer = await simulation.traffic.call({ host, method, path: `${pathname}${search}`, headers });
      const texts = Object.entries(answer.headers).map(([name, value]): [string, string] => [name, String(value)]);
      const latencyMs = simulation.clock.monotonicMs() - startMs;
      return { status: answer.status, headers: Object.fromEntries(texts), latencyMs, body: answer.body };
    },
  };
}

/** The data path of a twin is that of the simulator, which no program extends. */
function notSimulated(title: string, file?: string): UnsupportedError {
  return new UnsupportedError(`no simulated cloud exists for ${title}, so that nothing of it can be rehearsed`, {
    place: file === undefined ? undefined : { file },
    remedy:
      file === undefined
        ? `Rehearse changes of ${[...DRIVERS.keys()].join(' and ')} alone.`
        : `Take a snapshot of regions of ${[...DRIVERS.keys()].join(' and ')} alone, with --provider.`,
  });
}

/** Drivers of the twin, by cloud: their calls do not leave this process. */
const DRIVERS = new Map<string, (simulation: Simulation, region: string) => Promise<Driver>>([
  [
    'aws',
    async (simulation, region) => (await import('@postern/aws')).aws({ region, clients: simulation.clients(region) }),
  ],
  [
    'alibaba',
    async (simulation, region) =>
      (await import('@postern/alibaba')).alibaba({ region, api: simulation.alibaba(region) }),
  ],
]);

/** Numbers in [0, 1) for the waits between attempts: the same for the same seed (Park and Miller). */
function chances(seed: number): () => number {
  const MODULUS = 2_147_483_647;
  let state = (seed % (MODULUS - 1)) + 1;
  return () => (state = (state * 48_271) % MODULUS) / MODULUS;
}

function made<T>(make: () => T): T {
  try {
    return make();
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;

    throw new InvalidInputError('INVALID_INPUT', `the snapshot cannot be rehearsed: ${error.message}`, {
      cause: error,
      remedy: 'Take a snapshot of one account for each cloud.',
    });
  }
}
