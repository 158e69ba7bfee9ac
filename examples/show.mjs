// What the examples that show the command line share: a simulator of their own, and commands as one would type them.
import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';

// The SDK's hint about coming Node versions is not part of the show.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';

/** Simulated seconds a second: a link that takes minutes is made in seconds. */
export const SPEED = 300;

const require = createRequire(import.meta.url);
const manifest = require.resolve('postern/package.json');
/** The entry of the command. */
export const POSTERN = path.join(path.dirname(manifest), JSON.parse(readFileSync(manifest, 'utf8')).bin.postern);

export const heading = (text) => console.log(`\n── ${text} ${'─'.repeat(Math.max(2, 76 - text.length))}`);

/** Whether `npm run … -- --full` asks for all that commands print. */
export const isFull = process.argv.includes('--full');

/** An argument as a shell reads it. */
const quoted = (arg) => (/^[\w@%+=:,./-]+$/.test(arg) ? arg : `'${arg.replaceAll("'", String.raw`'\''`)}'`);

/** A command as one can paste it. */
export const commandLine = (args) => `$ postern ${args.map(quoted).join(' ')}`;

/** The lines of a command that say what it found, would do, or did. */
const TELLING = /^(?: {2}[✗!?+~±-] |[✗✓] |error |switch legacy.*done|Left|Calls through|\S+ +(?:eu|cn) |.*=== )/;
/** How many of them are shown in short, before the last line. */
const MOST_LINES = 2;

/** What is shown in short of what a command printed. */
function inShort(printed) {
  const lines = printed.split('\n').filter((line) => line.trim() !== '');
  const last = lines.at(-1) ?? '';
  const telling = lines.slice(0, -1).filter((line) => TELLING.test(line));
  const first = telling.length > 0 ? telling : lines.slice(0, -1);
  return [...first.slice(0, MOST_LINES), last];
}

/**
 * Runs commands of postern in a folder, and shows what they print, or just the lines that `only` fits. `isShort`: three lines of each,
 * unless all is asked for.
 */
export function commandIn(folder, isShort = false) {
  const short = isShort && !isFull;
  return async (args, env, { ends = 0, only } = {}) => {
    console.log(commandLine(args));
    const child = spawn(process.execPath, [POSTERN, ...args], {
      cwd: folder,
      env: { ...process.env, ...env },
      stdio: ['ignore', only || short ? 'pipe' : 'inherit', 'pipe'],
    });
    let printed = '';
    child.stdout?.on('data', (chunk) => (printed += chunk));
    const complaints = [];
    // Every command says that a simulator answers; once is enough here.
    createInterface({ input: child.stderr }).on('line', (line) => {
      if (line.startsWith('*** SIMULATOR')) return;
      complaints.push(line);
      if (!short) console.error(line);
    });
    const status = await new Promise((resolve) => child.once('close', resolve));
    if (short && status !== ends) console.error(`${printed}${complaints.join('\n')}`);
    else if (only) {
      const lines = printed.split('\n').filter((line) => only.test(line));
      console.log([...(short ? [] : ['…']), ...lines].join('\n'));
    } else if (short) console.log(inShort(printed).join('\n'));
    if (status !== ends) throw new Error(`postern ${args[0]} ended with status ${status}`);
    if (ends !== 0) console.log(`(exit status ${status})`);
  };
}

/** Starts a command of postern that stays, and shows what it prints; `until` waits for a line, and `stop` for its end. */
export function stayingIn(folder) {
  return (args, env) => {
    console.log(`${commandLine(args)} &`);
    const child = spawn(process.execPath, [POSTERN, ...args], { cwd: folder, env: { ...process.env, ...env } });
    const ended = new Promise((resolve) => child.once('close', resolve));
    const lines = [];
    let heard = () => undefined;
    createInterface({ input: child.stdout }).on('line', (line) => {
      console.log(line);
      lines.push(line);
      heard();
    });
    createInterface({ input: child.stderr }).on('line', (line) => {
      if (!line.startsWith('*** SIMULATOR')) console.error(line);
    });
    const until = async (pattern) => {
      const end = ended.then((status) => Promise.reject(new Error(`postern ${args[0]} ended with status ${status}`)));
      end.catch(() => undefined); // it may end when nothing is waited for
      for (let at = 0; ;) {
        for (; at < lines.length; at += 1) if (pattern.test(lines[at])) return void lines.splice(0, at + 1);
        await Promise.race([end, new Promise((resolve) => (heard = resolve))]);
      }
    };
    const stop = () => {
      child.kill('SIGTERM');
      return ended;
    };
    return { until, stop };
  };
}

/** Prints a line that is not shown in short. */
export const detail = (...line) => isFull && console.log(...line);

/** Runs a show in a folder of its own, with a simulator that it starts; both are gone afterwards, also after an error. */
export async function show(name, run, { isShort = false } = {}) {
  const folder = mkdtempSync(path.join(tmpdir(), `${name}-`));
  let simulator;
  const start = async (options) => (simulator = await startSimulator(options));
  try {
    await run({ folder, command: commandIn(folder, isShort), staying: stayingIn(folder), start });
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  } finally {
    simulator?.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Starts `postern simulate`, with further options, and answers when it listens. */
export async function startSimulator(options = []) {
  const words = ['simulate', '--port', '0', '--speed', String(SPEED), '--seed', '7', ...options];
  const child = spawn(process.execPath, [POSTERN, ...words], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let complaints = '';
  child.stderr.on('data', (chunk) => (complaints += chunk));
  const url = await new Promise((resolve, reject) => {
    child.once('exit', () => reject(new Error(`the simulator did not start\n${complaints}`)));
    createInterface({ input: child.stdout }).on('line', (line) => {
      const [, address] = /^POSTERN_SIMULATOR=(.+)$/.exec(line) ?? [];
      if (address) resolve(address);
    });
  });
  return { url, stop: () => child.kill('SIGTERM') };
}

/** Waits so many simulated minutes. */
export const minutes = (count) => new Promise((resolve) => setTimeout(resolve, (count * 60_000) / SPEED));

/**
 * Calls a gateway five times a simulated second. Returns a function that ends the calls and prints their counts. With `after`,
 * the calls continue for that many simulated minutes first.
 */
export async function startCalls(url, gateway, paths, headers = {}) {
  const ask = async (method, path, body) => {
    const response = await fetch(`${url}/_postern/${path}`, { method, body: body && JSON.stringify(body) });
    if (!response.ok) throw new Error(`${method} ${path}: ${await response.text()}`);
    return response.json();
  };
  /** Of the calls of this job, unless there are others, such as those of a proof. */
  const reasons = async (missing) => {
    const { by } = await ask('GET', 'traffic');
    const outcomes = new Map();
    for (const row of by) outcomes.set(row.outcome, (outcomes.get(row.outcome) ?? 0) + row.calls);
    outcomes.delete('delivered');
    const told = [...outcomes.values()].reduce((sum, count) => sum + count, 0) === missing;
    return told ? [...outcomes].map(([outcome, count]) => `, ${outcome} ${count}`).join('') : `, ${missing} lost`;
  };
  await ask('DELETE', 'traffic');
  const { id } = await ask('POST', 'load', { gateway, paths, perSecond: 5, seconds: 0, headers });
  return async ({ after = 0 } = {}) => {
    await minutes(after);
    const { calls, delivered, lost } = await ask('DELETE', `load/${id}`);
    console.log(
      `calls: ${calls} made, ${delivered} delivered${delivered < calls ? await reasons(calls - delivered) : ''}`,
    );
    return { calls, delivered, lost };
  };
}
