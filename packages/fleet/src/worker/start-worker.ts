import { randomBytes } from 'node:crypto';
import { createServer } from 'node:http2';
import type { AddressInfo } from 'node:net';
import { InvalidInputError, createContext, type CallContext } from '@postern/core/internal/library';
import { judge } from '@postern/core/internal/check';
import type { CallGateway } from '@postern/core/internal/probe';
import type { Notifier } from '@postern/core/internal/watch';
import * as restate from '@restatedev/restate-sdk';
import type { BroughtAccess } from '../brought/access.js';
import { BROUGHT_WORK } from '../brought/work.js';
import { ingressAt } from '../engine/ingress.js';
import { VERSION_KEY, WORKER_VERSION } from '../engine/running-engine.js';
import { NOT_KEPT } from '../services/calls.js';
import { fleet } from '../services/fleet.js';
import { historyService } from '../services/history.js';
import { moveService } from '../services/move.js';
import { moves } from '../services/place-work.js';
import { pacer } from '../services/pacer.js';
import { progress } from '../services/progress.js';
import { runService } from '../services/run.js';
import { runs } from '../services/runs.js';
import { specService } from '../services/spec.js';
import { unitService } from '../services/unit.js';
import { watchOf } from '../services/watch.js';
import { controlOf } from './worker-processes.js';
import { ATTEMPTS, reportsFailures, type WorkerFailure, type Setting, newsOf } from './failures.js';
import { INACTIVITY_MS } from './restate-runner.js';
import { type DriverOf, keptDrivers, worksOf } from './works.js';
import { keepsTime, requireTime } from './require-time.js';
import { sharedPace } from './shared-pace.js';

/** How a worker is started. */
export interface WorkerOptions extends BroughtAccess {
  /** Where runs are started, for what a worker asks: `http://127.0.0.1:8080`. */
  readonly ingress: string;
  /** The driver for an account and region. It assumes the account's role; credentials stay in this process. */
  readonly drivers: DriverOf;
  /** Default: one on the machine's clock. Its pace is not used: that is the engine's, for all workers. */
  readonly context?: CallContext | undefined;
  readonly callGateway?: CallGateway | undefined;
  /** Who receives the changes that rounds of `watch` find; all workers of an engine have the same. Addresses stay in this process. */
  readonly notifiers?: readonly Notifier[] | undefined;
  /** Where it listens. Default: a free port of 127.0.0.1. */
  readonly port?: number | undefined;
  readonly host?: string | undefined;
  /**
   * The public keys of the engine's requests (`publickeyv1_…`): requests that are not signed by one are refused. Without one a
   * worker listens on loopback only.
   */
  readonly identityKeys?: readonly string[] | undefined;
  /** How many times faster than real time the clouds are; for simulated ones. Default 1. */
  readonly timeScale?: number | undefined;
  /**
   * What fails below the steps of runs: a defect, a file, the engine, a call that hung. It is tried again. Texts have no secrets.
   * Default: nothing is logged; `status` shows it in any case.
   */
  readonly onFailure?: ((failure: WorkerFailure) => void) | undefined;
  /** How often a worker tries that before the unit fails. Default 12: half a minute where it fails at once. */
  readonly attempts?: number | undefined;
  /** Called once where the engine does not answer yet: a worker starts when it does. */
  readonly onWait?: ((error: unknown) => void) | undefined;
  /** Ends the wait for the engine. */
  readonly signal?: AbortSignal | undefined;
  /** The version of its code, where that is not the package's alone. See `registerWorkers`. */
  readonly version?: string | undefined;
  /** For tests: units are replayed at each of their waits, which finds code that does not do the same thing twice. */
  readonly replaysAlways?: boolean | undefined;
}

/** A running worker. */
export interface Worker {
  /** What the engine calls; several processes behind one address are one deployment. */
  readonly url: string;
  /** Takes no new work, and ends when what is under way has ended, for at most 30 seconds. */
  readonly stop: () => Promise<void>;
}

const LOOPBACK: ReadonlySet<string> = new Set(['127.0.0.1', '::1', 'localhost']);

const STOP_WITHIN_MS = 30_000;

/** The largest number that the engine takes. */
const UNLIMITED = 2 ** 32 - 1;

/**
 * Starts a worker when the engine answers. It has to be registered at the engine (`registerWorkers`), once for all workers of one
 * address.
 * @throws {InvalidInputError} `INVALID_INPUT` where it would listen for others without the engine's identity key.
 * @throws {PosternError} `CLOCK_SKEWED` where the clock of this machine is more than five seconds off the engine's. One
 *   that is set later takes no work until it is right.
 */
export async function startWorker(options: WorkerOptions): Promise<Worker> {
  const { host = '127.0.0.1', port = 0, identityKeys = [], replaysAlways = false } = options;
  if (identityKeys.length === 0 && !LOOPBACK.has(host)) {
    throw new InvalidInputError('INVALID_INPUT', `a worker on ${host} needs the identity key of the engine`, {
      remedy:
        'Pass `identityKeys` (--identity-key): what the server of Restate logs as its public key. Without it anyone could start steps.',
    });
  }

  provideWithResolvers();
  const setting = settingOf(options);
  await requireTime(setting.ingress, { signal: options.signal, onWait: options.onWait });
  const failed = (failure: WorkerFailure): void => {
    setting.news.failed(failure);
    options.onFailure?.(failure);
  };
  const handler = restate.createEndpointHandler({
    services: servicesOf(setting, replaysAlways),
    ...(identityKeys.length === 0 ? {} : { identityKeys: [...identityKeys] }),
    defaultServiceOptions: {
      inactivityTimeout: replaysAlways ? 0 : INACTIVITY_MS,
      abortTimeout: INACTIVITY_MS,
      ...NOT_KEPT,
      // Other code than before, under the same address, changes nothing: it is tried again until the code of its beginning answers.
      onJournalMismatchErrors: 'retry',
      // Without a limit: by default the engine pauses what has failed 70 times, so two minutes without workers would stop all runs.
      retryPolicy: { initialInterval: 100, maxInterval: 2_000, maxAttempts: UNLIMITED },
      hooks: [reportsFailures(failed), keepsTime(setting.ingress)],
    },
    logger: () => undefined, // what fails is reported by the hook, without secrets
  });
  const server = createServer(handler);
  const sessions = new Set<{ close: () => void; destroy: () => void }>();
  server.on('session', (session) => {
    sessions.add(session);
    session.once('close', () => sessions.delete(session));
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  const address = server.address() as AddressInfo;
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${address.port}`,
    stop: async () => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      for (const session of sessions) session.close();
      const late = setTimeout(() => sessions.forEach((session) => session.destroy()), STOP_WITHIN_MS);
      await closed;
      clearTimeout(late);
    },
  };
}

function settingOf({
  ingress: url,
  drivers,
  context = createContext(),
  callGateway,
  notifiers = [],
  timeScale = 1,
  attempts = ATTEMPTS,
  version = WORKER_VERSION,
  ...brought
}: WorkerOptions): Setting {
  const ingress = ingressAt(url);
  // Instants are the engine's, whatever the clock of this machine shows.
  const now = (): number => context.clock.now() + ingress.aheadMs() * timeScale;
  const clock = { ...context.clock, now };
  return {
    ingress,
    driverOf: keptDrivers(drivers),
    context: { ...context, clock },
    judge,
    callGateway,
    brought,
    notifiers,
    timeScale,
    control: controlOf(ingress),
    pace: sharedPace(ingress, clock, timeScale),
    works: worksOf(ingress, version),
    news: newsOf(ingress, version),
    attempts,
    failures: new Map(),
    process: randomBytes(6).toString('base64url'), // it is in each record
    version,
    begun: new Set(),
  };
}

function servicesOf(setting: Setting, replaysAlways: boolean) {
  const ofWorker = [
    specService(setting, replaysAlways),
    unitService(setting),
    moveService(setting, replaysAlways),
    watchOf(setting),
    historyService(setting, replaysAlways),
  ];
  const brought = BROUGHT_WORK.flatMap((one) => one.services(setting, replaysAlways));
  const services = [runService(setting), fleet, runs, progress, pacer, moves, ...ofWorker, ...brought];
  return services.map((service) => ({ ...service, metadata: { [VERSION_KEY]: setting.version } }));
}

/** The engine's SDK calls `Promise.withResolvers` in every handler, and Node 20 does not have it. */
function provideWithResolvers(): void {
  if ('withResolvers' in Promise) return;

  Object.defineProperty(Promise, 'withResolvers', { configurable: true, writable: true, value: withResolvers });
}

function withResolvers<T>(this: PromiseConstructor) {
  let resolve!: (value: T) => void;
  let reject!: (reason: unknown) => void;
  const promise = new this<T>((yes, no) => {
    resolve = yes;
    reject = no;
  });
  return { promise, resolve, reject };
}
