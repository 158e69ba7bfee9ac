import { spawn, type ChildProcess } from 'node:child_process';
import { readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { build } from 'esbuild';
// @ts-expect-error a script without declarations
import * as scripts from '../../../../scripts/build.mjs';

const { built } = scripts as { built: (folder: string) => { readonly js: boolean } };

/** How a process ended: its exit status, or the signal that killed it. */
export interface Ended {
  readonly status: number | null;
  readonly killedBy: NodeJS.Signals | null;
  readonly out: string;
  readonly err: string;
}

export interface StartOptions {
  readonly cwd: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Commands of a shell that precede the start: `ulimit -f 0`. */
  readonly shell?: string | undefined;
  /** The user of the process; needs root. */
  readonly uid?: number | undefined;
}

export interface PosternCommand {
  readonly start: (
    argv: readonly string[],
    options: StartOptions,
  ) => { readonly child: ChildProcess; readonly ended: Promise<Ended> };
  /** The bundle's entry. */
  readonly bin: string;
  /** Kills what still runs. */
  readonly end: () => void;
}

const PACKAGES = path.resolve(import.meta.dirname, '../../..');

/** What CommonJS modules need in a bundle of ES modules. */
const REQUIRE = `import { createRequire as requireOf } from 'node:module'; const require = requireOf(import.meta.url);
const __dirname = import.meta.dirname;`;

// Below the command's node_modules, where the modules that are left outside are found.
const BUNDLES = path.join(PACKAGES, 'cli/node_modules');
const PREFIX = '.test-command-';

let bundle: Promise<string> | undefined;

/** The command that `npm test` has built, where it is that of the present sources. */
function builtCommand(): string | undefined {
  return built('cli').js ? path.join(PACKAGES, 'cli/dist/bin.js') : undefined;
}

/** Removes the bundles of processes that have ended: nothing tells a process of tests that it ends. */
function removeOld(): void {
  for (const name of readdirSync(BUNDLES).filter((one) => one.startsWith(PREFIX))) {
    try {
      process.kill(Number(name.slice(PREFIX.length)), 0);
    } catch {
      rmSync(path.join(BUNDLES, name), { recursive: true, force: true });
    }
  }
}

/**
 * The command from the sources, where it is not built: bundled once in a process of tests, in chunks. A process loads only what it needs,
 * and starts three times as fast as from a single file.
 */
async function bundled(): Promise<string> {
  removeOld();
  const folder = path.join(BUNDLES, `${PREFIX}${process.pid}`);
  await build({
    entryPoints: [path.join(PACKAGES, 'cli/src/bin.ts')],
    outdir: folder,
    outExtension: { '.js': '.mjs' },
    banner: { js: REQUIRE },
    bundle: true,
    splitting: true,
    platform: 'node',
    format: 'esm',
    target: 'es2022',
    // A chunk of a CommonJS module would have no named exports.
    mainFields: ['module', 'main'],
    // As in the package: they read files beside their own, or cannot be bundled.
    external: ['@viz-js/viz', 'jiti'],
    logLevel: 'error',
  });
  return path.join(folder, 'bin.mjs');
}

/** The command as processes. */
export async function bundleCommand(): Promise<PosternCommand> {
  const bin = await (bundle ??= Promise.resolve(builtCommand() ?? bundled()));
  const children = new Set<ChildProcess>();
  return {
    bin,
    start: (argv, { cwd, env = {}, shell, uid }) => {
      const command = [process.execPath, bin, ...argv];
      const inShell = ['sh', '-c', `${shell}; exec "$@"`, 'sh', ...command];
      const [program = '', ...args] = shell === undefined ? command : inShell;
      const child = spawn(program, args, {
        cwd,
        ...(uid === undefined ? {} : { uid }),
        env: { PATH: process.env['PATH'], ...env },
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      children.add(child);
      let out = '';
      let err = '';
      child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()));
      child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()));
      const ended = new Promise<Ended>((resolve) => {
        child.once('close', (status, killedBy) => {
          children.delete(child);
          resolve({ status, killedBy, out, err });
        });
      });
      return { child, ended };
    },
    end: () => {
      for (const child of children) child.kill('SIGKILL');
    },
  };
}
