import type { Io } from '../process/io.js';
import { candidatesFor } from './candidates.js';

/**
 * `postern __complete SHELL WORD…`, which the scripts of `postern completion` call: prints the words that fit as the last word,
 * a line each, with a tab before its description; and `:files` where the names of files fit, too. It never fails, and prints nothing
 * where it would need a spec that cannot be read.
 */
export async function completeRequest([shell, ...words]: readonly string[], io: Io): Promise<number> {
  const typed = words.map((word) => unquoted(word));
  // PowerShell before 7.3 does not pass empty words.
  const last = typed.at(-1) ?? '';
  const all = shell === 'powershell' ? [...typed.slice(0, -1), last.replace(/^=/, '')] : typed;
  // Most requests are about commands and options: core is loaded where names are needed.
  const named = async (file: string | undefined) => (await import('./read-names.js')).readNames(file, io);
  const { words: found, files } = await candidatesFor(all, named);
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
