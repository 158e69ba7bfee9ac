import path from 'node:path';
import { readTextFile } from '@postern/core/node';
import type { Io } from '../process/io.js';
import { regionOfEnvironment } from '../session/region-of-environment.js';
import { findSpec } from '../spec/load-spec.js';
import { candidatesFor } from './candidates.js';
import { namesOf, NO_NAMES, type SpecNames } from './spec-names.js';

/**
 * `postern __complete SHELL WORD…`, which the scripts of `postern completion` call: prints what may stand in the place of the last word,
 * a line each, with a tab before its description; and `:files` where the names of files fit, too. It never fails, and prints nothing
 * where it would need a spec that cannot be read.
 */
export async function completeRequest([shell, ...words]: readonly string[], io: Io): Promise<number> {
  const typed = words.map((word) => unquoted(word));
  // PowerShell before 7.3 does not pass empty words.
  const last = typed.at(-1) ?? '';
  const all = shell === 'powershell' ? [...typed.slice(0, -1), last.replace(/^=/, '')] : typed;
  const { words: found, files } = await candidatesFor(all, (file) => readNames(file, io));
  const lines = found.map(({ word, description }) => (description === undefined ? word : `${word}\t${description}`));
  for (const line of files ? [...lines, ':files'] : lines) io.stdout.write(`${line}\n`);
  return 0;
}

/** A word as a shell reads it: without quotes and escapes. */
function unquoted(word: string): string {
  return word.replace(
    /\\(.)|'([^']*)'?|"((?:[^"\\]|\\.)*)"?/gs,
    (_, escaped?: string, single?: string, double?: string) =>
      escaped ?? single ?? (double ?? '').replace(/\\(["\\$`])/g, '$1'),
  );
}

/** The names of a spec; none where it cannot be read, or is a program. What is still to be filled in does not matter. */
async function readNames(file: string | undefined, io: Io): Promise<SpecNames> {
  try {
    const named = file ?? (await findSpec(io));
    if (named === undefined || /\.[cm]?[jt]s$/.test(named)) return NO_NAMES;
    const text = await readTextFile(path.resolve(io.cwd, named));
    const { parseSpec } = await import('@postern/core/spec');
    const region = (provider: string): string =>
      regionOfEnvironment(io, provider) ?? (provider === 'alibaba' ? 'cn-hangzhou' : 'eu-west-1');
    return namesOf(parseSpec(text, { env: io.env, region }));
  } catch {
    return NO_NAMES;
  }
}
