import { InvalidInputError } from '@postern/core/internal/library';
import type { Io } from './io.js';
import { readFile } from './read-file.js';
import { timingSafeEqual } from 'node:crypto';

/**
 * Texts of a repeatable option that may be secrets: arguments are visible to every user of a machine and stay in the history of the
 * shell. `@FILE` stands for the lines of a file, `@env:NAME` for those of an environment variable, `@-` for those of standard input;
 * blank lines and lines that begin with `#` are left out.
 * @throws {InvalidInputError} `MISSING_VARIABLE`; {PosternError} `FILE_UNREADABLE`.
 */
export async function secretTexts(io: Io, option: string, given: readonly string[] = []): Promise<readonly string[]> {
  const found: string[] = [];
  for (const text of given) {
    if (text.startsWith('@')) found.push(...linesOf(await read(io, option, text.slice(1))));
    else found.push(text);
  }
  return found;
}

async function read(io: Io, option: string, source: string): Promise<string> {
  if (source === '-') return new TextDecoder().decode(await io.readStdin?.());

  const [, name] = /^env:(.*)$/s.exec(source) ?? [];
  if (name === undefined) return readFile(io, source);

  const value = Object.hasOwn(io.env, name) ? io.env[name] : undefined;
  if (value !== undefined && value !== '') return value;

  throw new InvalidInputError('MISSING_VARIABLE', `${option}: the environment variable ${name} is not set or empty`, {
    remedy: `Set ${name}, or name a file: ${option} @FILE.`,
  });
}

function linesOf(text: string): readonly string[] {
  return text.split(/\r?\n/).filter((line) => line.trim() !== '' && !line.startsWith('#'));
}

/** Whether a text is a secret. How long it takes says nothing about how much of it fits. */
export function isSameSecret(given: string, secret: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(secret)];
  return a.length === b.length && timingSafeEqual(a, b);
}
