import type { z } from 'zod';
import { InvalidInputError, PosternError } from '../errors.js';
import { parseJson } from './parse-json.js';

/** What a file is, for its errors. */
export interface FileKind {
  /** `snapshot`, `plan`. */
  readonly what: string;
  /** The newest version that is read. */
  readonly version: number;
}

export interface DecodeOptions {
  /** The file's name, for errors. */
  readonly file?: string | undefined;
}

/** How many of a file's mistakes one error names. */
const SHOWN_ISSUES = 5;

/**
 * Reads JSON text of one kind: size, depth and numbers first, then the version, then the whole form. What comes out is made
 * by the schema; the `raw` members alone are as they stood there.
 */
export function decode<T>(text: string, schema: z.ZodType<T>, kind: FileKind, { file }: DecodeOptions): T {
  const value = parseJson(text, file);
  checkVersion(value, kind, file);
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  throw badForm(kind.what, result.error, file);
}

/** @throws {PosternError} `UNSUPPORTED_VERSION` */
function checkVersion(value: unknown, { what, version }: FileKind, file: string | undefined): void {
  const own = typeof value === 'object' && value !== null && Object.hasOwn(value, 'version');
  const found: unknown = own ? (value as { version: unknown }).version : undefined;
  if (found === version) return;
  const newer = typeof found === 'number' && found > version;
  throw new PosternError(
    'UNSUPPORTED_VERSION',
    newer ? `${what}: version ${found}; this program reads ${version}` : `${what}: the file is no ${what} of Postern`,
    {
      place: { file, path: 'version' },
      remedy: newer ? 'Use the version of Postern that wrote it, or a newer one.' : `Name a file that holds a ${what}.`,
    },
  );
}

/** What does not fit, by path: `regions[0].links[2].state: Invalid option`. */
export function badForm(what: string, error: z.ZodError, file: string | undefined): InvalidInputError {
  const issues = error.issues.map(({ path, message }) => `${pathText(path)}: ${message}`);
  const shown = issues.slice(0, SHOWN_ISSUES).join('; ');
  const more = issues.length > SHOWN_ISSUES ? `; and ${issues.length - SHOWN_ISSUES} more` : '';
  return new InvalidInputError('INVALID_INPUT', `${what}: ${shown}${more}`.slice(0, 2_000), {
    place: { file, path: pathText(error.issues[0]?.path ?? []) },
    remedy: 'Such files are written by Postern and not meant to be edited; write it anew.',
  });
}

function pathText(path: readonly PropertyKey[]): string {
  const text = path.map((key) => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`)).join('');
  return text.replace(/^\./, '') || '(whole)';
}
