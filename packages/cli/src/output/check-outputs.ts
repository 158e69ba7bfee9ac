import { stat } from 'node:fs/promises';
import path from 'node:path';
import { InvalidInputError } from '@postern/core/internal/library';
import { checkWritable } from './files.js';

/** A file that a command writes, and the option that names it. */
export interface OutputFile {
  readonly flag: string;
  readonly file: string;
}

/** A journal of runs or of moves, and its older files, in the folder beside the spec. */
const isJournal = (file: string): boolean =>
  /[\\/]\.postern[\\/]/.test(file) && /[^\\/]\.journal(?:\.\d+)?$/.test(file);

/**
 * Checks the files that a command writes before it begins: each can be written, is none that the command reads, no spec of the folder and no
 * journal, and is named once. Names are compared by what they lead to, through links and other spellings.
 * @throws {InvalidInputError} `INVALID_INPUT`. {PosternError} `FILE_UNWRITABLE`
 */
export async function checkOutputs(
  outputs: readonly OutputFile[],
  inputs: readonly string[],
  { cwd, specs }: { readonly cwd: string; readonly specs: readonly string[] },
): Promise<void> {
  for (const { flag, file } of outputs) await checkWritable(flag, file, cwd);
  const read = new Map<string, string>();
  for (const input of inputs) read.set((await identity(input, cwd)) ?? '', input);
  const ofFolder = new Set<string | undefined>();
  for (const spec of specs) if (await exists(spec, cwd)) ofFolder.add(await identity(spec, cwd));
  read.delete('');
  const written = new Map<string, OutputFile>();
  for (const output of outputs) {
    const { flag, file } = output;
    const id = await identity(file, cwd);
    if (id === undefined) continue;

    const input = read.get(id);
    if (input !== undefined) throw refused(flag, file, `the command reads ${input}, and would replace it`);
    if (ofFolder.has(id)) throw refused(flag, file, 'it is a spec, and would be replaced');
    if (isJournal(path.resolve(cwd, file))) throw refused(flag, file, 'a journal of Postern has that name');

    const earlier = written.get(id);
    if (earlier !== undefined) throw refused(flag, file, `${earlier.flag} writes the same file`);

    written.set(id, output);
  }
}

function refused(flag: string, file: string, why: string): InvalidInputError {
  return new InvalidInputError('INVALID_INPUT', `${flag} ${file}: ${why}`, {
    place: { file },
    remedy: 'Name another file.',
  });
}

async function exists(file: string, cwd: string): Promise<boolean> {
  return (await stat(path.resolve(cwd, file)).catch(() => undefined)) !== undefined;
}

/** What a name leads to; undefined for standard input and output, and for what is not a file, such as a pipe. */
async function identity(file: string, cwd: string): Promise<string | undefined> {
  if (file === '-') return undefined;

  const full = path.resolve(cwd, file);
  const stats = await stat(full).catch(() => undefined);
  if (stats !== undefined) return stats.isFile() ? `${stats.dev}:${stats.ino}` : undefined;

  const { writtenPath } = await import('@postern/core/internal/node');
  return writtenPath(full);
}
