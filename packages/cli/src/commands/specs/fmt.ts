import { stat } from 'node:fs/promises';
import path from 'node:path';
import { InvalidInputError } from '@postern/core/internal/library';
import { JSON_SPEC_MAX_BYTES, writeTextFile } from '@postern/core/internal/node';
import { displayText } from '@postern/core/internal/report';
import { formatSpec } from '@postern/core/internal/spec';
import { printProblems } from '../../errors/handle-error.js';
import type * as grammar from './grammar.js';
import type { CallOf } from '../../grammar/options.js';
import { printJson, printLines } from '../../output/print.js';
import type { Io } from '../../process/io.js';
import { readFile, STDIN } from '../../process/read-file.js';
import { eachSpec, statusOf } from '../../spec/each-spec.js';

/** The exit status of `--check` where a file would change, as that of `plan --detailed-exitcode`. */
const WOULD_CHANGE = 2;

/**
 * `postern fmt`: writes specs in one layout, and prints the names of those that changed; with `--check`, of those that would, and
 * nothing is written. `-` is standard input, which is written to standard output. A file that cannot be read as YAML or JSON is left as it is, and the exit status is 64.
 */
export async function run({ io, args, options: { check, json } }: CallOf<typeof grammar.fmt>): Promise<number> {
  const all = await eachSpec(args, io, async (file) => ({ changed: await format(file, io, check === true) }));
  if (json === true) printJson(io, { specs: all.map(({ file, found, wrong }) => ({ file, ...found, ...wrong })) });
  else {
    for (const { file = '', found, wrong } of all) {
      if (wrong !== undefined) printProblems(io, wrong);
      if (found?.changed === true) printLines(io, displayText(file));
    }
  }
  const status = statusOf(all);
  return status === 0 && check === true && all.some(({ found }) => found?.changed === true) ? WOULD_CHANGE : status;
}

/** Whether the layout of a file was another one. */
async function format(named: string, io: Io, checkOnly: boolean): Promise<boolean> {
  if (/\.[cm]?[jt]s$/.test(named)) {
    throw new InvalidInputError('INVALID_INPUT', `${named}: this is a program`, {
      place: { file: named },
      remedy: 'Name a spec in YAML or JSON.',
    });
  }
  if (named === '-') {
    const text = await readFile(io, named);
    const formatted = formatSpec(text, { file: STDIN, json: text.trimStart().startsWith('{') });
    if (!checkOnly) io.stdout.write(formatted);
    return checkOnly && text !== formatted;
  }

  const file = path.resolve(io.cwd, named);
  const stats = await stat(file).catch(() => undefined);
  const isStream = stats !== undefined && !stats.isFile() && !stats.isDirectory();
  if (isStream && !checkOnly) {
    throw new InvalidInputError('INVALID_INPUT', `${named}: a pipe or a device cannot be replaced`, {
      place: { file: named },
      remedy: 'Name a file, or add --check.',
    });
  }

  const json = named.endsWith('.json');
  const text = await readFile(io, named, json ? { maxBytes: JSON_SPEC_MAX_BYTES } : {});
  const formatted = formatSpec(text, { file: named, json });
  if (isStream) return text !== formatted;

  const { size, mode } = await stat(file);
  // The size shows a byte order mark, which is not in the text.
  const changes = text !== formatted || size !== Buffer.byteLength(formatted);
  if (changes && !checkOnly) await writeTextFile(file, formatted, { mode: mode & 0o777 });
  return changes;
}
