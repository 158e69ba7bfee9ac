import type { ErrorCode, SourcePlace } from '@postern/core/internal/library';
import { secretsOf } from '@postern/core/internal/adapter';
import { displayText, jsonText } from '@postern/core/internal/report';
import type { Io } from '../process/io.js';

/** One problem as it is shown. */
export interface PrintedError {
  readonly code: string;
  readonly message: string;
  readonly place?: SourcePlace | undefined;
  readonly remedy?: string | undefined;
}

/** The commands that help with an error, beside its remedy: the libraries do not name commands. */
const COMMANDS: Partial<Record<string, string>> = {
  CREDENTIALS_MISSING:
    '`postern doctor` lists what is missing. `postern simulate` serves simulated clouds, which need no account.',
} satisfies Partial<Record<ErrorCode, string>>;

/** The remedy of an error, with the commands that help. */
export function remedyOf({ code, remedy }: PrintedError): string | undefined {
  const commands = COMMANDS[code];
  return remedy === undefined || commands === undefined ? remedy : `${remedy} ${commands}`;
}

/**
 * Prints an error on stderr: code and message, place, remedy. With `--json` it is one line of JSON:
 * `{"error":{"code":"NOT_FOUND","message":"…","place":{"file":"postern.yaml","line":7},"remedy":"…"}}`.
 */
export function printError(io: Io, problem: PrintedError): void {
  const { code, place } = problem;
  const remedy = remedyOf(problem);
  const message = withoutEnvironment(problem.message, io);
  if (io.json === true) {
    io.stderr.write(`${jsonText({ error: { code, message, place, remedy } })}\n`);
    return;
  }

  io.stderr.write(`error ${code}: ${displayText(message)}\n`);
  const where = placeText(place);
  // A file without a line is not repeated where the message begins with it.
  const isRepeated = place?.line === undefined && message.startsWith(`${where}: `);
  if (where !== '' && !isRepeated) io.stderr.write(`  ${displayText(where)}\n`);
  if (remedy !== undefined) io.stderr.write(`  ${displayText(remedy)}\n`);
}

/** A message without the secrets that variables hold: a program of a user may throw what it read. */
export function withoutEnvironment(message: string, { env }: Pick<Io, 'env'>): string {
  return secretsOf(env).reduce((text, one) => text.replaceAll(one, '(not shown)'), message);
}

/** `postern.yaml:7:15`: editors and terminals make links of this form. */
function placeText(place: SourcePlace | undefined): string {
  if (place?.file === undefined) return place?.path ?? '';
  if (place.line === undefined) return place.file;

  return place.column === undefined ? `${place.file}:${place.line}` : `${place.file}:${place.line}:${place.column}`;
}
