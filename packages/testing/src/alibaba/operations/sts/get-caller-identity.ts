import { action } from '../../operation.js';

/** No package of STS is among the dependencies; its members are few. */
interface CallerIdentity {
  readonly AccountId: string;
  readonly Arn: string;
  readonly IdentityType: 'RAMUser';
  readonly PrincipalId: string;
  readonly UserId: string;
}

/** @see https://www.alibabacloud.com/help/en/ram/developer-reference/api-sts-2015-04-01-getcalleridentity */
export const getCallerIdentity = action<Readonly<Record<never, never>>, CallerIdentity>({
  product: 'Sts',
  name: 'GetCallerIdentity',
  kind: 'read',
  parameters: {},
  run: ({ account, caller }) => ({
    AccountId: account,
    Arn: caller.arn,
    IdentityType: 'RAMUser',
    PrincipalId: caller.userId,
    UserId: caller.userId,
  }),
});
