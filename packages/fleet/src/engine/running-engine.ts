import { execFile } from 'node:child_process';
import { readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { PosternError, InvalidInputError } from '@postern/core/internal/library';

/** The server on the data of a folder. */
export interface RunningEngine {
  readonly pid: number;
  readonly ingress: string;
  readonly admin: string;
  /** The process that has started it, or continues it. */
  readonly by: { readonly pid: number; readonly command: string };
}

const FILE = 'engine.json';

/** Notes that this process uses the server of a folder. A full disk takes no note, and then the server is not found later. */
export async function noteEngine(folder: string, engine: Omit<RunningEngine, 'by'>): Promise<void> {
  const { command = '' } = (await processOf(process.pid)) ?? {};
  const note: RunningEngine = { ...engine, by: { pid: process.pid, command } };
  await writeFile(path.join(folder, FILE), JSON.stringify(note)).catch(() => undefined);
}

/** Removes the note: the server has ended. */
export async function forgetEngine(folder: string): Promise<void> {
  await rm(path.join(folder, FILE), { force: true }).catch(() => undefined);
}

/**
 * The server that runs on the data of a folder after the process that used it has ended, for instance by SIGKILL.
 * @throws {PosternError} `LOCKED` where that process runs.
 */
export async function findRunning(folder: string): Promise<RunningEngine | undefined> {
  const noted = await noteIn(folder);
  const running = noted && (await processOf(noted.pid));
  // Another program may have the number of a server that has ended.
  if (noted === undefined || running?.command.includes(folder) !== true) return undefined;

  const { pid, command } = noted.by;
  if ((await processOf(pid))?.command === command) {
    throw new PosternError('LOCKED', `process ${pid} runs an engine on the data in ${folder}`, {
      remedy: `End process ${pid}, or name another folder.`,
    });
  }

  return noted;
}

async function noteIn(folder: string): Promise<RunningEngine | undefined> {
  try {
    return JSON.parse(await readFile(path.join(folder, FILE), 'utf8')) as RunningEngine;
  } catch {
    return undefined; // there is none, or it was cut off by a full disk
  }
}

/** A process of this machine; undefined where it has ended, or cannot be read. @see https://man7.org/linux/man-pages/man5/proc_pid_cmdline.5.html */
async function processOf(pid: number): Promise<{ readonly command: string } | undefined> {
  try {
    if (process.platform !== 'linux') {
      const { stdout } = await promisify(execFile)('ps', ['-o', 'args=', '-p', String(pid)]);
      return { command: stdout.trim() };
    }

    const command = await readFile(`/proc/${pid}/cmdline`, 'utf8');
    return command === '' ? undefined : { command: command.replaceAll('\0', ' ') }; // one that nobody has waited for
  } catch {
    return undefined;
  }
}

const ENDS_WITHIN_MS = 10_000;
const LOOK_EVERY_MS = 50;

/** Ends a process that this one has not started. */
export async function endProcess(pid: number, signal: NodeJS.Signals): Promise<void> {
  const endMs = performance.now() + ENDS_WITHIN_MS;
  for (let next: NodeJS.Signals | undefined = signal; (await processOf(pid)) !== undefined;) {
    if (next !== undefined) process.kill(pid, next);
    next = next !== 'SIGKILL' && performance.now() > endMs ? 'SIGKILL' : undefined;
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
  }
}

/**
 * The version of what workers record at the engine. It is raised with each change of what the services do one after the other, since the
 * engine matches that by position: code of another version cannot continue what has begun. `fleet.verify.test.ts` compares what is recorded.
 */
export const WORKER_VERSION = '7';

/** Where the engine shows it: in the metadata of each service. */
export const VERSION_KEY = 'postern-version';

/** Where an engine is called, apart from the name and password that its URL may hold: `fetch` refuses those in a URL, and errors show it. */
export interface EngineUrl {
  /** Without user, password and slashes at its end. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
}

/**
 * The address of an engine behind a proxy that asks who calls: `https://user:password@restate.example.com`.
 * @throws {InvalidInputError} `INVALID_INPUT`, without the text: it may hold a password.
 */
export function engineUrl(text: string): EngineUrl {
  const parsed = URL.canParse(text) ? new URL(text) : undefined;
  if (parsed === undefined || !/^https?:$/.test(parsed.protocol)) {
    throw new InvalidInputError('INVALID_INPUT', 'the address of the engine is not a URL', {
      remedy: 'Write it as in http://127.0.0.1:8080.',
    });
  }

  const { username, password } = parsed;
  parsed.username = '';
  parsed.password = '';
  const url = parsed.href.replace(/(?<!\/)\/+$/, '');
  if (username === '' && password === '') return { url, headers: {} };

  const user = Buffer.from(`${decodeURIComponent(username)}:${decodeURIComponent(password)}`).toString('base64');
  return { url, headers: { authorization: `Basic ${user}` } };
}
