import { type MemberLimit, type AnyOperation, errorsOf } from '../operation/operation.js';
import type * as sdk from '@aws-sdk/client-acm';
import { familyOf, type GivenFamily } from '../operation/family.js';

/*
 * Lengths, ranges, patterns and values of members that several operations share, from the service's public API model.
 * @see https://docs.aws.amazon.com/acm/latest/APIReference/
 */
type Limits = Readonly<Record<string, MemberLimit>>;

const TAG_TEXT = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u;

export const ARN: MemberLimit = {
  length: [20, 2048],
  pattern: /^arn:[\w+=/,.@-]+:acm:[\w+=/,.@-]*:[0-9]+:[\w+=,.@-]+(\/[\w+=,.@-]+)*$/,
};
export const DOMAIN: MemberLimit = {
  length: [1, 253],
  pattern: /^(\*\.)?(((?!-)[A-Za-z0-9-]{0,62}[A-Za-z0-9])\.)+((?!-)[A-Za-z0-9-]{1,62}[A-Za-z0-9])$/,
};
export const TAGS: Limits = {
  Tags: { length: [1, 50] },
  'Tags[].Key': { length: [1, 128], pattern: TAG_TEXT },
  'Tags[].Value': { length: [0, 256], pattern: TAG_TEXT },
};
export const OPTIONS: Limits = {
  'Options.CertificateTransparencyLoggingPreference': { values: ['ENABLED', 'DISABLED'] },
  'Options.Export': { values: ['ENABLED', 'DISABLED'] },
};
export const STATUSES = [
  'PENDING_VALIDATION',
  'ISSUED',
  'INACTIVE',
  'EXPIRED',
  'VALIDATION_TIMED_OUT',
  'REVOKED',
  'FAILED',
];
export const KEY_ALGORITHMS = [
  'RSA_1024',
  'RSA_2048',
  'RSA_3072',
  'RSA_4096',
  'EC_prime256v1',
  'EC_secp384r1',
  'EC_secp521r1',
];

/*
 * Wordings come from published error reports where there are any.
 * @see https://docs.aws.amazon.com/acm/latest/APIReference/CommonErrors.html
 */

/** `ValidationException`: a member of the input is wrong in itself. */
export const invalid = errorsOf('ValidationException');

export const limitExceeded = errorsOf('LimitExceededException');

/**
 * Operations of Certificate Manager.
 * @see https://docs.aws.amazon.com/acm/latest/APIReference/API_Operations.html (each operation: `API_<name>.html`)
 */
export const family: (members: GivenFamily<typeof sdk>) => readonly AnyOperation[] = familyOf({ service: 'acm' });
