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
import vm from 'node:vm';

/**
 * Loads a CommonJS file of ours together with what V8 made of it in an earlier run: a check of a file spends a sixth of its time on
 * parsing and compiling otherwise. Node does that itself from version 22.8 on (`module.enableCompileCache`,
 * https://nodejs.org/docs/latest-v22.x/api/module.html#moduleenablecompilecachecachedir), and then this is `require`. Before, the compiled
 * code is kept in `$XDG_CACHE_HOME/postern` (`~/.cache/postern`), or where Node's own variables say; `NODE_DISABLE_COMPILE_CACHE=1` keeps
 * nothing. Whatever goes wrong with it, the file is loaded.
 *
 * The file must load other modules with `require` alone: Node forgets how such a script imports.
 *
 * V8 compares its own version, its flags and the length of the source, not the source: so the source must end in a line that
 * differs whenever it does (see tsup.config.ts), and that line must stand in the cache.
 */
export function loadWithCompileCache(
  file: string,
  env: Readonly<Record<string, string | undefined>> = process.env,
): unknown {
  const require = createRequire(file);
  if ('enableCompileCache' in nodeModule || env['NODE_DISABLE_COMPILE_CACHE'] !== undefined) return require(file);
  // The file is ASCII (see tsup.config.ts), and read as such it takes half the memory.
  const source = readFileSync(file, 'latin1');
  const mark = Buffer.from(source.slice(-MARK_BYTES), 'latin1');
  const kept = path.join(cacheFolder(env), `${path.basename(file)}.${process.version}-${process.arch}`);
  const cachedData = readKept(kept, mark);
  const script = new vm.Script(nodeModule.wrap(source), { filename: file, cachedData });
  const made = { exports: {} };
  const load = script.runInThisContext() as (...globals: unknown[]) => void;
  load(made.exports, require, made, file, path.dirname(file));
  if (cachedData === undefined || script.cachedDataRejected === true) {
    // At the end, when V8 has compiled all that was called.
    process.once('exit', () => keep(kept, mark, script));
  }
  return made.exports;
}

/** The line that tells one build from another: `//# ` and 64 digits of SHA-256. */
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

/** Compiled code is code: it is run only where nobody but the user who runs it could have written it. */
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
