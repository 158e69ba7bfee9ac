import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { readLines, type Lines } from '@postern/core/cidr';
import type { Io } from '../../process/io.js';
import { asciiJson } from './output.js';

/** A list of blocks, and what the files of its lines are called. */
export interface Input {
  readonly lines: Lines;
  /** The files' names as they were given; `-` is standard input. */
  readonly names: readonly string[];
}

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

/** The error of wrong usage, or of a file. The modules for errors are loaded only when there is one. */
export async function invalid(
  code: 'INVALID_INPUT' | 'FILE_UNREADABLE',
  message: string,
  cause?: unknown,
  remedy?: string,
): Promise<Error> {
  const { InvalidInputError } = await import('@postern/core');
  return new InvalidInputError(code, message, { cause, remedy });
}

/** How many blocks a list has. */
export function countOf({ lines }: Input): number {
  return lines.four.count + lines.six.count;
}

/** Returns the places of lines: `FILE:LINE`. */
export class Places {
  /** How long the longest place may be. */
  readonly longest: number;
  readonly #names: readonly string[];
  readonly #before: readonly number[];

  private constructor(input: Input, names: readonly string[]) {
    this.#names = names;
    this.#before = input.lines.before;
    this.longest = Math.max(0, ...names.map((name) => name.length)) + 12;
  }

  /** As the names were given. */
  static plain(input: Input): Places {
    return new Places(input, input.names);
  }

  /** For bytes of text: one character per byte, and none that could belong to more than a name. */
  static async text(input: Input): Promise<Places> {
    const isPlain = input.names.every((name) => /^[\w./@+-]+$/.test(name));
    const display = isPlain ? String : (await import('@postern/core/report')).displayText;
    return new Places(
      input,
      input.names.map((name) => Buffer.from(display(name)).toString('latin1')),
    );
  }

  /** For the inside of a string of JSON. */
  static json(input: Input): Places {
    return new Places(
      input,
      input.names.map((name) => asciiJson(name).slice(1, -1)),
    );
  }

  at(line: number): string {
    let source = this.#before.length - 1;
    while (source > 0 && (this.#before[source] ?? 0) >= line) source -= 1;
    return `${this.#names[source] ?? ''}:${line - (this.#before[source] ?? 0)}`;
  }
}
