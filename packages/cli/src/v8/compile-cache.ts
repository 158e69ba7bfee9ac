import {
  closeSync,
  fstatSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs';
import nodeModule, { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import { cachedDataVersionTag } from 'node:v8';
import vm from 'node:vm';

/**
 * Loads a CommonJS file of this package with the code that V8 compiled in an earlier run. Without it,
 * parsing and compiling take a sixth of the time of a check of a file.
 *
 * From version 22.8 on, Node does that itself (`module.enableCompileCache`,
 * https://nodejs.org/docs/latest-v22.x/api/module.html#moduleenablecompilecachecachedir), and this function
 * is `require`. Older versions keep the compiled code in `$XDG_CACHE_HOME/postern` (`~/.cache/postern`), or
 * in the folder that Node's own variables name. `NODE_DISABLE_COMPILE_CACHE=1` keeps nothing. A failure of
 * the cache never prevents the file from loading.
 *
 * Such a script cannot import modules: it does so with `module.importFile`, where the caller passes one.
 *
 * V8 compares its own version, its flags and the length of the source, not the source itself. The source
 * must therefore end in a line that changes with the source (see tsup.config.ts), and the cache must contain
 * that line.
 */
export function loadWithCompileCache(file: string, importFile?: (specifier: string) => Promise<unknown>): unknown {
  const { env } = process;
  const require = createRequire(file);
  if ('enableCompileCache' in nodeModule || env['NODE_DISABLE_COMPILE_CACHE'] !== undefined) return require(file);
  // The file is ASCII (see tsup.config.ts). Read as ASCII, it needs half the memory.
  const source = readFileSync(file, 'latin1');
  const mark = Buffer.from(source.slice(-MARK_BYTES), 'latin1');
  const kept = (): string => path.join(cacheFolder(env), `${path.basename(file)}.${cachedDataVersionTag()}`);
  const cachedData = readKept(kept(), mark);
  const script = new vm.Script(nodeModule.wrap(source), { filename: file, cachedData });
  const made = { exports: {}, importFile };
  const load = script.runInThisContext() as (...globals: unknown[]) => void;
  load(made.exports, require, made, file, path.dirname(file));
  if (cachedData === undefined || script.cachedDataRejected === true) {
    // At the end, when V8 has compiled all that was called.
    process.once('exit', () => keep(kept(), mark, script));
  }
  return made.exports;
}

/** The line that identifies a build: `//# ` and 64 digits of SHA-256. */
const MARK_BYTES = 64;

function cacheFolder(env: Readonly<Record<string, string | undefined>>): string {
  const named = env['NODE_COMPILE_CACHE'];
  if (named !== undefined && named !== '') return named;
  const caches =
    process.platform === 'win32'
      ? (env['LOCALAPPDATA'] ?? path.join(os.homedir(), 'AppData', 'Local'))
      : (env['XDG_CACHE_HOME'] ?? path.join(os.homedir(), '.cache'));
  return path.join(caches, 'postern');
}

/** Compiled code is executed. It is read only from a file that no other user could have written. */
function readKept(file: string, mark: Buffer): Buffer | undefined {
  try {
    const opened = openSync(file, 'r');
    try {
      const { uid, mode, size } = fstatSync(opened);
      const ours = process.getuid === undefined || (uid === process.getuid() && (mode & 0o022) === 0);
      if (!ours || size <= MARK_BYTES) return undefined;
      const bytes = readFileSync(opened);
      return bytes.subarray(0, MARK_BYTES).equals(mark) ? bytes.subarray(MARK_BYTES) : undefined;
    } finally {
      closeSync(opened);
    }
  } catch {
    return undefined;
  }
}

function keep(file: string, mark: Buffer, script: vm.Script): void {
  const part = `${file}.${process.pid}`;
  try {
    mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
    try {
      write(part, Buffer.concat([mark, script.createCachedData()]));
      renameSync(part, file);
    } finally {
      rmSync(part, { force: true });
    }
  } catch {
    // The next run compiles again.
  }
}

function write(file: string, bytes: Buffer): void {
  const opened = openSync(file, 'wx', 0o600);
  try {
    writeSync(opened, bytes);
    // V8 believes what it reads: a file that a power cut left half written must never get its name.
    fsyncSync(opened);
  } finally {
    closeSync(opened);
  }
}
