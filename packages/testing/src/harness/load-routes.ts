import { probeRoutes, type Snapshot, type Spec } from '@postern/core';
import type { Simulation } from '../simulation/simulate.js';
import type { LoadJob, TrafficCall } from '../simulation/traffic/traffic-door.js';

/** How callers call one declared route. */
export interface RouteCall extends TrafficCall {
  /** The route key. */
  readonly route: string;
  readonly gatewayId: string;
  readonly path: string;
}

/** How the routes of a spec are called; without those that have no address. */
export function callsOf(snapshot: Snapshot, spec: Spec): readonly RouteCall[] {
  return probeRoutes(snapshot, spec, { methods: 'all' }).flatMap(({ act, method, gateway, route }) => {
    if (act.is !== 'call') return [];
    const { host, pathname, search } = new URL(act.url);
    return [{ gatewayId: gateway.id, route, host, method, path: pathname + search, headers: act.headers }];
  });
}

/** Whether a spec declares the route of a call, under whichever name. */
export function isDeclared({ gatewayId, route }: RouteCall, { integrations }: Spec): boolean {
  return Object.values(integrations).some(
    ({ gateway, routes }) => routes[route] !== undefined && Object.values(gateway).includes(gatewayId),
  );
}

/** The calls that are delivered now. */
export async function delivered(simulation: Simulation, calls: readonly RouteCall[]): Promise<readonly RouteCall[]> {
  const answers = await Promise.all(calls.map(async (call) => ({ call, answer: await simulation.traffic.call(call) })));
  return answers.flatMap(({ call, answer }) => (answer.outcome === 'delivered' ? [call] : []));
}

/** Calls of routes as time passes, until they are stopped. */
export class RouteLoad {
  readonly #jobs: readonly { readonly route: string; readonly job: LoadJob }[];

  constructor(simulation: Simulation, calls: readonly RouteCall[], perSecond: number) {
    this.#jobs = calls.map(({ route, host, method, path, headers }) => ({
      route,
      job: simulation.traffic.load({ gateway: host, paths: [path], method, headers, perSecond, seconds: 0 }),
    }));
  }

  /** How many calls have ended. */
  get calls(): number {
    return this.#jobs.reduce((sum, { job }) => sum + job.status().calls, 0);
  }

  /**
   * Which route has calls that were not delivered, and how many; also those for which the gateway knew no route, which do not
   * count as lost elsewhere: these routes are declared.
   */
  lost(): string | undefined {
    for (const { route, job } of this.#jobs) {
      const { calls, delivered: arrived, firstLost } = job.status();
      const why = firstLost === null ? '' : `, the first at ${firstLost.at}: ${firstLost.outcome}`;
      if (calls > arrived) return `${route}: ${calls - arrived} of ${calls} calls were not delivered${why}`;
    }
    return undefined;
  }

  /** Calls each route once more, now. Which one is not answered by its backend. */
  unanswered(): string | undefined {
    return this.#jobs.find(({ job }) => {
      const before = job.status();
      const now = job.callNow();
      return now.calls - before.calls > now.delivered - before.delivered;
    })?.route;
  }

  /** No more calls. */
  stop(): void {
    for (const { job } of this.#jobs) job.end();
  }
}
