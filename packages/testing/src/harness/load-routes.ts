import type { Snapshot, Spec, Clouds } from '@postern/core/internal/library';
import { probeRoutes } from '@postern/core/internal/probe';
import type { LoadJob, LoadSpec, Simulation, TrafficCall } from '@postern/simulator/internal/simulation';

/** How callers call one declared route. */
export interface RouteCall extends TrafficCall {
  /** The route key. */
  readonly route: string;
  readonly gatewayId: string;
  readonly path: string;
  /** Of a route of a WebSocket API: see `LoadSpec.message`. */
  readonly message?: string | undefined;
}

/** How the routes of a spec are called; without those that have no address. */
export function callsOf(snapshot: Snapshot, spec: Spec, clouds: Clouds): readonly RouteCall[] {
  return [...requestsOf(snapshot, spec, clouds), ...messagesOf(snapshot, spec)];
}

function requestsOf(snapshot: Snapshot, spec: Spec, clouds: Clouds): readonly RouteCall[] {
  return probeRoutes(snapshot, spec, { clouds, methods: 'all' }).flatMap(({ act, method, gateway, route }) => {
    if (act.is !== 'call') return [];

    const { host, pathname, search } = new URL(act.url);
    return [{ gatewayId: gateway.id, route, host, method, path: pathname + search, headers: act.headers }];
  });
}

/** How the routes of WebSocket APIs are called, whose routes are selected by the member `action` of a message. */
function messagesOf({ regions }: Snapshot, { integrations }: Spec): readonly RouteCall[] {
  const declared = Object.values(integrations);
  return regions.flatMap(({ region, gateways }) =>
    gateways.flatMap(({ id: gatewayId, kind, stages }) => {
      if (kind !== 'websocket-api') return [];

      const here = declared.filter(({ gateway }) => Object.values(gateway).includes(gatewayId));
      const routes = here.flatMap((one) => Object.keys(one.routes));
      const host = `${gatewayId}.execute-api.${region}.amazonaws.com`;
      return stages.flatMap(({ name }) =>
        routes.map((route) => ({
          gatewayId,
          route,
          host,
          path: `/${name}`,
          message: MESSAGES[route] ?? selecting(route),
        })),
      );
    }),
  );
}

/** Of routes that no message selects: a connection is opened and closed; `$default` is for messages of no other route. */
const MESSAGES: Readonly<Record<string, string>> = { $connect: '', $disconnect: '', $default: '{}' };

const selecting = (route: string): string => JSON.stringify({ action: route });

/** A call as one line: `GET host/path`, `wss host/stage send`. */
export function callText({ method = 'GET', host, path, route, message }: RouteCall): string {
  return message === undefined ? `${method} ${host}${path}` : `wss ${host}${path} ${route}`;
}

/** Whether a spec declares the route of a call, under whichever name. */
export function isDeclared({ gatewayId, route }: RouteCall, { integrations }: Spec): boolean {
  return Object.values(integrations).some(
    ({ gateway, routes }) => routes[route] !== undefined && Object.values(gateway).includes(gatewayId),
  );
}

/** The calls that are delivered now. */
export async function delivered(simulation: Simulation, calls: readonly RouteCall[]): Promise<readonly RouteCall[]> {
  const answers = await Promise.all(
    calls.map(async (call) => ({ call, isDelivered: await isAnswered(simulation, call) })),
  );
  return answers.flatMap(({ call, isDelivered }) => (isDelivered ? [call] : []));
}

async function isAnswered(simulation: Simulation, call: RouteCall): Promise<boolean> {
  if (call.message === undefined) return (await simulation.traffic.call(call)).outcome === 'delivered';

  const job = simulation.traffic.load(loadOf(call, { perSecond: 1, seconds: 1 }));
  while (!job.status().done) await simulation.clock.sleep(1_000);
  return job.status().delivered === 1;
}

function loadOf(
  { host, method, path, headers, message }: RouteCall,
  rate: Pick<LoadSpec, 'perSecond' | 'seconds'>,
): LoadSpec {
  return { gateway: host, paths: [path], method, headers, message, ...rate };
}

/** Calls of routes as time passes, until they are stopped. */
export class RouteLoad {
  #jobs: readonly { readonly call: RouteCall; readonly route: string; readonly job: LoadJob }[];
  #dropped = 0;

  constructor(simulation: Simulation, calls: readonly RouteCall[], perSecond: number) {
    this.#jobs = calls.map((call) => ({
      call,
      route: call.route,
      job: simulation.traffic.load(loadOf(call, { perSecond, seconds: 0 })),
    }));
  }

  /** How many calls have ended. */
  get calls(): number {
    return this.#jobs.reduce((sum, { job }) => sum + job.status().calls, this.#dropped);
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

  /** No more calls of some routes, and none of them counts as lost. */
  drop(isDropped: (call: RouteCall) => boolean): void {
    for (const { call, job } of this.#jobs) {
      if (!isDropped(call)) continue;

      this.#dropped += job.status().calls;
      job.end();
    }
    this.#jobs = this.#jobs.filter(({ call }) => !isDropped(call));
  }

  /** No more calls. */
  stop(): void {
    for (const { job } of this.#jobs) job.end();
  }
}
