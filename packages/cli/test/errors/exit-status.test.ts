import { ERROR_CODES, type ErrorCode } from '@postern/core/internal/library';
import { describe, expect, it } from 'vitest';
import { COMMANDS } from '../../src/commands/command-list.js';
import { exitStatus } from '../../src/errors/print-error.js';
import { run } from '../run-command.js';

/** Every code; the compiler requires the status of a new one. */
const STATUS: Readonly<Record<ErrorCode, 1 | 3 | 64 | 75>> = {
  INVALID_INPUT: 64,
  INVALID_SPEC: 64,
  INVALID_NEEDS: 64,
  CONTRADICTING_NEEDS: 64,
  INVALID_FLEET: 64,
  SPECS_OVERLAP: 64,
  EMPTY_SPEC: 64,
  INVALID_YAML: 64,
  INPUT_TOO_LARGE: 64,
  INVALID_ADDRESS: 64,
  INVALID_PREFIX: 64,
  INVALID_ARN: 64,
  WRONG_KIND: 64,
  WRONG_REGION: 64,
  WRONG_ACCOUNT: 64,
  WRONG_NETWORK: 64,
  SUBNETS_OF_SEVERAL_NETWORKS: 64,
  ZONE_NOT_SERVED: 64,
  SECURITY_GROUP_REQUIRED: 64,
  UNKNOWN_REFERENCE: 64,
  AMBIGUOUS: 64,
  MISSING_VARIABLE: 64,
  CIDR_CONFLICT: 64,
  CIDR_REDUNDANT: 64,
  CIDR_RESERVED: 64,
  CIDR_UNREACHABLE: 64,
  INSTANCE_CIDR_NOT_ALLOWED: 64,
  SECURITY_GROUPS_OF_SEVERAL_TYPES: 64,
  NAME_NOT_ALLOWED: 64,
  PURCHASE_NOT_ALLOWED: 64,
  DELETES_ALL_ROUTES: 64,
  WEIGHTS_OWNED: 64,
  FINDINGS_FAILED: 3,
  PROBE_FAILED: 1,
  TOO_MANY_DELETIONS: 64,
  ALLOWLIST_FULL: 64,
  ALLOWLIST_INEFFECTIVE: 64,
  NO_DRIVER: 64,
  BAD_DRIVER: 1,
  REGION_MISSING: 64,
  FILE_UNREADABLE: 64,
  UNSUPPORTED_VERSION: 64,
  NO_TERMINAL: 64,
  WORLD_MOVED: 75,
  LOCKED: 75,
  NOT_FOUND: 1,
  CANARY_ACTIVE: 1,
  GATEWAY_LOCKED: 1,
  UNSUPPORTED: 1,
  ALREADY_EXISTS: 1,
  NOT_OURS: 1,
  PROTECTED: 1,
  QUOTA_EXCEEDED: 1,
  ADDRESSES_EXHAUSTED: 1,
  CREATION_CLOSED: 1,
  STILL_REFERENCED: 1,
  CONFLICT: 1,
  THROTTLED: 1,
  PERMISSION_DENIED: 1,
  CREDENTIALS_MISSING: 1,
  CREDENTIALS_REFUSED: 1,
  CREDENTIALS_EXPIRED: 1,
  CLOCK_SKEWED: 1,
  ENDPOINT_UNREACHABLE: 1,
  PORT_IN_USE: 1,
  BAD_RESPONSE: 1,
  RESPONSE_TOO_LARGE: 1,
  INCOMPLETE_LIST: 1,
  CLOUD_REFUSED: 1,
  CLOUD_FAILED: 1,
  OUTCOME_UNKNOWN: 1,
  WAIT_TIMEOUT: 1,
  WAIT_FAILED: 1,
  ABORTED: 1,
  JOURNAL_BROKEN: 1,
  JOURNAL_WRITE_FAILED: 1,
  FILE_UNWRITABLE: 1,
  DEPENDENCY_MISSING: 1,
  ENGINE_TOO_OLD: 1,
  VERIFICATION_FAILED: 1,
  ANALYSIS_FAILED: 1,
  MOVE_OPEN: 1,
  MOVE_ENDED: 1,
  DRAINING: 75,
  INTERNAL: 1,
};

describe('one exit status per error code, in every command', () => {
  it.each(Object.keys(ERROR_CODES) as ErrorCode[])('%s', (code) => {
    expect(exitStatus(code)).toBe(STATUS[code]);
  });

  it.each(
    COMMANDS.flatMap((one) => {
      const [name = ''] = one.usage.split(' ');
      return 'commands' in one ? one.commands.map(({ usage }) => [name, usage.split(' ')[0] ?? '']) : [[name]];
    }),
  )('an unknown option is 64: %s %s', async (...words) => {
    expect(await run([...words, '--nope'])).toMatchObject({ status: 64, out: '' });
  });
});
