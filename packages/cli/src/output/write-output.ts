import path from 'node:path';
import type { Io } from '../process/io.js';

/**
 * Writes a result to the file that `-o` or `--html` names: for its owner only, since it names internal addresses, and without the
 * values of the spec's variables.
 * @throws {PosternError} `FILE_UNWRITABLE`.
 */
export async function writeOutput(io: Io, file: string, text: string): Promise<void> {
  const { writeTextFile } = await import('@postern/core/node');
  await writeTextFile(path.resolve(io.cwd, file), io.shown?.(text) ?? text, { signal: io.signal });
}
