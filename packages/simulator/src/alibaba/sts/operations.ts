import { familyOf } from '../operation/family.js';

/** No package of STS is among the dependencies; its members are few. */
interface CallerIdentity {
  readonly AccountId: string;
  readonly Arn: string;
  readonly IdentityType: 'RAMUser';
  readonly PrincipalId: string;
  readonly UserId: string;
}

/** The simulated actions of STS. */
export const operations = familyOf('Sts')({
  /** @see https://www.alibabacloud.com/help/en/ram/developer-reference/api-sts-2015-04-01-getcalleridentity */
  GetCallerIdentity: {
    parameters: {},
    run: ({ account, caller }): CallerIdentity => ({
      AccountId: account,
      Arn: caller.arn,
      IdentityType: 'RAMUser',
      PrincipalId: caller.userId,
      UserId: caller.userId,
    }),
  },
});
