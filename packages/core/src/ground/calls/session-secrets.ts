import { CloudError, PosternError } from '../errors.js';
import { NOT_SHOWN, withoutSecrets } from '../text/secrets.js';

/** Shorter values are part of ordinary words, and no cloud issues keys of that length. */
const SHORTEST = 12;
/** How many values are kept: key ID, key and token of the present credentials, and of those before. */
const MOST = 12;
/** Keys and tokens are of these characters: headers of HTTP have no others. */
const SENDABLE = /^[!-~]*$/;
/** How deep the members of an error are searched. */
const DEEPEST = 6;

/** `Signature=…` of a query or a header, `Credential=AKIA…/20261123/eu-west-1/…`. */
const SIGNED = /((?:signature|credential)\\*["']?\s*[:=]\s*\\*["']?)[\w%+/=.-]{16,}/gi;
/** The errors whose message holds what was signed: AWS's and Alibaba Cloud's names. */
const OF_SIGNATURE = /signature/i;

/** What one session signs with. It is not shown again, whatever a service, a proxy or an emulator sends back. */
export interface SessionSecrets {
  /** Notes credentials as they are used. */
  readonly note: (values: readonly (string | undefined)[]) => void;
  /** The latest values. */
  readonly values: () => readonly string[];
}

/** The secrets of a session, none at first. */
export function sessionSecrets(): SessionSecrets {
  let known: readonly string[] = [];
  return {
    note: (values) => {
      const fresh = values.filter((one): one is string => one !== undefined && one.length >= SHORTEST);
      if (fresh.every((one) => known.includes(one))) return;

      known = [...new Set([...fresh, ...known])].slice(0, MOST);
    },
    values: () => known,
  };
}

/** @throws {PosternError} `CREDENTIALS_MISSING` where a key or a token has what no header of a request can carry */
export function checkCredentials(values: readonly (string | undefined)[]): void {
  if (values.every((one) => one === undefined || SENDABLE.test(one))) return;

  throw new PosternError('CREDENTIALS_MISSING', 'the credentials have a line break, a blank or another odd character', {
    remedy: 'Write the ID of the key, its secret and the token again, without line breaks and blanks.',
  });
}

/** What a shell opened: `<(…)`. */
const OPEN_FILE = /^\/(?:dev|proc\/\w+)\/fd\//;

interface FileKind {
  readonly isFile: () => boolean;
  readonly isDirectory: () => boolean;
}

/**
 * Looks at the files that variables name for credentials, before an SDK reads them: a device never ends, and a named pipe waits for its
 * writer, even after the command has ended. `/dev/null` is empty. `kindOf` is `statSync`.
 * @throws {PosternError} `CREDENTIALS_MISSING`
 */
export function checkCredentialFiles(
  files: Readonly<Record<string, string | undefined>>,
  kindOf: (file: string, how: { readonly throwIfNoEntry: false }) => FileKind | undefined,
): void {
  for (const [name, file = ''] of Object.entries(files)) {
    if (file === '' || file === '/dev/null' || OPEN_FILE.test(file)) continue;

    let found: FileKind | undefined;
    try {
      found = kindOf(file, { throwIfNoEntry: false });
    } catch {
      // The SDK says that it cannot be read.
    }
    if (found === undefined || found.isFile() || found.isDirectory()) continue;

    throw new PosternError('CREDENTIALS_MISSING', `${name} names ${file}, which is a device or a pipe`, {
      remedy: 'Name a regular file, or unset the variable.',
    });
  }
}

/**
 * An error without `secrets` and without what has the form of one, in its message and all its causes. Of an error about a signature
 * only the first sentence is kept: services go on with the canonical request, which holds the session's token. The cloud's own error
 * stays the cause, and is changed in place: nothing else holds it.
 */
export function withoutSessionSecrets<T>(error: T, secrets: readonly string[]): T {
  const hide = (text: string): string => hidden(text, secrets);
  const isOfSignature = error instanceof CloudError && OF_SIGNATURE.test(error.nativeCode ?? '');
  clean(error, isOfSignature ? (text) => hide(firstSentence(text)) : hide);
  return error;
}

function hidden(text: string, secrets: readonly string[]): string {
  let shown = text;
  for (const secret of secrets)
    for (const form of new Set([secret, encodeURIComponent(secret)])) shown = shown.replaceAll(form, NOT_SHOWN);
  return withoutSecrets(shown.replace(SIGNED, `$1${NOT_SHOWN}`));
}

/** Up to the first full stop before white space, or the end of the line. */
function firstSentence(text: string): string {
  const end = /[.!?](?=\s)|[。\n]/.exec(text);
  return end === null ? text : text.slice(0, end[0] === '\n' ? end.index : end.index + 1);
}

/** Cleans the strings in an error, its causes and their members. */
function clean(root: unknown, hide: (text: string) => string): void {
  const seen = new Set<object>();
  const visit = (value: unknown, depth: number): void => {
    if (typeof value !== 'object' || value === null || depth > DEEPEST || seen.has(value)) return;

    seen.add(value);
    for (const key of Object.getOwnPropertyNames(value)) {
      const descriptor = Object.getOwnPropertyDescriptor(value, key);
      // The stack of an error begins with its message, and is an accessor in newer versions of V8.
      const member: unknown = key === 'stack' ? (value as Error).stack : descriptor?.value;
      if (typeof member === 'string') {
        const shown = key === 'stack' ? ofStack(member) : hide(member);
        if (shown !== member) put(value, key, shown);
      } else if (isStream(member)) put(value, key, undefined);
      else visit(member, depth + 1);
    }
  };
  const ofStack = (text: string): string => {
    const frames = text.search(/\n {4}at /);
    return frames === -1 ? hide(text) : `${hide(text.slice(0, frames))}${text.slice(frames)}`;
  };
  visit(root, 0);
}

/** A body or a socket, with the headers of the request. */
function isStream(value: unknown): boolean {
  return typeof value === 'object' && value !== null && typeof (value as { pipe?: unknown }).pipe === 'function';
}

/** What cannot be replaced is removed. */
function put(of: object, key: string, value: unknown): void {
  if (!Reflect.set(of, key, value)) Reflect.deleteProperty(of, key);
}
