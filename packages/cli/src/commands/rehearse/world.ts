import { liveRoutes, type LiveRoute } from '@postern/core/internal/probe';
import type { LoadJob, Outcome, TrafficCall, Simulation } from '@postern/simulator/internal/simulation';
import type { Twin } from './twin.js';
import type { Snapshot } from '@postern/core/internal/library';

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
