import type { Caller } from '../../simulation/dispatch/operation.js';
import { AlibabaError } from '../operation/operation.js';
import { action, ownFamilyOf } from '../operation/family.js';

/**
 * How STS refuses to assume a role.
 * @see https://www.alibabacloud.com/help/doc-detail/42775.htm
 * @see https://www.alibabacloud.com/help/en/ram/support/faq-about-ram-roles-and-sts-tokens
 */
const stsWords = {
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

const HOUR_SECONDS = 3_600;
/** The longest `MaxSessionDuration` that a role can have. */
const LONGEST_SECONDS = 43_200;

/** Real tokens are longer, and their length varies. Code must not rely on it. */
const TOKEN_LENGTH = 120;

/** The simulated actions of STS. */
export const operations = ownFamilyOf('Sts')({
  /**
   * Any role of the account can be assumed: trust policies are not simulated, but service-linked roles trust their service only. Roles
   * of other accounts are refused.
   * @see https://www.alibabacloud.com/help/en/ram/developer-reference/api-sts-2015-04-01-assumerole
   * @see https://www.alibabacloud.com/help/doc-detail/42775.htm errors
   */
  AssumeRole: {
    parameters: {
      RoleArn: { type: 'string', required: true },
      RoleSessionName: { type: 'string', required: true },
      DurationSeconds: { type: 'integer' },
      Policy: { type: 'string', length: [1, 2_048] },
      ExternalId: { type: 'string', length: [2, 1_224], pattern: /^[\w+=,.@:/-]*$/ },
    },
    run(call, { RoleArn, RoleSessionName, DurationSeconds = HOUR_SECONDS }) {
      const [, account, role] = /^acs:ram::(\d+):role\/([\w.-]{1,64})$/.exec(RoleArn) ?? [];
      if (account === undefined || role === undefined) throw stsWords.malformed('RoleArn');
      if (!/^[\w.@-]{2,64}$/.test(RoleSessionName)) throw stsWords.malformed('RoleSessionName');
      if (DurationSeconds < 900 || DurationSeconds > LONGEST_SECONDS) throw stsWords.duration();
      // A role whose trust policy lists a service only.
      if (account !== call.account || call.alibaba.roles.has(role)) throw stsWords.notTrusted(call.caller);

      const arn = `acs:ram::${account}:assumed-role/${role}/${RoleSessionName}`;
      const userId = `${call.id('3', 16, 'decimal')}:${RoleSessionName}`;
      const accessKeyId = call.id('STS.', 24, 'base36');
      const accessKeySecret = call.id('', 44, 'base36');
      const securityToken = call.id('', TOKEN_LENGTH, 'base36');
      const expiresAt = call.now + DurationSeconds * 1_000;
      call.alibaba.sessions.set(accessKeyId, { accessKeySecret, securityToken, arn, userId, expiresAt });
      return {
        Credentials: {
          AccessKeyId: accessKeyId,
          AccessKeySecret: accessKeySecret,
          SecurityToken: securityToken,
          Expiration: new Date(expiresAt).toISOString().replace(/\.\d{3}/, ''),
        },
        AssumedRoleUser: { Arn: arn, AssumedRoleId: userId },
      };
    },
  },

  /** @see https://www.alibabacloud.com/help/en/ram/developer-reference/api-sts-2015-04-01-getcalleridentity */
  GetCallerIdentity: action({}, ({ account, alibaba, caller }) => {
    const who = { AccountId: account, Arn: caller.arn, PrincipalId: caller.userId };
    if (!alibaba.sessions.has(caller.accessKeyId)) return { ...who, IdentityType: 'RAMUser', UserId: caller.userId };

    return { ...who, IdentityType: 'AssumedRoleUser', RoleId: caller.userId.split(':')[0] ?? '' };
  }),
});
