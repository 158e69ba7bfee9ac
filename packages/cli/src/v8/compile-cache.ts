import {
  closeSync,
  constants,
  fstatSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import nodeModule, { createRequire } from 'node:module';
import path from 'node:path';
import { cachedDataVersionTag } from 'node:v8';
import vm from 'node:vm';
import { crc32 } from 'node:zlib';
import { isCacheDisabled, namedCacheFolder, ownCacheFolder } from './cache-folder.js';

/**
 * Loads a CommonJS file of this package with the code that V8 compiled in an earlier run. Without it,
 * parsing and compiling take a sixth of the time of a check of a file.
 *
 * From version 22.8 on, Node does that itself (`enableCompileCache` in cache-folder.ts), and this function is `require`. Older
 * versions keep the compiled code in the user's own folder, or in the one that Node's own variable names. `NODE_DISABLE_COMPILE_CACHE=1` keeps nothing. A failure of
 * the cache never prevents the file from loading.
 *
 * Such a script cannot import modules: it does so with `module.importModule`, where the caller passes one. What the first run
 * called is kept as compiled; the rest is compiled in each run that needs it.
 *
 * V8 compares its own version, its flags and the length of the source, not the source itself. The source
 * must therefore end in a line that changes with the source (see tsup.config.ts), and the cache must contain
 * that line.
 */
export function loadWithCompileCache(file: string, importModule?: (specifier: string) => Promise<unknown>): unknown {
  const require = createRequire(file);
  if ('enableCompileCache' in nodeModule || isCacheDisabled()) return require(file);
  // The file is ASCII (see tsup.config.ts). Read as ASCII, it needs half the memory.
  const source = readFileSync(file, 'latin1');
  const name = path.basename(file);
  const mark = Buffer.from(source.slice(-MARK_BYTES), 'latin1');
  const cachedData = readKept(name, mark);
  const script = new vm.Script(nodeModule.wrap(source), { filename: file, cachedData });
  const made = { exports: {}, importModule };
  const load = script.runInThisContext() as (...globals: unknown[]) => void;
  load(made.exports, require, made, file, path.dirname(file));
  if (cachedData === undefined || script.cachedDataRejected === true) {
    // At the end, when V8 has compiled all that was called.
    process.once('exit', () => keep(name, mark, script));
  }
  return made.exports;
}

/** The line that identifies a build: `//# ` and 64 digits of SHA-256. */
const MARK_BYTES = 64;
/** A kept file is the mark, a checksum of the compiled code, and that code. */
const HEAD_BYTES = MARK_BYTES + 4;
/** How many files are kept for one script: V8's flags and versions each need their own. */
const MOST_KEPT = 4;

/** The file for the compiled code of a script under the present flags. Throws if the user has no folder for it. */
function keptFile(name: string): string {
  return path.join(cacheFolder(), `${name}.${cachedDataVersionTag()}`);
}

function cacheFolder(): string {
  const folder = namedCacheFolder() ?? ownCacheFolder();
  if (folder === undefined) throw new Error('the user has no folder for compiled code');
  return folder;
}

/** Compiled code is executed. It is read only from a file that no other user could have written. */
function readKept(name: string, mark: Buffer): Buffer | undefined {
  try {
    // Without O_NONBLOCK, opening a named pipe would wait for a writer.
    const opened = openSync(keptFile(name), constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    try {
      const stats = fstatSync(opened);
      const { uid, mode, size } = stats;
      const ours = process.getuid === undefined || (uid === process.getuid() && (mode & 0o022) === 0);
      if (!ours || !stats.isFile() || size <= HEAD_BYTES) return undefined;
      const bytes = readFileSync(opened);
      const code = bytes.subarray(HEAD_BYTES);
      // V8 believes what it reads, and a damaged file would end the process.
      const isWhole = bytes.subarray(0, MARK_BYTES).equals(mark) && bytes.readUInt32LE(MARK_BYTES) === crc32(code);
      return isWhole ? code : undefined;
    } finally {
      closeSync(opened);
    }
  } catch {
    return undefined;
  }
}

function keep(name: string, mark: Buffer, script: vm.Script): void {
  try {
    const file = keptFile(name);
    const part = `${file}.${process.pid}`;
    const folder = path.dirname(file);
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    try {
      const code = script.createCachedData();
      const sum = Buffer.alloc(HEAD_BYTES - MARK_BYTES);
      sum.writeUInt32LE(crc32(code));
      write(part, Buffer.concat([mark, sum, code]));
      renameSync(part, file);
    } finally {
      rmSync(part, { force: true });
    }
    forget(folder, name);
  } catch {
    // The next run compiles again.
  }
}

/** Removes all but the newest files of a script. */
function forget(folder: string, name: string): void {
  const files = readdirSync(folder).filter((one) => one.startsWith(`${name}.`));
  const aged = files.map((one) => ({ one, age: -statSync(path.join(folder, one)).mtimeMs }));
  for (const { one } of aged.toSorted((a, b) => a.age - b.age).slice(MOST_KEPT)) rmSync(path.join(folder, one));
}

function write(file: string, bytes: Buffer): void {
  const opened = openSync(file, 'wx', 0o600);
  try {
    writeFileSync(opened, bytes);
    fsyncSync(opened);
  } finally {
    closeSync(opened);
  }
}
