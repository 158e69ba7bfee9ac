import { spawn, type ChildProcess } from 'node:child_process';
import { mkdir, open } from 'node:fs/promises';
import { createServer } from 'node:net';
import path from 'node:path';
import { PosternError } from '@postern/core';
import type { EngineBinary } from './find-engine.js';

/** Where an engine of this machine keeps its data and listens. */
export interface EngineOptions {
  readonly data: string;
  readonly port: number;
  readonly adminPort: number;
  /** The port of the server's own protocol. */
  readonly nodePort: number;
  readonly signal: AbortSignal;
}

/** An engine that runs on loopback addresses of this machine. */
export interface EngineProcess {
  readonly ingress: string;
  readonly admin: string;
  /** Resolves when it has ended, whatever the reason. */
  readonly ended: Promise<void>;
  /** Ends it, and waits for that. */
  readonly stop: () => Promise<void>;
}

/** A new engine is ready after less than a second, on a busy machine after some. */
const READY_MS = 30_000;
const LOG = 'engine.log';

/**
 * Starts the server of an engine, and waits until it answers. Its log is in the folder of its data.
 * @throws {PosternError} `PORT_IN_USE`, `WAIT_FAILED` where it ends, `WAIT_TIMEOUT`.
 */
export async function startEngine({ file }: EngineBinary, options: EngineOptions): Promise<EngineProcess> {
  const { data, port, adminPort, nodePort, signal } = options;
  for (const one of [port, adminPort, nodePort]) await requireFree(one);
  await mkdir(data, { recursive: true });
  const log = await open(path.join(data, LOG), 'a');
  const child = spawn(file, ['--no-logo', '--base-dir', data], {
    stdio: ['ignore', log.fd, log.fd],
    env: {
      ...process.env,
      RESTATE_NODE_NAME: 'postern',
      RESTATE_BIND_IP: '127.0.0.1',
      RESTATE_ADVERTISED_HOST: '127.0.0.1',
      RESTATE_LISTEN_MODE: 'tcp',
      RESTATE_BIND_PORT: String(nodePort),
      RESTATE_INGRESS__BIND_PORT: String(port),
      RESTATE_ADMIN__BIND_PORT: String(adminPort),
      RESTATE_DISABLE_TELEMETRY: 'true',
      // The default is a minute: a unit whose worker has ended would wait so long.
      RESTATE_DEFAULT_RETRY_POLICY__MAX_INTERVAL: '2s',
      RUST_LOG: 'warn',
    },
  });
  await log.close();
  const ended = endOf(child);
  const stop = async (): Promise<void> => {
    child.kill('SIGTERM');
    await ended;
  };
  const engine = { ingress: `http://127.0.0.1:${port}`, admin: `http://127.0.0.1:${adminPort}`, ended, stop };
  try {
    await ready(engine, child, path.join(data, LOG), signal);
    return engine;
  } catch (error) {
    await stop();
    throw error;
  }
}

/** What answers on a port that is in use may be another engine. */
function requireFree(port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', (cause) => {
      const remedy = 'End the program that uses it, or choose other ports with --port and --admin-port.';
      reject(new PosternError('PORT_IN_USE', `port ${port} cannot be opened`, { remedy, cause }));
    });
    server.listen(port, '127.0.0.1', () => server.close(() => resolve()));
  });
}

function endOf(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    child.once('exit', () => resolve());
    child.once('error', () => resolve());
  });
}

async function ready(
  { ingress, admin }: Pick<EngineProcess, 'ingress' | 'admin'>,
  child: ChildProcess,
  log: string,
  signal: AbortSignal,
): Promise<void> {
  const until = Date.now() + READY_MS;
  const hasEnded = (): boolean => child.exitCode !== null || child.signalCode !== null || child.pid === undefined;
  for (;;) {
    signal.throwIfAborted();
    if (hasEnded()) {
      throw new PosternError('WAIT_FAILED', 'the engine ended before it answered', {
        remedy: `Read ${log}: its ports may be in use, or another engine may use the folder.`,
      });
    }
    if ((await answers(`${admin}/health`)) && (await answers(`${ingress}/restate/health`))) return;
    if (Date.now() > until)
      throw new PosternError('WAIT_TIMEOUT', `the engine does not answer at ${admin}`, { remedy: `Read ${log}.` });
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

async function answers(url: string): Promise<boolean> {
  try {
    return (await fetch(url, { signal: AbortSignal.timeout(1_000) })).ok;
  } catch {
    return false;
  }
}
