import { constants, promises } from 'node:fs';
import path from 'node:path';
import { PosternError } from '../ground/errors.js';
import { describe, remedyOf, syncDirectory } from './files.js';

/** How a file is written. */
export interface WriteOptions {
  /** Permissions of the file; by default for the owner only, since snapshots describe an internal network. */
  readonly mode?: number | undefined;
  /** Ends the wait for the reader of a pipe. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * Writes a file atomically, from a text or from pieces: it writes a new file in the same directory, syncs it,
 * and renames it over the old one. An existing file is replaced. A symbolic link is followed: the file that it leads to is
 * replaced. A file that has several names (hard links) is written in place, so that all names have the text; a device or
 * pipe (`/dev/stdout`) is, too.
 * @throws {PosternError} `FILE_UNWRITABLE`.
 */
export async function writeTextFile(
  file: string,
  text: string | Iterable<string>,
  { mode = 0o600, signal }: WriteOptions = {},
): Promise<void> {
  try {
    const found = await promises.stat(file).catch(() => undefined);
    if (found?.isFIFO() === true) await (await import('./pipes.js')).writePipe(file, text, signal);
    else if (found?.isFile() === false || OPEN_FILES.test(path.resolve(file))) await writeInto(file, text);
    else if (found !== undefined && found.nlink > 1) await writeInto(file, text, mode);
    else await replace(await writtenPath(file), text, mode);
  } catch (error) {
    throw error instanceof PosternError || signal?.aborted === true ? error : unwritable(file, error);
  }
}

function unwritable(file: string, cause: unknown): PosternError {
  return new PosternError('FILE_UNWRITABLE', `${file}: ${describe(cause)}`, {
    place: { file },
    remedy: remedyOf(cause),
    cause,
  });
}

/**
 * The path of what is written under a name: where symbolic links lead, also to a file that does not exist yet.
 * @throws {PosternError} `FILE_UNWRITABLE` for a link that cannot be followed, such as one of another user in a shared folder.
 */
export async function writtenPath(file: string): Promise<string> {
  let full = path.resolve(file);
  try {
    // Asks the system to follow the link, which refuses what `fs.protected_symlinks` protects from.
    await promises.stat(full);
    return await promises.realpath(full);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw unwritable(file, error);
  }
  for (;;) {
    const to = await promises.readlink(full).catch(() => undefined);
    const folder = await promises.realpath(path.dirname(full)).catch(() => path.dirname(full));
    if (to === undefined) return path.join(folder, path.basename(full));

    full = path.resolve(folder, to);
  }
}

/** Files that are open already: what they have stays. `/dev/shm` has files of its own. */
const OPEN_FILES = /^\/(?:dev\/(?:fd\/|std)|proc\/)/;

async function writeInto(file: string, text: string | Iterable<string>, mode?: number): Promise<void> {
  const isFile = mode !== undefined;
  const handle = await promises.open(file, constants.O_WRONLY | (isFile ? 0 : constants.O_APPEND));
  try {
    if (isFile) await handle.chmod(mode);
    if (isFile) await handle.truncate();
    await promises.writeFile(handle, text);
    if (isFile) await handle.sync();
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
