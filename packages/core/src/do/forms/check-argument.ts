import type { ErrorCode } from '../../ground/error-codes.js';
import { InvalidInputError, PosternError } from '../../ground/errors.js';
import { nearest } from '../../ground/text/nearest.js';
import { valueKind, Walk, type AnyForm, type FormIssue, type Form } from './form.js';

/** Arguments whose members are named without them: `ports`, not `options.ports`. */
const PLAIN: ReadonlySet<string> = new Set(['options', 'request', 'spec']);

/**
 * The forms of the arguments of each method of a class, in the order in which they are checked. A function makes a form that depends on
 * the place, such as on its set of clouds, or on an argument before it.
 */
export type MethodForms<Place> = Readonly<
  Record<
    string,
    Readonly<Record<string, AnyForm | ((place: Place, given: Readonly<Record<string, unknown>>) => AnyForm)>>
  >
>;

/**
 * Refuses arguments of a method that do not have their forms, and a signal that is aborted already; see {@link checkArgument}.
 * @param call the method, for the message
 */
export function checkArguments<Place, Forms extends MethodForms<Place>[string]>(
  call: string,
  forms: Forms,
  place: Place,
  given: Readonly<Record<keyof Forms, unknown>>,
): void {
  for (const [key, form] of Object.entries(forms)) {
    const resolved = typeof form === 'function' ? form(place, given) : form;
    checkArgument(call, key, resolved, given[key]);
  }
  refuseAborted(call, (given as { readonly options?: { readonly signal?: AbortSignal } }).options?.signal);
}

/**
 * Refuses an argument of a public function that does not have its form. Programs without types pass anything, such
 * as a variable of the environment that is not set. The error is thrown before any call, with the key that is
 * wrong in `place.path`. It quotes names and IDs, and no other value, since that may be a secret.
 * @param call the function, for the message: `ensureLink`
 * @param key the argument's name
 * @param options `open`: keys that are not known are accepted, unless they look like one that is. Engines hand the
 *   options of a run from one function to the next.
 * @throws {InvalidInputError} `INVALID_INPUT`, or the code of the form: `WRONG_KIND`, …
 */
export function checkArgument<T>(
  call: string,
  key: string,
  form: Form<T>,
  given: unknown,
  { open = false }: { readonly open?: boolean } = {},
): asserts given is T {
  const walk = new Walk();
  // What need not be given may be undefined; `fits` alone knows of that.
  if ('optional' in form && given === undefined) return;

  form.check(given, walk);
  // A key that is misspelled is missing, too.
  const issues = open ? walk.issues.filter(({ unknown }) => unknown === undefined || isMistyped(unknown)) : walk.issues;
  // A value that has its form, and names another resource than the expected one, is looked at last.
  const issue =
    issues.find(({ unknown }) => unknown !== undefined) ?? issues.find(({ code }) => code === undefined) ?? issues[0];
  if (issue === undefined) return;

  const last = issue.unknown?.key ?? issue.missing;
  const path = last === undefined ? issue.path : [...issue.path, last];
  const name = pathOf(key, path);
  const { message, remedy } = described(issue, valueAt(given, path), name);
  throw errorAt(call, name, { code: issue.code, message, remedy });
}

/** The error for an argument, or for a member of one; `key` is its path. */
export function argumentError(call: string, key: string, fault: ArgumentFault): InvalidInputError {
  return errorAt(call, key, { ...fault, message: `${key}: ${fault.message}` });
}

interface ArgumentFault {
  readonly code?: ErrorCode | undefined;
  readonly message: string;
  readonly remedy: string;
}

function errorAt(call: string, key: string, { code, message, remedy }: ArgumentFault): InvalidInputError {
  const place = { path: key };
  return new InvalidInputError(code ?? 'INVALID_INPUT', `${call}: ${message}`, { remedy, place, details: { key } });
}

function isMistyped({ key, known }: NonNullable<FormIssue['unknown']>): boolean {
  return nearest(key, known) !== undefined;
}

function described(issue: FormIssue, value: unknown, path: string): { message: string; remedy: string } {
  const { unknown, expected, missing, remedy } = issue;
  if (unknown !== undefined) {
    const known = [...unknown.known];
    const similar = nearest(unknown.key, known);
    return {
      message: `unknown key \`${path.slice(0, 80)}\``,
      remedy: similar === undefined ? `Known keys are ${known.join(', ')}.` : `Did you mean ${similar}?`,
    };
  }
  if (missing !== undefined || value === undefined) {
    return { message: `\`${path}\` is required`, remedy: remedy ?? `Pass ${expected ?? `\`${path}\``}.` };
  }
  if (expected === undefined) {
    return { message: `${path}: ${issue.message}`, remedy: remedy ?? 'Pass a valid value.' };
  }

  // A text may be a secret that was written in the wrong place.
  const found = typeof value === 'string' ? 'a text' : valueKind(value);
  return { message: `${path}: expected ${expected}, found ${found}`, remedy: remedy ?? `Pass ${expected}.` };
}

function pathOf(key: string, path: readonly (string | number)[]): string {
  const members = PLAIN.has(key) && typeof path[0] === 'string' ? path : [key, ...path];
  return members.map((one, at) => (typeof one === 'number' ? `[${one}]` : at === 0 ? one : `.${one}`)).join('');
}

function valueAt(given: unknown, path: readonly (string | number)[]): unknown {
  let at = given;
  for (const key of path) at = (at as Readonly<Record<string | number, unknown>> | null | undefined)?.[key];
  return at;
}

/** Refuses a call whose signal is aborted already. @throws {PosternError} `ABORTED` */
export function refuseAborted(call: string, signal: AbortSignal | undefined): void {
  if (signal?.aborted !== true) return;

  const message = `${call}: the signal was aborted before the call, so nothing was done`;
  throw new PosternError('ABORTED', message, { cause: signal.reason, remedy: 'Call it again with another signal.' });
}
