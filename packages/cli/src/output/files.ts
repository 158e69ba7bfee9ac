import { constants } from 'node:fs';
import { access, mkdir, stat, readFile } from 'node:fs/promises';
import path from 'node:path';
import { PosternError, InvalidInputError } from '@postern/core/internal/library';
import type { Io } from '../process/io.js';

/**
 * Checks, before a command begins, whether a file can be written at its end. A missing folder is then
 * reported before any call to a cloud. `-` is standard output. An existing path that is not a regular file,
 * such as a pipe, is written to directly and needs no access to its folder.
 * @throws {PosternError} `FILE_UNWRITABLE`, as writing the file would.
 */
export async function checkWritable(flag: string, file: string, cwd: string): Promise<void> {
  if (file === '-') return;

  const full = path.resolve(cwd, file);
  const stats = await stat(full).catch(() => undefined);
  if (stats?.isDirectory()) throw unwritable(flag, file, 'it is a folder', 'Name a file in it.');
  if (stats !== undefined && !stats.isFile()) return;

  const { writtenPath } = await import('@postern/core/internal/node');
  const folder = path.dirname(await writtenPath(full));
  const around = await stat(folder).catch(() => undefined);
  if (!around?.isDirectory()) {
    throw unwritable(
      flag,
      file,
      `folder ${folder} does not exist`,
      'Create the folder, or name a file in one that exists.',
    );
  }

  await access(folder, constants.W_OK).catch((cause: unknown) => {
    throw unwritable(
      flag,
      file,
      `folder ${folder} is not writable`,
      'Name a file in a folder that you can write to.',
      cause,
    );
  });
}

function unwritable(flag: string, file: string, why: string, remedy: string, cause?: unknown): PosternError {
  return new PosternError('FILE_UNWRITABLE', `${flag} ${file}: ${why}`, { place: { file }, remedy, cause });
}

/**
 * Creates a folder that a command writes files into, where it does not exist.
 * @throws {PosternError} `FILE_UNWRITABLE`, also where a part of its path is a file.
 */
export async function makeFolder(flag: string, folder: string, cwd: string, mode?: number): Promise<void> {
  try {
    await mkdir(path.resolve(cwd, folder), { recursive: true, mode });
  } catch (cause) {
    const { code = '' } = cause as NodeJS.ErrnoException;
    const isFile = code === 'EEXIST' || code === 'ENOTDIR';
    const why = isFile ? 'it, or a folder above it, is a file' : `the folder cannot be created (${code})`;
    const remedy = isFile ? 'Name a folder.' : 'Name a folder in one that you can write to.';
    throw unwritable(flag, folder, why, remedy, cause);
  }
}

/** No file exists at a name: also where a folder of it is a file. */
const NO_FILE: readonly unknown[] = ['ENOENT', 'ENOTDIR'];

/**
 * A command may replace what it wrote before, which its `mark` tells, and nothing else of the user's. All files are looked
 * at before the first is written. A device or a pipe is written to.
 * @throws {InvalidInputError} `INVALID_INPUT` where a file exists that `command` did not write.
 */
export async function refuseOverwriting(
  io: Io,
  files: readonly string[],
  { command, mark }: { readonly command: string; readonly mark: RegExp },
): Promise<void> {
  for (const file of files) {
    const full = path.resolve(io.cwd, file);
    const present = await readFile(full, 'utf8').catch((error: NodeJS.ErrnoException) =>
      NO_FILE.includes(error.code) ? undefined : '',
    );
    if (present === undefined || mark.test(present)) continue;
    if (!(await stat(full)).isFile()) continue;

    throw new InvalidInputError('INVALID_INPUT', `${file} exists, and was not written by \`${command}\``, {
      remedy: 'Choose another place, or add --force to replace it.',
    });
  }
}

/**
 * Writes a result to the file that `-o` or `--html` names: for its owner only, since it names internal addresses, and without the
 * values of the spec's variables.
 * @throws {PosternError} `FILE_UNWRITABLE`.
 */
export async function writeOutput(io: Io, file: string, text: string): Promise<void> {
  const { writeTextFile } = await import('@postern/core/internal/node');
  await writeTextFile(path.resolve(io.cwd, file), io.shown?.(text) ?? text, { signal: io.signal });
}
