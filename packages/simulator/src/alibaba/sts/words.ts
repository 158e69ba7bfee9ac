import type { Caller } from '../../simulation/dispatch/operation.js';
import { AlibabaError } from '../operation/service-error.js';

/**
 * How STS refuses to assume a role.
 * @see https://www.alibabacloud.com/help/doc-detail/42775.htm
 * @see https://www.alibabacloud.com/help/en/ram/support/faq-about-ram-roles-and-sts-tokens
 */
export const stsWords = {
  malformed: (parameter: string) =>
    new AlibabaError(`InvalidParameter.${parameter}`, `The parameter ${parameter} is wrongly formed.`),
  duration: () =>
    new AlibabaError('InvalidParameter.DurationSeconds', 'The Min/Max value of DurationSeconds is 15min/1hr.'),
  /** The same where the caller may not assume roles, and where the role does not trust the caller. */
  notTrusted: ({ arn }: Caller) =>
    new AlibabaError(
      'NoPermission',
      'You are not authorized to do this action. You should be authorized by RAM.',
      403,
      { AccessDeniedDetail: { AuthAction: 'sts:AssumeRole', AuthPrincipalDisplayName: arn.split('/').at(-1) ?? arn } },
    ),
} as const;
