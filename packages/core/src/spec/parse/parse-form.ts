import type * as z from 'zod';
import type { ErrorCode } from '../../ground/error-codes.js';
import type { SourcePlace } from '../../ground/errors.js';
import { specError, type Problem } from '../problems/problem.js';
import { problemsOf } from '../problems/schema-issues.js';
import { sourcePlaceOf } from '../source/places.js';
import type { KeyPath } from '../source/source-node.js';
import type { ReadText } from '../source/read-data.js';
import { readJson } from '../source/read-json.js';
import { readYaml } from '../source/read-yaml.js';

/** What a file of the user is, in its errors. */
export interface FormKind {
  /** The code of problems that the schema finds, and of an empty file. */
  readonly code: ErrorCode;
  /** What to do about an empty file. */
  readonly empty: string;
}

/** A text of the user that fits its schema, with the place of each of its values. */
export interface ReadForm<T> {
  readonly value: T;
  /** Where a value is written; of a key, where that is. */
  readonly placeOf: (path: KeyPath, part?: 'key' | 'value') => SourcePlace;
  /** Throws one error for problems beyond the schema, if there are any. */
  readonly refuse: (problems: readonly Problem[]) => void;
}

export interface ReadFormOptions {
  /** The name of the file, for errors. */
  readonly file?: string | undefined;
  /** The text is JSON and not YAML. */
  readonly json?: boolean | undefined;
}

/** Reads YAML 1.2 or JSON. @throws {InvalidInputError} `INPUT_TOO_LARGE`, `INVALID_YAML`. */
export function readFormText(text: string, { file, json }: ReadFormOptions): ReadText {
  return json === true ? readJson(text, { file }) : readYaml(text, { file });
}

/**
 * Checks a text that was read by a schema of `strict` objects: {@link parseForm} in two steps.
 * @throws {InvalidInputError} with line and column, and a remedy: the code of `kind`. `details.problems` lists all problems.
 */
export function formOf<S extends z.ZodType>(
  read: ReadText,
  schema: S,
  { code, empty }: FormKind,
  file?: string,
): ReadForm<z.output<S>> {
  const placeOf = (path: KeyPath, part: 'key' | 'value' = 'value'): SourcePlace =>
    sourcePlaceOf(read, file, path, part);
  const refuse = (problems: readonly Problem[]): void => {
    if (problems.length > 0)
      throw specError(problems, ({ path, key }) => placeOf(path, key === true ? 'key' : 'value'));
  };
  if (read.value === null) refuse([{ code, message: 'the file is empty', remedy: empty, path: [] }]);
  const judged = schema.safeParse(read.value, { reportInput: true });
  if (judged.success) return { value: judged.data, placeOf, refuse };

  refuse(problemsOf(judged.error.issues).map((one) => ({ ...one, code })));
  throw new TypeError('a schema refused a text without a reason');
}

/**
 * Reads a file that users write: YAML 1.2 or JSON, by a schema.
 * @throws {InvalidInputError} `INPUT_TOO_LARGE`, `INVALID_YAML`, or the code of the kind of file, with line and column. `details.problems` lists all.
 */
export function parseForm<S extends z.ZodType>(
  text: string,
  schema: S,
  kind: FormKind,
  options: ReadFormOptions = {},
): ReadForm<z.output<S>> {
  return formOf(readFormText(text, options), schema, kind, options.file);
}
