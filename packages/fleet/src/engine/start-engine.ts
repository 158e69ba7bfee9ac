import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtemp, open, rm, statfs } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { PosternError, isPosternError } from '@postern/core/internal/library';
import { endProcess, findRunning, forgetEngine, noteEngine, type RunningEngine } from './running-engine.js';
import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { isOldEnough, OLDEST_ENGINE } from './admin.js';

/** The package of the engine's server. Its licence is the BSL: users install it, and it is never inside this package. */
const SERVER = '@restatedev/restate-server';
/** What fleets are tested with. */
const TESTED = '1.7.12';

/** The server of an engine on this machine. */
export interface EngineBinary {
  readonly file: string;
  readonly version: string;
}

/**
 * The server that is installed in a folder or above it.
 * @throws {PosternError} `DEPENDENCY_MISSING`, `ENGINE_TOO_OLD`.
 */
export function findEngine(
  cwd: string,
  { platform, arch }: Pick<NodeJS.Process, 'platform' | 'arch'> = process,
): EngineBinary {
  const remedy = `Run \`npm i -D ${SERVER}@${TESTED}\` in this folder. Its licence is the Business Source License 1.1.`;
  const server = installed(cwd, SERVER);
  if (server === undefined)
    throw new PosternError('DEPENDENCY_MISSING', `${SERVER} is not installed in ${cwd}`, { remedy });

  const { version } = JSON.parse(readFileSync(path.join(server, 'package.json'), 'utf8')) as {
    readonly version: string;
  };
  if (!isOldEnough(version)) {
    const message = `${SERVER} ${version} is too old: fleets need ${OLDEST_ENGINE} or newer`;
    throw new PosternError('ENGINE_TOO_OLD', message, { remedy });
  }

  const program = installed(server, `${SERVER}-${platform}-${arch}`);
  if (program !== undefined) return { file: path.join(program, 'bin', 'restate-server'), version };

  throw new PosternError('DEPENDENCY_MISSING', `${SERVER} has no server for ${platform} ${arch} here`, {
    remedy: 'Servers exist for Linux and macOS on x64 and arm64; install without --omit=optional.',
  });
}

/** The folder of a package, as Node finds it from a folder; not by NODE_PATH, which names packages of other programs. */
function installed(folder: string, name: string): string | undefined {
  for (let at = path.resolve(folder); ; at = path.dirname(at)) {
    const found = path.join(at, 'node_modules', name);
    if (existsSync(path.join(found, 'package.json'))) return realpathSync(found);
    if (at === path.dirname(at)) return undefined;
  }
}

/** The ports of an engine. */
interface Ports {
  readonly ingress: number;
  readonly admin: number;
  readonly node: number;
}

/** Where an engine of this machine keeps its data, and how it is started. */
export interface EngineOptions {
  /** Default: a temporary folder, which `stop` deletes. */
  readonly folder?: string | undefined;
  /** Default: free ports. `node` is of its own protocol, which no one else speaks: by default 5122, or a free one where that is in use. */
  readonly ports?: Omit<Ports, 'node'> & { readonly node?: number };
  /** The server's program. Default: that of the package `@restatedev/restate-server`. */
  readonly program?: string | undefined;
  /** More variables of its environment, such as `RESTATE_WORKER__INVOKER__INACTIVITY_TIMEOUT`. */
  readonly env?: Readonly<Record<string, string>> | undefined;
}

/** A running engine, on loopback only. */
export interface Engine {
  readonly ingress: string;
  readonly admin: string;
  readonly folder: string;
  readonly pid: number;
  /** Ends it as a power cut does; `restart` continues with its data. */
  readonly kill: () => Promise<void>;
  readonly restart: () => Promise<void>;
  readonly stop: () => Promise<void>;
}

const READY_WITHIN_MS = 60_000;

/**
 * Starts the server of Restate for development and tests. Where one runs on the data of the folder, and what started it has ended, that
 * one is continued.
 * @throws {PosternError} `DEPENDENCY_MISSING` where it is not installed, `ENGINE_TOO_OLD`, `WAIT_TIMEOUT` where it does not start or
 *   does not answer, `FILE_UNWRITABLE` where it does not start on a full disk, `LOCKED` where another process uses the folder.
 */
export async function startEngine(options: EngineOptions = {}): Promise<Engine> {
  const program = options.program ?? serverProgram();
  const folder = options.folder ?? (await mkdtemp(path.join(tmpdir(), 'postern-engine-')));
  const running = options.folder === undefined ? undefined : await findRunning(folder);
  const ports = await portsOf(options.ports);
  const at = { ingress: `http://127.0.0.1:${ports.ingress}`, admin: `http://127.0.0.1:${ports.admin}` };
  const urls = running === undefined || options.ports !== undefined ? at : running;
  const env = { ...inherited(), ...environment(ports), ...options.env };
  let server = running === undefined ? await started(program, folder, env, at) : await continued(running, folder, urls);
  return {
    ingress: urls.ingress,
    admin: urls.admin,
    folder,
    get pid() {
      return server.pid;
    },
    kill: () => server.end('SIGKILL'),
    restart: async () => {
      server = await started(program, folder, env, urls);
    },
    stop: async () => {
      await server.end('SIGTERM');
      await forgetEngine(folder);
      if (options.folder === undefined) await rm(folder, { recursive: true, force: true });
    },
  };
}

/** A server, whoever has started it. */
interface Server {
  readonly pid: number;
  readonly end: (signal: NodeJS.Signals) => Promise<void>;
}

/** So long a server that runs may take to answer. */
const ANSWERS_WITHIN_MS = 10_000;

async function continued(
  running: RunningEngine,
  folder: string,
  { ingress, admin }: Pick<Engine, 'ingress' | 'admin'>,
): Promise<Server> {
  const { pid } = running;
  if (running.ingress !== ingress || running.admin !== admin) {
    throw new PosternError('LOCKED', `process ${pid} runs an engine on the data in ${folder}, at ${running.ingress}`, {
      remedy: `Name its ports, or end process ${pid}.`,
    });
  }

  for (const endMs = Date.now() + ANSWERS_WITHIN_MS; !(await answers(running));) {
    if (Date.now() < endMs) {
      await new Promise((resolve) => setTimeout(resolve, 200));
      continue;
    }

    throw new PosternError('WAIT_TIMEOUT', `the engine on the data in ${folder}, process ${pid}, does not answer`, {
      remedy: `End process ${pid}, make room on the disk if it is full, and start again: runs go on where they were.`,
    });
  }
  await noteEngine(folder, { pid, ingress, admin });
  return { pid, end: (signal) => endProcess(pid, signal) };
}

/** What the server needs of this process's environment, which may hold credentials. */
function inherited(): NodeJS.ProcessEnv {
  const { PATH, HOME, TMPDIR, LANG } = process.env;
  return { PATH, HOME, TMPDIR, LANG };
}

function environment(ports: Ports): Readonly<Record<string, string>> {
  return {
    RESTATE_BIND_IP: '127.0.0.1',
    RESTATE_ADVERTISED_HOST: '127.0.0.1',
    RESTATE_LISTEN_MODE: 'tcp',
    RESTATE_BIND_PORT: String(ports.node),
    RESTATE_INGRESS__BIND_PORT: String(ports.ingress),
    RESTATE_ADMIN__BIND_PORT: String(ports.admin),
    RESTATE_DISABLE_TELEMETRY: 'true', // `1` is refused
    RESTATE_DEFAULT_RETRY_POLICY__MAX_INTERVAL: '2s', // by default a minute
    RESTATE_DEFAULT_RETRY_POLICY__INITIAL_INTERVAL: '100ms',
    RESTATE_DEFAULT_JOURNAL_RETENTION: '7d',
    RESTATE_ROCKSDB_TOTAL_MEMORY_SIZE: '512MB',
    RESTATE_DEFAULT_NUM_PARTITIONS: '4',
    RUST_LOG: 'warn',
  };
}

async function started(
  program: string,
  folder: string,
  env: NodeJS.ProcessEnv,
  urls: Pick<Engine, 'ingress' | 'admin'>,
): Promise<Server> {
  // The file itself and no pipe: the server may outlive this process. A full disk takes no log.
  const log = await open(path.join(folder, 'server.log'), 'a').catch(() => undefined);
  const output = log?.fd ?? 'ignore';
  const server = spawn(program, ['--base-dir', folder, '--no-logo'], { env, stdio: ['ignore', output, output] });
  await log?.close();
  let failure: unknown;
  server.once('error', (error) => (failure = error));
  const endMs = Date.now() + READY_WITHIN_MS;
  while (!(await answers(urls))) {
    if (failure !== undefined || server.exitCode !== null || Date.now() > endMs) {
      await ended(server, 'SIGKILL');
      throw await notStarted(folder, failure);
    }

    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  const { pid = 0 } = server;
  await noteEngine(folder, { pid, ingress: urls.ingress, admin: urls.admin });
  return { pid, end: (signal) => ended(server, signal) };
}

/** A disk with less room is named where the server does not start: its log is empty then. */
const LITTLE_ROOM_BYTES = 64 * 1024 * 1024;

async function notStarted(folder: string, cause: unknown): Promise<PosternError> {
  const { bavail, bsize } = await statfs(folder).catch(() => ({ bavail: Infinity, bsize: 1 }));
  const freeBytes = bavail * bsize;
  if (freeBytes >= LITTLE_ROOM_BYTES)
    return new PosternError('WAIT_TIMEOUT', 'the server of Restate did not start', {
      cause,
      remedy: `Read ${path.join(folder, 'server.log')}.`,
    });

  const free = Math.floor(freeBytes / 1024 / 1024);
  const message = `the server of Restate did not start: the disk of ${folder} has ${free} MB left`;
  return new PosternError('FILE_UNWRITABLE', message, {
    cause,
    remedy: 'Make room on the disk, and start again: runs go on where they were.',
  });
}

async function answers({ ingress, admin }: Pick<Engine, 'ingress' | 'admin'>): Promise<boolean> {
  return (await isHealthy(`${admin}/health`)) && (await isHealthy(`${ingress}/restate/health`));
}

async function isHealthy(url: string): Promise<boolean> {
  try {
    return (await fetch(url, { signal: AbortSignal.timeout(2_000) })).ok;
  } catch {
    return false;
  }
}

async function ended(server: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null || server.pid === undefined) return;

  const exit = new Promise((resolve) => server.once('exit', resolve));
  server.kill(signal);
  const late = setTimeout(() => server.kill('SIGKILL'), 10_000);
  await exit;
  clearTimeout(late);
}

/** The server of the folder where the process works, or of the package that needs it. */
function serverProgram(): string {
  try {
    return findEngine(process.cwd()).file;
  } catch (error) {
    if (!isPosternError(error, 'DEPENDENCY_MISSING')) throw error;

    return findEngine(path.dirname(fileURLToPath(import.meta.url))).file;
  }
}

const NODE_PORT = 5_122;

async function portsOf(given: EngineOptions['ports']): Promise<Ports> {
  const free = await freePorts();
  const node = given !== undefined && (await isFree(NODE_PORT)) ? NODE_PORT : free.node;
  return { ...free, node, ...given };
}

/** Below 32768, where outgoing connections get their ports. */
async function freePorts(): Promise<Ports> {
  const found: number[] = [];
  while (found.length < 3) {
    const port = 20_000 + Math.floor(Math.random() * 12_000);
    if (!found.includes(port) && (await isFree(port))) found.push(port);
  }
  const [ingress = 0, admin = 0, node = 0] = found;
  return { ingress, admin, node };
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}
