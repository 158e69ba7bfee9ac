import { isAscii } from 'node:buffer';
import { constants, promises, readFileSync, statSync } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import path from 'node:path';
import { InvalidInputError, PosternError } from '../ground/errors.js';
import { isName } from '../do/forms/text-rules.js';

/** Largest spec that is read: 4 MiB. */
export const SPEC_MAX_BYTES = 4 * 1024 * 1024;
/**
 * The size limit of a spec in a file named `.json`: 64 MiB. Programs write such files, and they are read
 * without the YAML parser.
 */
export const JSON_SPEC_MAX_BYTES = 64 * 1024 * 1024;
/** Largest plan or journal that is read: 64 MiB. */
export const PLAN_MAX_BYTES = 64 * 1024 * 1024;
/** Largest snapshot that is read: 384 MiB. One of 20,000 links, 200,000 targets and 500,000 rules has 278 MB. */
export const SNAPSHOT_MAX_BYTES = 384 * 1024 * 1024;

/** From this size on, low memory use matters more than non-blocking reads. */
const LARGE_FILE = 32 * 1024 * 1024;

/**
 * Reads a text file that a user named: UTF-8, without a byte order mark, at most `maxBytes` (by default a
 * spec's 4 MiB). Symbolic links and pipes are followed, since `<(generate)` is a file as well.
 * @throws {PosternError} `FILE_UNREADABLE`; `INPUT_TOO_LARGE`; `INVALID_INPUT` with the line for NUL, UTF-16
 *   and bad UTF-8.
 */
export async function readTextFile(
  file: string,
  options: {
    readonly maxBytes?: number | undefined;
    /** The name as the user wrote it, for errors. */
    readonly shown?: string | undefined;
    /** Where the file cannot be read. */
    readonly remedy?: string | undefined;
  } = {},
): Promise<string> {
  const { maxBytes = SPEC_MAX_BYTES, shown = file, remedy } = options;
  let handle: FileHandle | undefined;
  try {
    const { size = 0 } = regularFile(file) ?? {};
    if (size > 0 && size <= maxBytes) return readAtOnce(file, { size, maxBytes, shown });
    handle = await promises.open(file, constants.O_RDONLY);
    return decodeText(await readAtMost(handle, maxBytes, shown), shown);
  } catch (error) {
    if (error instanceof PosternError) throw error;
    const place = { file: shown };
    throw new PosternError('FILE_UNREADABLE', `${shown}: ${describe(error)}`, { place, remedy, cause: error });
  } finally {
    await handle?.close();
  }
}

/**
 * Writes a file atomically, from a text or from pieces: it writes a new file in the same directory, syncs it,
 * and renames it over the old one. An existing file is replaced. A symbolic link is replaced, not followed. A
 * device or pipe (`/dev/stdout`) is written to directly.
 * @param options.mode permissions of the new file; by default for the owner only, since snapshots describe an
 *   internal network.
 * @throws {PosternError} `FILE_UNWRITABLE`.
 */
export async function writeTextFile(
  file: string,
  text: string | Iterable<string>,
  options: { readonly mode?: number | undefined } = {},
): Promise<void> {
  try {
    const there = await promises.lstat(file).catch(() => undefined);
    if (there && !there.isFile() && !there.isSymbolicLink()) return await writeInto(file, text);
    await replace(path.resolve(file), text, options.mode ?? 0o600);
  } catch (error) {
    const full = error instanceof Error && 'code' in error && (error.code === 'ENOSPC' || error.code === 'EDQUOT');
    const remedy = full ? 'Free space on the device, or name a file on another one.' : undefined;
    throw new PosternError('FILE_UNWRITABLE', `${file}: ${describe(error)}`, { place: { file }, remedy, cause: error });
  }
}

/**
 * The path of a file that is named after something from a spec, always directly inside `directory`:
 * `fileNamed('.postern', 'shop', '.journal')` is `.postern/shop.journal`.
 * @throws {InvalidInputError} `INVALID_INPUT` when `name` is not a valid name (see `isName`), such as `../x`.
 */
export function fileNamed(directory: string, name: string, extension: string): string {
  if (!isName(name) || !/^(?:\.[a-z0-9]+)*$/.test(extension)) {
    throw new InvalidInputError('INVALID_INPUT', `file: ${JSON.stringify(name + extension)} cannot name a file`);
  }
  return path.join(directory, name + extension);
}

/** A file with a size; no pipe, device or file of the kernel's, which have none. */
function regularFile(file: string): { readonly size: number } | undefined {
  const found = statSync(file, { throwIfNoEntry: false });
  return found?.isFile() === true ? found : undefined;
}

/** A file on a disk is read sooner than Node's promises are loaded. */
function readAtOnce(
  file: string,
  { size, maxBytes, shown }: { readonly size: number; readonly maxBytes: number; readonly shown: string },
): string {
  if (size > LARGE_FILE) {
    const text = readFileSync(file, 'utf8');
    if (isProperText(text) && text.length <= maxBytes) return text;
  }
  const bytes = readFileSync(file);
  if (bytes.length > maxBytes) throw tooLarge(shown, maxBytes);
  return decodeText(bytes, shown);
}

/**
 * Whether the text of a file is certainly equal to what {@link decodeText} returns for its bytes. Large files
 * are read as text, because Node then frees the bytes at once, while a buffer stays until garbage collection.
 * But reading as text silently turns invalid UTF-8 into U+FFFD.
 */
function isProperText(text: string): boolean {
  return !text.includes('\ufffd') && !text.includes('\0') && !text.startsWith('\ufeff');
}

const SYSTEM_ERRORS: Readonly<Record<string, string>> = {
  ENOENT: 'the file or its folder does not exist',
  ENOTDIR: 'a part of its path is not a folder',
  EISDIR: 'it is a folder, not a file',
  EACCES: 'permission denied',
};

/** The message of a system error, without its path: `the file or its folder does not exist`. */
export function describe(error: unknown): string {
  const known = error instanceof Error && 'code' in error ? SYSTEM_ERRORS[String(error.code)] : undefined;
  if (known !== undefined) return known;
  return error instanceof Error ? error.message.replace(/, \w+(?: '.*')?$/s, '') : String(error);
}

/** Makes a directory's entries durable. Some systems cannot open directories; there it has no effect. */
export async function syncDirectory(directory: string): Promise<void> {
  const handle = await promises.open(directory, constants.O_RDONLY).catch(() => undefined);
  try {
    await handle?.sync().catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EINVAL' && error.code !== 'EISDIR' && error.code !== 'EPERM') throw error;
    });
  } finally {
    await handle?.close();
  }
}

/**
 * Text of bytes from outside: UTF-8, without NUL.
 * @throws {InvalidInputError} `INVALID_INPUT` with the line.
 */
export function decodeText(bytes: Buffer, file: string): string {
  const refuse = (why: string, offset: number): never => {
    throw new InvalidInputError('INVALID_INPUT', `${file}: ${why}`, {
      place: { file, line: bytes.subarray(0, offset).toString('latin1').split('\n').length },
      remedy: 'Save it as UTF-8 text.',
    });
  };
  if ((bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff)) refuse('UTF-16', 0);
  const nul = bytes.indexOf(0);
  if (nul !== -1) refuse('a NUL character', nul);
  if (isAscii(bytes)) return bytes.toString('latin1'); // in a fraction of the time
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return refuse('not UTF-8', firstBadByte(bytes));
  }
}

/** Reported sizes may be wrong (pipes, `/proc`), so the bytes are counted. */
async function readAtMost(handle: FileHandle, maxBytes: number, file: string): Promise<Buffer> {
  // One more than there should be, so that the end is seen without growing.
  const hint = Math.min((await handle.stat()).size, maxBytes) + 1;
  let buffer = Buffer.allocUnsafe(Math.max(hint, 64 * 1024));
  for (let length = 0; ;) {
    const { bytesRead } = await handle.read(buffer, length, buffer.length - length, null);
    if (bytesRead === 0) return buffer.subarray(0, length);
    length += bytesRead;
    if (length > maxBytes) throw tooLarge(file, maxBytes);
    if (length === buffer.length) buffer = Buffer.concat([buffer], buffer.length * 2);
  }
}

/** The error for a file that is too large to be read completely. */
export function tooLarge(file: string, maxBytes: number): InvalidInputError {
  return new InvalidInputError('INPUT_TOO_LARGE', `${file}: larger than ${maxBytes} bytes`, { place: { file } });
}

async function writeInto(file: string, text: string | Iterable<string>): Promise<void> {
  const handle = await promises.open(file, constants.O_WRONLY);
  try {
    await promises.writeFile(handle, text);
  } finally {
    await handle.close();
  }
}

async function replace(file: string, text: string | Iterable<string>, mode: number): Promise<void> {
  const { randomBytes } = await import('node:crypto'); // takes longer to load than most files to read
  const directory = path.dirname(file);
  const draft = path.join(directory, `.${path.basename(file)}.${randomBytes(6).toString('hex')}.tmp`);
  const flags = constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | (constants.O_NOFOLLOW ?? 0);
  const handle = await promises.open(draft, flags, mode);
  try {
    try {
      await promises.writeFile(handle, text);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await promises.rename(draft, file);
  } catch (error) {
    await promises.unlink(draft).catch(() => undefined);
    throw error;
  }
  await syncDirectory(directory);
}

/**
 * Bisects: a prefix decodes as long as it does not contain the first bad byte (a cut character at its end
 * does not count as an error).
 */
function firstBadByte(bytes: Buffer): number {
  let good = 0;
  let bad = bytes.length;
  while (good < bad - 1) {
    const middle = (good + bad) >> 1;
    try {
      new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(0, middle), { stream: true });
      good = middle;
    } catch {
      bad = middle;
    }
  }
  return good;
}
