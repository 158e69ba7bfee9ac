import { specFrom } from '../../core/test/clouds.js';
import { fileURLToPath } from 'node:url';
import { isPosternError, type Spec } from '@postern/core/internal/library';
import type { Notifier } from '@postern/core/internal/watch';
import {
  fleetClient,
  startEngine,
  type Engine,
  type FleetClient,
  type RunRequest,
  type RunState,
} from '@postern/fleet';
import { registerWorkers, startWorkerProcesses, type Worker, type WorkerProcesses } from '@postern/fleet/worker';
import { simulate, type Simulation, type SimulationServer } from '@postern/simulator';
import { buildAccount } from '../../../examples/fleet/account.mjs';
import { accountsWorker, type AccountsWorker } from '../../../examples/fleet/accounts-worker.mjs';

/** The engine, simulated accounts with a network and a spec each, and workers. */
export interface FleetWorld {
  readonly engine: Engine;
  readonly client: FleetClient;
  readonly accounts: readonly SimulatedAccount[];
  /** Process IDs of the workers that are not in this process. */
  readonly pids: () => readonly number[];
  /** Kills these. A worker of this process continues, at their address. */
  readonly takeOver: () => Promise<void>;
  /** A run of the goal `apply` for all accounts. */
  readonly request: (run: string, more?: Partial<RunRequest>) => RunRequest;
  readonly until: (run: string, holds: (state: RunState) => boolean) => Promise<RunState>;
  readonly ended: (run: string) => Promise<RunState>;
  readonly close: () => Promise<void>;
}

export interface SimulatedAccount {
  readonly id: string;
  readonly server: SimulationServer;
  readonly spec: Spec;
  readonly secret: string;
}

const QUOTAS = { 'vpc-links': 1_000, 'network-interfaces': 10_000 };

const ROLES = { aws: 'arn:aws:iam::', alibaba: 'acs:ram::' };

const SOURCES = new URL('../../../scripts/sources/register.mjs', import.meta.url).href;

/** Idle partitions of an engine take time of the processor, too. */
export const SMALL_ENGINE = { env: { RESTATE_DEFAULT_NUM_PARTITIONS: '1' } };

/** A look reads what is known of all specs. */
export const LOOK_EVERY_MS = 200;

/** The first runs on new data look for what runs on lost data may have created. This is not what tests of runs are about. */
export async function settledEngine({ ingress }: Engine, speed: number): Promise<void> {
  const body = JSON.stringify({ run: 'none', forMs: 0 });
  const headers = { 'content-type': 'application/json' };
  const answer = await fetch(`${ingress}/postern-runs/all/ended`, { method: 'POST', headers, body });
  if (!answer.ok) throw new Error(await answer.text());
  await new Promise((resolve) => setTimeout(resolve, 60_000 / speed));
}

/** Links with an integration and a route each. */
async function buildSpec(simulation: Simulation, { id, links }: { readonly id: string; readonly links: number }) {
  return specFrom((await buildAccount(simulation, { account: id, links })) as never);
}

export async function fleetWorld({
  accounts: many,
  links,
  workers: count,
  speed,
  replaysAlways = false,
  sameWorld = false,
  provider = 'aws',
  calls = false,
  notifiers = [],
  build = buildSpec,
}: {
  readonly accounts: number;
  readonly links: number;
  /** Workers in processes of their own. 0: one in this process, which starts at once and cannot be killed. */
  readonly workers: number;
  readonly speed: number;
  readonly replaysAlways?: boolean;
  /** Whether the accounts are alike: they have the same IDs of what is there at the start. */
  readonly sameWorld?: boolean;
  readonly provider?: 'aws' | 'alibaba';
  readonly calls?: boolean;
  /** Of the worker of this process. */
  readonly notifiers?: readonly Notifier[];
  /** What is there before the run; returns the spec. */
  readonly build?: (simulation: Simulation, account: { readonly id: string; readonly links: number }) => Promise<Spec>;
}): Promise<FleetWorld> {
  const engine = await startEngine(SMALL_ENGINE);
  // Instances of Alibaba Cloud can be bought until August 2026.
  const startAt = provider === 'aws' ? new Date().toISOString() : '2026-06-01T00:00:00Z';
  const accounts: SimulatedAccount[] = [];
  for (let at = 0; at < many; at += 1) {
    const id = String((provider === 'aws' ? 111_111_110_001 : 1_111_222_233_330_001) + at);
    const simulation = simulate({
      seed: sameWorld ? 1 : at + 1,
      ...(provider === 'aws' ? { account: id } : { alibabaAccount: id }),
      clock: { speed },
      startAt,
      quotas: QUOTAS,
    });
    const spec = await build(simulation, { id, links });
    accounts.push({ id, server: await simulation.listen(), spec, secret: `canary/${id}/secret+key/0123456789` });
  }
  // While one account is built the time of the others passes, and clouds have the same time.
  const latestMs = Math.max(...accounts.map(({ server }) => server.clock.now()));
  for (const { server } of accounts) await server.simulation.advance(Math.max(0, latestMs - server.clock.now()));
  const port = 20_000 + Math.floor(Math.random() * 12_000);
  const first = accounts[0]!;
  const input: AccountsWorker = {
    ingress: engine.ingress,
    port,
    replaysAlways,
    // The gateways of the first account can be called.
    ...(calls ? { calls: first.server.url } : {}),
    speed,
    sinceMs: Date.now(),
    startMs: first.server.clock.now(),
    clouds: Object.fromEntries(
      accounts.map(({ id, server, secret }) => [
        id,
        { url: server.url, credentials: { accessKeyId: 'AKIASIMULATOR', secretAccessKey: secret } },
      ]),
    ),
  };
  const ownWorkers: Worker[] = [];
  const workHere = async (): Promise<void> => void ownWorkers.push(await accountsWorker({ ...input, notifiers }));
  const workers = count === 0 ? undefined : await inProcesses(input, count);
  if (workers === undefined) await workHere();
  await registerWorkers(engine.admin, `http://127.0.0.1:${port}`);
  await settledEngine(engine, speed);
  const client = await fleetClient(engine);
  const until: FleetWorld['until'] = async (run, holds) => {
    for (;;) {
      const state = await client.status(run).catch((error: unknown) => {
        if (!isPosternError(error, 'ENDPOINT_UNREACHABLE')) throw error; // a test may have killed the engine
      });
      if (state !== undefined && holds(state)) return state;
      await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
    }
  };
  return {
    engine,
    client,
    accounts,
    pids: () => workers?.pids() ?? [],
    takeOver: async () => {
      for (const pid of workers?.pids() ?? []) process.kill(pid, 'SIGKILL');
      await workers?.stop();
      await workHere();
    },
    request: (run, more) => ({
      run,
      goal: 'apply',
      specs: accounts.map(({ id, spec }) => ({ name: id, spec })),
      accounts: accounts.map(({ id }) => ({ id, provider, role: `${ROLES[provider]}${id}:role/deploy` })),
      waves: [{ name: 'all', specs: accounts.map(({ id }) => id) }],
      ...more,
    }),
    until,
    ended: (run) => until(run, ({ endedAt }) => endedAt !== undefined),
    close: async () => {
      await workers?.stop();
      await engine.stop();
      for (const one of ownWorkers) await one.stop();
      for (const { server } of accounts) await server.close();
    },
  };
}

const inProcesses = (input: AccountsWorker, count: number): Promise<WorkerProcesses> =>
  startWorkerProcesses({
    program: fileURLToPath(new URL('../../../examples/fleet/worker.mjs', import.meta.url)),
    count,
    execArgv: ['--import', SOURCES],
    env: { POSTERN_WORKER: JSON.stringify(input), AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true' },
  });
