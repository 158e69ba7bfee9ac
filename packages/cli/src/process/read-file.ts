import path from 'node:path';
import { InvalidInputError } from '@postern/core';
import type { Io } from './io.js';

/** A shell's variable that is not set is an empty argument. */
const EMPTY = 'Name a file, and check the variables of the command line.';

/** The largest plan of another tool: plans repeat the whole state. */
export const MAX_PLAN_BYTES = 512 * 1024 * 1024;

/**
 * Reads a text file that an argument or option names. The wait for the writer of a pipe ends when the process is asked to end.
 * @throws {PosternError} as `readTextFile`.
 */
export async function readFile(
  io: Io,
  file: string,
  options: { readonly maxBytes?: number | undefined; readonly remedy?: string | undefined } = {},
): Promise<string> {
  if (file === '') throw new InvalidInputError('FILE_UNREADABLE', 'the name of a file is empty', { remedy: EMPTY });
  const { readTextFile } = await import('@postern/core/node');
  return readTextFile(path.resolve(io.cwd, file), { shown: file, signal: io.signal, ...options });
}
