import { constants } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import path from 'node:path';
import { PosternError } from '@postern/core';

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
  const { writtenPath } = await import('@postern/core/node');
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
