import { constants } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import path from 'node:path';
import { PosternError } from '@postern/core';

/**
 * Looks whether a file can be written at the end of a command, before it begins: nobody waits for a cloud to be told that a folder does
 * not exist. `-` is standard output. What is there and no file, such as a pipe, is written into and needs nothing of its folder.
 * @throws {PosternError} `FILE_UNWRITABLE`, as the writing would.
 */
export async function checkWritable(flag: string, file: string, cwd: string): Promise<void> {
  if (file === '-') return;
  const full = path.resolve(cwd, file);
  const there = await stat(full).catch(() => undefined);
  if (there?.isDirectory()) throw unwritable(flag, file, 'it is a folder', 'Name a file in it.');
  if (there !== undefined && !there.isFile()) return;
  const folder = path.dirname(full);
  const around = await stat(folder).catch(() => undefined);
  if (!around?.isDirectory()) {
    throw unwritable(
      flag,
      file,
      `folder ${folder} does not exist`,
      'Make the folder, or name a file in one that exists.',
    );
  }
  await access(folder, constants.W_OK).catch((cause: unknown) => {
    throw unwritable(flag, file, `nothing may be written in ${folder}`, 'Name a file in a folder of your own.', cause);
  });
}

function unwritable(flag: string, file: string, why: string, remedy: string, cause?: unknown): PosternError {
  return new PosternError('FILE_UNWRITABLE', `${flag} ${file}: ${why}`, { place: { file }, remedy, cause });
}
