import type { ErrorCode } from '@postern/core/internal/library';

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
