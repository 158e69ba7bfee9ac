import path from 'node:path';
import type { Io } from './io.js';

/**
 * Reads a text file that an argument or option names. The wait for the writer of a pipe ends when the process is asked to end.
 * @throws {PosternError} as `readTextFile`.
 */
export async function readFile(
  io: Io,
  file: string,
  options: { readonly maxBytes?: number | undefined; readonly remedy?: string | undefined } = {},
): Promise<string> {
  const { readTextFile } = await import('@postern/core/node');
  return readTextFile(path.resolve(io.cwd, file), { shown: file, signal: io.signal, ...options });
}
