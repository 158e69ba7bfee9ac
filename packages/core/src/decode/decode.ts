import { InvalidInputError, PosternError } from '../ground/errors.js';
import { checkArgument } from '../do/forms/check-argument.js';
import { Walk, type Form } from '../do/forms/form.js';
import { text as anyText } from '../do/forms/values.js';
import { parseUncompared, refuseLost, MAX_SNAPSHOT_LENGTH } from './parse-json.js';
import { PLAN_VERSION, planFileForm, type Plan } from '../do/plan/plan.js';
import { SNAPSHOT_VERSION, type Snapshot } from '../do/snapshot/snapshot.js';
import { snapshotForm } from '../do/snapshot/snapshot-form.js';

/** What a file is, for its errors. */
export interface FileKind {
  /** `snapshot`, `plan`. */
  readonly what: string;
  /** The version that is read. */
  readonly version: number;
  /** How such a file is made again. */
  readonly again?: string | undefined;
  /** Longest text that is read, in UTF-16 code units. */
  readonly maxLength?: number | undefined;
}

/** How a file is named in errors. */
export interface DecodeOptions {
  /** The file's name, for errors. */
  readonly file?: string | undefined;
}

/** How many of a file's mistakes one error names. */
const SHOWN_ISSUES = 5;

/**
 * Reads JSON text of one kind: size, depth and numbers first, then the version, then the whole structure. It is checked in place:
 * the result is the parsed value.
 */
export function decodeForm<T>(text: string, form: Form<T>, kind: FileKind, { file }: DecodeOptions): T {
  const options = { file, maxLength: kind.maxLength };
  const { value, written } = parseUncompared(text, options);
  checkVersion(value, kind, file);
  const walk = new Walk();
  form.check(value, walk); // also counts the members
  if (walk.members !== written || walk.issues.length > 0) refuseLost(text, options);
  if (walk.issues.length > 0) throw badMembers(kind.what, walk.issues, walk.full, file);

  return value as T;
}

/**
 * @throws {PosternError} `UNSUPPORTED_VERSION` where a newer version wrote it; `INVALID_INPUT` where it is
 *   not such a file.
 */
function checkVersion(value: unknown, { what, version, again }: FileKind, file: string | undefined): void {
  const isObject = typeof value === 'object' && value !== null && Object.hasOwn(value, 'version');
  const found = isObject ? (value as { readonly version: unknown }).version : undefined;
  if (found === version) return;

  const place = { file, path: 'version' };
  if (typeof found !== 'number' || found <= version) {
    const message = `${file ?? what}: the file is not a Postern ${what}`;
    throw new InvalidInputError('INVALID_INPUT', message, { place, remedy: `Name a file that holds a ${what}.` });
  }

  throw new PosternError('UNSUPPORTED_VERSION', `${file ?? what}: version ${found}; this program reads ${version}`, {
    place,
    remedy: again ?? 'Use the version of Postern that wrote it, or a newer one.',
  });
}

/** The error for an invalid value, by path: `regions[0].links[2].state: expected one of …`. */
function badMembers(
  what: string,
  issues: readonly { readonly path: readonly PropertyKey[]; readonly message: string }[],
  cut: boolean,
  file: string | undefined,
): InvalidInputError {
  const shown = issues
    .slice(0, SHOWN_ISSUES)
    .map(({ path, message }) => (path.length === 0 ? message : `${pathText(path)}: ${message}`))
    .join('; ');
  const rest = issues.length > SHOWN_ISSUES ? `; and ${cut ? '' : `${issues.length - SHOWN_ISSUES} `}more` : '';
  return new InvalidInputError('INVALID_INPUT', `${file ?? what}: ${shown}${rest}`.slice(0, 2_000), {
    place: { file, path: pathText(issues[0]?.path ?? []) },
    remedy: 'Such files are written by Postern and not meant to be edited; write it anew.',
  });
}

/** `regions[0].links[2].state` */
export function pathText(path: readonly PropertyKey[]): string {
  const text = path.map((key) => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`)).join('');
  return text.replace(/^\./, '') || '(whole)';
}

/**
 * Reads the text of a plan file. A valid structure does not show what its steps would do: `apply` computes
 * the plan again and refuses one that differs.
 * @throws {PosternError} as `decodeSnapshot`.
 */
export function decodePlan(text: string, options: DecodeOptions = {}): Plan {
  checkArgument('decodePlan', 'text', anyText, text);
  return decodeForm(text, planFileForm, { what: 'plan', version: PLAN_VERSION }, options);
}

/**
 * Reads the text of a snapshot file.
 *
 * ```ts
 * const report = check(decodeSnapshot(readFileSync('snapshot.json', 'utf8')), spec);
 * ```
 *
 * @throws {PosternError} `UNSUPPORTED_VERSION` for a newer file; `INVALID_INPUT` for another file, and with
 *   line and column, or with the path of keys, for an invalid value; `INPUT_TOO_LARGE` over 384 Mi characters
 *   or 64 levels.
 */
export function decodeSnapshot(text: string, options: DecodeOptions = {}): Snapshot {
  checkArgument('decodeSnapshot', 'text', anyText, text);
  const kind = {
    what: 'snapshot',
    version: SNAPSHOT_VERSION,
    again: 'Take the snapshot again with `postern snapshot`, or use the version of Postern that wrote it.',
    maxLength: MAX_SNAPSHOT_LENGTH,
  };
  return decodeForm(text, snapshotForm, kind, options);
}
