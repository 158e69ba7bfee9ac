import { specFrom } from '../../core/test/clouds.js';
import { alibaba } from '@postern/alibaba';
import { aws } from '@postern/aws';
import { createContext, isPosternError, type Driver } from '@postern/core/internal/library';
import {
  fleetClient,
  startEngine,
  type Engine,
  type EngineOptions,
  type FleetClient,
  type RunRequest,
  type RunState,
} from '@postern/fleet/internal/fleet';
import {
  registerWorkers,
  startWorker,
  type Worker,
  type WorkerFailure,
  type WorkerOptions,
} from '@postern/fleet/internal/worker';
import { simulate, type Simulation, type SimulationServer } from '@postern/simulator';
import { buildAccount, type SpecText } from '../../../examples/fleet/account.mjs';
import { engineRows, engineStorage } from './engine-rows.js';
import { LOOK_EVERY_MS, SMALL_ENGINE, settledEngine } from './fleet-world.js';

/** An engine and one worker in this process. Each account is a simulated cloud; tests share the engine, and use an account each. */
export interface SmallWorld {
  readonly engine: Engine;
  readonly client: FleetClient;
  /** What failed below the steps. */
  readonly failures: WorkerFailure[];
  /** A new account with links, by default one, and an integration each. `change` is what the worker's driver is. */
  readonly account: (
    change?: (driver: Driver) => Driver | Promise<Driver>,
    how?: AccountOptions,
  ) => Promise<SmallAccount>;
  /** Starts a worker for all accounts, and does not register it. */
  readonly worker: (options?: Partial<WorkerOptions>) => Promise<Worker>;
  readonly request: (run: string, accounts: readonly SmallAccount[], more?: Partial<RunRequest>) => RunRequest;
  readonly until: (run: string, holds: (state: RunState) => boolean) => Promise<RunState>;
  readonly ended: (run: string) => Promise<RunState>;
  /** See `engineStorage`. */
  readonly storage: () => Promise<string>;
  readonly sql: <T>(query: string) => Promise<readonly T[]>;
  readonly close: () => Promise<void>;
}

export interface AccountOptions {
  readonly links?: number;
  readonly provider?: 'aws' | 'alibaba';
  /** What is there before the run; returns the spec. */
  readonly build?: (
    simulation: Simulation,
    account: { readonly account: string; readonly links: number },
  ) => Promise<SpecText>;
}

export interface SmallAccount {
  readonly id: string;
  readonly provider: 'aws' | 'alibaba';
  readonly server: SimulationServer;
  readonly spec: RunRequest['specs'][number]['spec'];
}

/** How many times faster than real time the clouds are. */
const SPEED = 200;

/** No run of these tests takes as long, however busy the machine is. */
const WITHIN_MS = 60_000;

export async function smallWorld({
  startAt = new Date().toISOString(),
  speed = SPEED,
  isNew = false,
  ...options
}: EngineOptions & {
  readonly startAt?: string;
  readonly speed?: number;
  readonly isNew?: boolean;
} = {}): Promise<SmallWorld> {
  const engine = await startEngine({ ...SMALL_ENGINE, ...options });
  const client = await fleetClient(engine);
  const accounts = new Map<string, { readonly server: SimulationServer; readonly driver: () => Promise<Driver> }>();
  const failures: WorkerFailure[] = [];
  const workers: Worker[] = [];
  const startMs = Date.parse(startAt);
  const sinceMs = Date.now();
  const worker: SmallWorld['worker'] = async (options) => {
    const clock = createContext().clock;
    const now = (): number => startMs + (Date.now() - sinceMs) * speed;
    const sleep: typeof clock.sleep = (ms, signal) => clock.sleep(ms / speed, signal);
    const started = await startWorker({
      ingress: engine.ingress,
      timeScale: speed,
      attempts: 5,
      context: createContext({ clock: { now, monotonicMs: now, sleep } }),
      onFailure: (failure) => failures.push(failure),
      drivers: ({ account = '' }) => {
        const found = accounts.get(account);
        if (found === undefined) throw new Error(`no account ${account}`);
        return found.driver();
      },
      ...options,
    });
    workers.push(started);
    return started;
  };
  await registerWorkers(engine.admin, (await worker()).url);
  if (!isNew) await settledEngine(engine, speed);
  const until: SmallWorld['until'] = async (run, holds) => {
    for (const endMs = Date.now() + WITHIN_MS; ;) {
      const state = await client.status(run).catch((error: unknown) => {
        if (!isPosternError(error, 'ENDPOINT_UNREACHABLE')) throw error; // a test may have ended the engine
      });
      if (state !== undefined && holds(state)) return state;
      if (Date.now() > endMs) throw new Error(`waited too long: ${JSON.stringify(state)}`);
      await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
    }
  };
  return {
    engine,
    client,
    failures,
    worker,
    sql: (query) => engineRows(engine.admin, query),
    account: async (
      change = (driver) => driver,
      { links = 1, provider = 'aws', build = buildAccount }: AccountOptions = {},
    ) => {
      const seed = accounts.size + 1;
      const id = String((provider === 'aws' ? 111_111_110_000 : 1_111_222_233_330_000) + seed);
      const own = provider === 'aws' ? { account: id } : { alibabaAccount: id };
      const simulation = simulate({ seed, ...own, clock: { speed }, startAt });
      const spec = specFrom((await build(simulation, { account: id, links })) as never);
      const server = await simulation.listen();
      const driver = async (): Promise<Driver> => {
        const simulator = { url: server.url, clock: server.clock };
        return change(
          provider === 'aws'
            ? aws({ region: 'eu-west-1', account: id, simulator })
            : alibaba({ region: 'cn-hangzhou', account: id, simulator }),
        );
      };
      accounts.set(id, { server, driver });
      return { id, provider, server, spec };
    },
    request: (run, of, more) => ({
      run,
      goal: 'apply',
      specs: of.map(({ id, spec }) => ({ name: id, spec })),
      accounts: of.map(({ id, provider }) => ({ id, provider })),
      waves: [{ name: 'all', specs: of.map(({ id }) => id) }],
      ...more,
    }),
    until,
    ended: (run) => until(run, ({ endedAt }) => endedAt !== undefined),
    storage: () => engineStorage(engine.admin),
    close: async () => {
      await engine.stop();
      for (const one of workers) await one.stop();
      for (const { server } of accounts.values()) await server.close();
    },
  };
}

/** How many calls of these operations were answered. */
export const made = ({ server }: SmallAccount, ...operations: readonly string[]): number =>
  server.simulation.journal().filter(({ operation, status }) => operations.includes(operation) && status < 300).length;
