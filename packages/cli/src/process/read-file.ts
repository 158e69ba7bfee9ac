import path from 'node:path';
import { InvalidInputError } from '@postern/core/internal/library';
import type { Io } from './io.js';

/** A shell's variable that is not set is an empty argument. */
const EMPTY = 'Name a file, and check the variables of the command line.';

/** The name of `-` in texts. */
export const STDIN = 'standard input';
const noInput = (): Promise<Uint8Array> => Promise.resolve(new Uint8Array(0));

/** The largest plan of another tool: plans repeat the whole state. */
export const MAX_PLAN_BYTES = 512 * 1024 * 1024;
/** A template has at most 1 MB, and the answer of `get-template` escapes it. */
export const MAX_TEMPLATE_BYTES = 16 * 1024 * 1024;

/**
 * Reads a text file that an argument or option names; `-` is standard input. The wait for the writer of a pipe ends when the process is asked to end.
 * @throws {PosternError} as `readTextFile`.
 */
export async function readFile(
  io: Io,
  file: string,
  options: { readonly maxBytes?: number | undefined; readonly remedy?: string | undefined } = {},
): Promise<string> {
  if (file === '') throw new InvalidInputError('FILE_UNREADABLE', 'the name of a file is empty', { remedy: EMPTY });

  const { readTextFile } = await import('@postern/core/internal/node');
  if (file === '-') {
    const text = await readTextFile(file, { shown: STDIN, stdin: io.readStdin ?? noInput, ...options });
    if (text.trim() !== '') return text;

    throw new InvalidInputError('INVALID_INPUT', `${STDIN} is empty`, {
      remedy: 'Pipe the text to the command, as in `generate | postern check -`, or name a file.',
    });
  }

  return readTextFile(path.resolve(io.cwd, file), { shown: file, signal: io.signal, ...options });
}

/** The text of a saved plan. @throws {InvalidInputError} `INVALID_INPUT` where it cannot be one. */
export async function readPlanText(io: Io, file: string): Promise<string> {
  const { PLAN_MAX_BYTES } = await import('@postern/core/internal/node');
  const text = await readFile(io, file, { maxBytes: PLAN_MAX_BYTES });
  if (text.trimStart().startsWith('{')) return text;

  throw new InvalidInputError('INVALID_INPUT', `${file}: this is not a saved plan`, {
    place: { file },
    remedy: 'Name a file that `postern plan -o` wrote.',
  });
}
