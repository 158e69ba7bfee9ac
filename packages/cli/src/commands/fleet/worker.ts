import cluster from 'node:cluster';
import { createContext, InvalidInputError, PosternError, type Simulator } from '@postern/core/internal/library';
import { callMetrics, expositionText, allTraces } from '@postern/core/internal/telemetry';
import { createCallGateway } from '@postern/core/internal/probe';
import { engineOf } from '../../fleet/open-fleet.js';
import type * as grammar from './grammar.js';
import type { CallOf } from '../../grammar/options.js';
import { jsonLines, note, printLines } from '../../output/print.js';
import { secretTexts } from '../../process/secrets.js';
import { untilInterrupted } from '../../process/interruption.js';
import { broughtAccess } from '../../fleet/brought.js';
import { notifiersOf } from '../../watch/notifiers.js';
import { serveMetrics } from '../../watch/output.js';
import { findSimulator, loadDriver } from '../../session/load-driver.js';

const DEFAULT_PORT = 9080;

/** `postern fleet worker`: carries out steps of runs until it is interrupted, and ends what is under way then. */
export async function run({ io, options }: CallOf<typeof grammar.worker>): Promise<number> {
  const { listen, port = DEFAULT_PORT, register, advertise } = options;
  const identityKeys = await secretTexts(io, '--identity-key', options.identityKey);
  for (const key of identityKeys) {
    if (/^publickeyv1_[A-Za-z0-9]{20,100}$/.test(key)) continue;

    throw new InvalidInputError('INVALID_INPUT', '--identity-key: not the public key of an engine', {
      remedy: 'Write what the server of Restate logs when it starts: publickeyv1_….',
    });
  }
  const notifiers = await notifiersOf(io, options.notify);
  const simulator = await findSimulator(io);
  const calls = options.metricsPort === undefined ? undefined : callMetrics();
  const { registerWorkers, startWorker } = await import('@postern/fleet/worker');
  const engine = engineOf(io, options);
  const worker = await listening(port, async () =>
    startWorker({
      ...(await broughtAccess(simulator)),
      ingress: engine,
      drivers: (place, account) => loadDriver(io, place, simulator, undefined, account?.externalId),
      context: createContext({
        trace: allTraces(io.trace, calls?.trace),
        ...(simulator ? { clock: simulator.clock } : {}),
      }),
      callGateway: createCallGateway({ simulator: simulator?.url }),
      notifiers,
      host: listen,
      port,
      identityKeys,
      timeScale: simulator && (await speedOf(simulator)),
      signal: io.signal,
      onWait: () =>
        note(io, `the engine at ${new URL(engine).origin} does not answer yet; the worker starts when it does`),
      onFailure: ({ key, step = 'outside of a step', code, message }) => {
        if (options.json === true) jsonLines(io)({ type: 'failure', key, step, code, message });
        else note(io, `${key} ${step}: ${code}: ${message}; it is tried again`);
      },
    }),
  );
  const metrics =
    calls &&
    (await serveMetrics(() => expositionText(calls.families()), {
      port: options.metricsPort ?? 0,
      host: options.metricsHost,
    }));
  try {
    if (register !== undefined) await registerWorkers(register, advertise ?? worker.url);
    if (options.json === true) jsonLines(io)({ type: 'listening', url: worker.url, metrics: metrics?.url });
    else {
      if (metrics !== undefined) printLines(io, `Metrics at ${metrics.url}`);
      printLines(io, `Worker at ${worker.url}. Stop it with Ctrl+C.`);
    }
    return (await untilInterrupted(io)).exitCode;
  } finally {
    await metrics?.close();
    await worker.stop();
    // The channel to the process that has started it, `fleet dev`, would keep this one alive.
    cluster.worker?.disconnect();
  }
}

/** How many times faster than real time a simulator is: waits of the engine are in real time. */
async function speedOf({ url }: Simulator): Promise<number> {
  const clock = (await (await fetch(`${url}/_postern/clock`)).json()) as { readonly speed: number };
  return clock.speed;
}

async function listening<T>(port: number, start: () => Promise<T>): Promise<T> {
  try {
    return await start();
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === undefined || !/^E[A-Z]+$/.test(code)) throw error;

    throw new PosternError('PORT_IN_USE', `port ${port} cannot be opened: ${code}`, {
      cause: error,
      remedy: 'Choose another one with --port, or 0 for any that is free.',
    });
  }
}
