import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { readLines, type Prefix } from '@postern/core/internal/cidr';
import type { CommonOptions } from '../../invocation.js';
import type { Io } from '../../process/io.js';
import type { Input } from './places.js';

/**
 * Reads lists of blocks, all of each: the files of one list follow one another, and no file is standard input, as is `-`.
 * `values`: the list whose names may be addresses and blocks themselves, where no file has that name.
 * @throws {InvalidInputError} `INVALID_INPUT` where standard input is wanted twice, `FILE_UNREADABLE`.
 */
export async function readInputs(
  io: Io,
  lists: readonly (readonly string[])[],
  { values }: { readonly values?: number } = {},
): Promise<readonly Input[]> {
  const named = lists.map((names) => (names.length === 0 ? ['-'] : names));
  if (named.flat().filter((name) => name === '-').length > 1)
    throw await invalid(
      'INVALID_INPUT',
      'standard input is used twice, but can be read only once; it is also read where no file is named',
    );

  const inputs: Input[] = [];
  for (const [at, names] of named.entries()) {
    const sources: Uint8Array[] = [];
    for (const name of names) sources.push(await readSource(io, name, at === values));
    inputs.push({ lines: readLines(sources), names });
  }
  return inputs;
}

async function readSource(io: Io, name: string, mayBeValue: boolean): Promise<Uint8Array> {
  try {
    if (name !== '-') return await readFile(path.resolve(io.cwd, name));

    return (await io.readStdin?.()) ?? new Uint8Array(0);
  } catch (error) {
    io.signal.throwIfAborted();
    const why = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    // Addresses are natural here, and what was meant is known.
    const isAddress = (why === 'ENOENT' || why === 'ENOTDIR') && /^[\da-fA-F:.]+(?:\/\d+)?$/.test(name);
    if (isAddress && mayBeValue) return new TextEncoder().encode(`${name}\n`);

    const remedy = isAddress
      ? `Blocks are read from files or from standard input: \`echo ${name} | postern cidr … -\`.`
      : undefined;
    throw await invalid(
      'FILE_UNREADABLE',
      `${name === '-' ? 'standard input' : name}: ${why === 'ENOENT' ? 'the file does not exist' : why}`,
      error,
      remedy,
    );
  }
}

/** Whether a line of the inputs is refused. A refused line has then been reported. */
export async function refuse(
  io: Io,
  command: string,
  inputs: readonly Input[],
  { json }: CommonOptions,
): Promise<boolean> {
  if (inputs.every(({ lines }) => lines.refusedCount === 0)) return false;

  const { reportRefused } = await import('./print-refused-lines.js');
  reportRefused(io, command, inputs, json === true);
  return true;
}

/** The error of wrong usage, or of a file. The modules for errors are loaded only when there is one. */
export async function invalid(
  code: 'INVALID_INPUT' | 'FILE_UNREADABLE',
  message: string,
  cause?: unknown,
  remedy?: string,
): Promise<Error> {
  const { InvalidInputError } = await import('@postern/core/internal/library');
  return new InvalidInputError(code, message, { cause, remedy });
}

/** The blocks of a list. */
export function blocksOf({ lines }: Pick<Input, 'lines'>): readonly Prefix[] {
  return lines.blocks.map(({ prefix }) => prefix);
}
