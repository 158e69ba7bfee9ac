import { isAscii } from 'node:buffer';
import { constants, promises, readFileSync, realpathSync, statSync } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import path from 'node:path';
import { InvalidInputError, PosternError } from '../ground/errors.js';
import { isName } from '../do/forms/text-rules.js';

/** Largest spec that is read: 4 MiB. */
const SPEC_MAX_BYTES = 4 * 1024 * 1024;
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
    /** Ends the wait for the writer of a pipe. */
    readonly signal?: AbortSignal | undefined;
    /** What `-` reads. Without it, `-` is the name of a file. */
    readonly stdin?: (() => Promise<Uint8Array>) | undefined;
  } = {},
): Promise<string> {
  const { maxBytes = SPEC_MAX_BYTES, shown = file, remedy, signal, stdin } = options;
  if (stdin !== undefined && file === '-') {
    const bytes = await stdin();
    if (bytes.length > maxBytes) throw tooLarge(shown, maxBytes);

    return decodeText(Buffer.from(bytes), shown);
  }

  let handle: FileHandle | undefined;
  try {
    const found = statSync(file, { throwIfNoEntry: false });
    if (found !== undefined && (found.isFIFO() || found.isCharacterDevice())) {
      const { openPipe } = await import('./pipes.js');
      const pipe = openPipe(file, signal);
      if (pipe !== undefined) return decodeText(await readStream(pipe, maxBytes, shown), shown);
    }
    const size = found?.isFile() === true ? found.size : 0; // files of the kernel have none
    if (size > maxBytes) throw tooLarge(shown, maxBytes);
    if (size > 0) return readAtOnce(file, { size, maxBytes, shown });

    handle = await promises.open(file, constants.O_RDONLY);
    return decodeText(await readAtMost(handle, maxBytes, shown), shown);
  } catch (error) {
    throw signal?.aborted === true ? error : unreadable(error, shown, remedy);
  } finally {
    await handle?.close();
  }
}

/**
 * Reads a text file below a folder, where the caller cannot wait. What leads out of the folder is not read.
 * @throws {PosternError} as {@link readTextFile}.
 */
export function readTextBelow(
  folder: string,
  file: string,
  { shown = folder, remedy }: { readonly shown?: string | undefined; readonly remedy?: string | undefined } = {},
): string {
  const name = path.join(shown, file);
  try {
    const whole = realpathSync(path.join(folder, file));
    const found = statSync(whole);
    if (!found.isFile() || !whole.startsWith(realpathSync(folder) + path.sep))
      throw new Error('it is not a file of the folder');
    if (found.size > PLAN_MAX_BYTES) throw tooLarge(name, PLAN_MAX_BYTES);

    return readAtOnce(whole, { size: found.size, maxBytes: PLAN_MAX_BYTES, shown: name });
  } catch (error) {
    throw unreadable(error, name, remedy);
  }
}

function unreadable(cause: unknown, file: string, remedy: string | undefined): unknown {
  if (cause instanceof PosternError) return cause;

  const about = { place: { file }, remedy: remedyOf(cause) ?? remedy, cause };
  return new PosternError('FILE_UNREADABLE', `${file}: ${describe(cause)}`, about);
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

const FULL = 'Free space on the device, or name a file on another one.';

/** What system errors mean, and what to do where that depends on the error. */
const SYSTEM_ERRORS: Readonly<Record<string, readonly [meaning: string, remedy?: string]>> = {
  ENOENT: ['the file or its folder does not exist'],
  ENOTDIR: ['a part of its path is not a folder'],
  EISDIR: ['it is a folder, not a file', 'Name a file.'],
  EACCES: ['permission denied'],
  ELOOP: ['its symbolic links form a cycle, or are too many', 'Name the file that the links are for.'],
  ENOSPC: ['no space left on the device', FULL],
  EDQUOT: ['the disk quota is exceeded', FULL],
  EROFS: ['the file system is read-only', 'Name a file on another one.'],
  ENAMETOOLONG: ['its name is too long', 'Name a file with a shorter path.'],
};

function knownError(error: unknown): (typeof SYSTEM_ERRORS)[string] | undefined {
  if (!(error instanceof Error && 'code' in error)) return undefined;

  // Node 24.21 removes a file with a name that is too long with an error without a code: "Unknown error: File name too long".
  const code = error.code === '' && error.message.includes('File name too long') ? 'ENAMETOOLONG' : String(error.code);
  return SYSTEM_ERRORS[code];
}

/** The message of a system error, without its path: `the file or its folder does not exist`. */
export function describe(error: unknown): string {
  const [known] = knownError(error) ?? [];
  if (known !== undefined) return known;

  return error instanceof Error ? error.message.replace(/, \w+(?: '.*)?$/s, '') : String(error);
}

/** What to do about a system error; undefined where the remedy of the code of Postern's error says it. */
export function remedyOf(error: unknown): string | undefined {
  return knownError(error)?.[1];
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

/** The bytes of a stream, at most `maxBytes`. */
export async function readStream(
  stream: AsyncIterable<Uint8Array | string>,
  maxBytes: number,
  file: string,
): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of stream) {
    const bytes = typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
    length += bytes.length;
    if (length > maxBytes) throw tooLarge(file, maxBytes);

    chunks.push(bytes);
  }
  return Buffer.concat(chunks);
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
function tooLarge(file: string, maxBytes: number): InvalidInputError {
  return new InvalidInputError('INPUT_TOO_LARGE', `${file}: larger than ${maxBytes} bytes`, { place: { file } });
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
