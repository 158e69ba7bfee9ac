import type { ErrorCode, SourcePlace, Spec, UnreadPart } from '@postern/core/internal/library';
import { displayText, jsonText, secretsOf } from '@postern/core/internal/report';
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

/** The input is invalid or cannot be read, or a confirmation could not be requested. */
const WRONG_USAGE: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'INVALID_INPUT',
  'INVALID_SPEC',
  'INVALID_NEEDS',
  'CONTRADICTING_NEEDS',
  'INVALID_FLEET',
  'SPECS_OVERLAP',
  'EMPTY_SPEC',
  'INVALID_YAML',
  'INPUT_TOO_LARGE',
  'INVALID_ADDRESS',
  'INVALID_PREFIX',
  'INVALID_ARN',
  'WRONG_KIND',
  'WRONG_REGION',
  'WRONG_ACCOUNT',
  'WRONG_NETWORK',
  'SUBNETS_OF_SEVERAL_NETWORKS',
  'ZONE_NOT_SERVED',
  'SECURITY_GROUP_REQUIRED',
  'UNKNOWN_REFERENCE',
  'AMBIGUOUS',
  'MISSING_VARIABLE',
  'CIDR_CONFLICT',
  'CIDR_REDUNDANT',
  'CIDR_RESERVED',
  'CIDR_UNREACHABLE',
  'INSTANCE_CIDR_NOT_ALLOWED',
  'SECURITY_GROUPS_OF_SEVERAL_TYPES',
  'NAME_NOT_ALLOWED',
  'PURCHASE_NOT_ALLOWED',
  'DELETES_ALL_ROUTES',
  'WEIGHTS_OWNED',
  'TOO_MANY_DELETIONS',
  'ALLOWLIST_FULL',
  'ALLOWLIST_INEFFECTIVE',
  'NO_DRIVER',
  'REGION_MISSING',
  'FILE_UNREADABLE',
  'UNSUPPORTED_VERSION',
  'NO_TERMINAL',
]);

/** The world moved under a plan, or another run holds the lock: try again. */
const TRY_AGAIN: ReadonlySet<ErrorCode> = new Set<ErrorCode>(['WORLD_MOVED', 'LOCKED', 'DRAINING']);

/**
 * The exit status of an error's code, the same in every command: 64 for wrong usage or invalid input, 75 to try again, 3 for
 * findings as of `postern check`, else 1. What the
 * cloud does not have (`NOT_FOUND`) is 1, also where a spec or an argument names it: the input is well-formed.
 */
export function exitStatus(code: ErrorCode): 1 | 3 | 64 | 75 {
  if (code === 'FINDINGS_FAILED') return 3;
  if (TRY_AGAIN.has(code)) return 75;

  return WRONG_USAGE.has(code) ? 64 : 1;
}

/** Prints an error for each account and region that a plan leaves out because it could not be read. */
export function printUnreadParts(io: Io, parts: readonly UnreadPart[], spec: Spec): void {
  for (const { provider, region, account, links, code, message, remedy } of parts) {
    const [name] = links;
    const place = name === undefined ? undefined : spec.places?.(`links.${name}`);
    printError(io, {
      code,
      place,
      remedy,
      message: `${provider} ${region} of account ${account} was left out: ${message}`,
    });
  }
}
