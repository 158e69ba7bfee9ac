import type { ErrorCode } from './error-codes.js';
import type { CommonDetails, ErrorDetails, SourcePlace } from './error-details.js';
import { REMEDIES } from './remedies.js';

export type { SourcePlace };

/** What every error may say beside its code and message. */
export interface PosternErrorOptions {
  /** One sentence that says what to do; by default what can be said of every error with this code. */
  readonly remedy?: string | undefined;
  readonly cause?: unknown;
  readonly place?: SourcePlace | undefined;
  /** Plain facts for programs, such as `{ limit: 10 }`; never a secret. docs/errors.md: `problems`, `also` and `likewise` list more. */
  readonly details?: Readonly<Record<string, unknown>> | undefined;
}

/** The one error family. `code` is stable, `remedy` says what to do, `cause` keeps what the cloud or the system said. */
export class PosternError extends Error {
  override readonly name: string = 'PosternError';
  readonly code: ErrorCode;
  readonly remedy: string;
  declare readonly place: SourcePlace | undefined;
  /** Facts for programs; those of its code are typed after `isPosternError(error, 'CODE')`. */
  declare readonly details: CommonDetails | undefined;

  constructor(code: ErrorCode, message: string, options: PosternErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.remedy = options.remedy ?? REMEDIES[code];
    setPresent(this, { place: options.place, details: options.details });
  }
}

/** Sets the members that have a value: Node prints each member of an error, also one that is undefined. */
function setPresent(error: PosternError, members: Readonly<Record<string, unknown>>): void {
  Object.assign(error, Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)));
}

/** What was given cannot be meant; nothing was asked of a cloud because of it. */
export class InvalidInputError extends PosternError {
  override readonly name = 'InvalidInputError';
}

/** The cloud or this adapter cannot do it. */
export class UnsupportedError extends PosternError {
  override readonly name = 'UnsupportedError';
  constructor(message: string, options: PosternErrorOptions = {}) {
    super('UNSUPPORTED', message, options);
  }
}

/** What an error of a cloud says besides. */
export interface CloudErrorOptions extends PosternErrorOptions {
  readonly operation: string;
  readonly requestId?: string | undefined;
  /** HTTP status, where an answer came. */
  readonly status?: number | undefined;
  readonly retryable?: boolean | undefined;
  /** True where the call may have taken effect although no proper answer came: a lost answer, a 5xx, a cut-off body. */
  readonly outcomeUnknown?: boolean | undefined;
  /** How long the cloud asked to wait, in milliseconds. */
  readonly retryAfterMs?: number | undefined;
  /** The cloud's own error name, such as `BadRequestException`. */
  readonly nativeCode?: string | undefined;
}

/** A cloud answered with an error, or did not answer. `message` is `<operation>: <what happened>`. */
export class CloudError extends PosternError {
  override readonly name = 'CloudError';
  readonly operation: string;
  declare readonly requestId: string | undefined;
  declare readonly status: number | undefined;
  readonly retryable: boolean;
  readonly outcomeUnknown: boolean;
  declare readonly retryAfterMs: number | undefined;
  declare readonly nativeCode: string | undefined;
  /** The call was tried again until its budget was used up: no layer above it tries once more. */
  readonly exhausted: boolean = false;
  /** The cloud refused it after a part of it was done, which could not be undone. The next run completes it. */
  readonly unfinished: boolean = false;

  constructor(code: ErrorCode, message: string, options: CloudErrorOptions) {
    super(code, `${options.operation}: ${message}`, options);
    this.operation = options.operation;
    this.retryable = options.retryable ?? false;
    this.outcomeUnknown = options.outcomeUnknown ?? false;
    const { requestId, status, retryAfterMs, nativeCode } = options;
    setPresent(this, { requestId, status, retryAfterMs, nativeCode });
  }
}

/** Marks a refusal after which a part of the call stays: see `CloudError.unfinished`. */
export function leaveUnfinished(error: CloudError): CloudError {
  (error as { unfinished: boolean }).unfinished = true;
  return error;
}

/** What an error of a wait says besides. */
export interface WaitErrorOptions extends PosternErrorOptions {
  readonly lastStatus?: string | undefined;
  readonly elapsedMs: number;
}

/** A wait ended without what was waited for: `WAIT_TIMEOUT`, or `WAIT_FAILED` with the last state seen. */
export class WaitError extends PosternError {
  override readonly name = 'WaitError';
  declare readonly lastStatus: string | undefined;
  readonly elapsedMs: number;

  constructor(code: 'WAIT_TIMEOUT' | 'WAIT_FAILED', message: string, options: WaitErrorOptions) {
    super(code, message, options);
    setPresent(this, { lastStatus: options.lastStatus });
    this.elapsedMs = options.elapsedMs;
  }
}

/**
 * Whether `error` is a Postern error, of any copy of this package; with `code`, whether it has that code, which is then the type
 * of `code` and of `details`: see `ErrorDetails`.
 *
 * ```ts
 * try {
 *   await gate.apply(plan);
 * } catch (error) {
 *   if (!isPosternError(error, 'WORLD_MOVED')) throw error;
 *   console.log(error.details?.added); // and plan again
 * }
 * ```
 */
export function isPosternError<C extends ErrorCode>(
  error: unknown,
  code?: C,
): error is PosternError & { readonly code: C; readonly details: DetailsOf<C> | undefined } {
  try {
    const isOne = error instanceof Error && 'remedy' in error && 'code' in error && typeof error.code === 'string';
    return isOne && (code === undefined || error.code === code);
  } catch {
    return false; // what a program throws may refuse to be looked at
  }
}

/** The details of errors with a code. Of one of several codes, those of any. */
type DetailsOf<C extends ErrorCode> = CommonDetails & (C extends keyof ErrorDetails ? ErrorDetails[C] : unknown);

/** What was thrown, as text, of which the start is enough. A program may throw anything, also a value that cannot be shown. */
export function thrownText(thrown: unknown): string {
  try {
    return String(thrown instanceof Error ? thrown.message : thrown).slice(0, 10_000);
  } catch {
    return 'a value that cannot be shown was thrown';
  }
}
