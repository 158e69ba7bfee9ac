import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { InvalidInputError } from '@postern/core';
import type { Io } from '../process/io.js';

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
      error.code === 'ENOENT' ? undefined : '',
    );
    if (present === undefined || mark.test(present)) continue;
    if (!(await stat(full)).isFile()) continue;
    throw new InvalidInputError('INVALID_INPUT', `${file} exists, and was not written by \`${command}\``, {
      remedy: 'Choose another place, or add --force to replace it.',
    });
  }
}
