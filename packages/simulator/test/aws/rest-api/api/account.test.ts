import { expect, it } from 'vitest';
import { answers } from '../../../answers.js';
import { newAccount } from '../deployed-account.js';

const NEW = { throttleSettings: { burstLimit: 5000, rateLimit: 10_000 }, features: ['UsagePlans'], apiKeyVersion: '4' };
const ROLE = 'arn:aws:iam::111122223333:role/service-role/logs';
const patch = (op: string, path: string, value: string) => ({ patchOperations: [{ op, path, value }] });
const setRole = (value: string) => patch('replace', '/cloudwatchRoleArn', value);

it('the account’s settings: of a new account have no role, and the throttle of the region', () => {
  expect(newAccount().rest('GetAccount')).toEqual(NEW);
  expect(newAccount({ region: 'ap-south-2' }).rest('GetAccount')).toEqual({
    ...NEW,
    throttleSettings: { burstLimit: 1250, rateLimit: 2500 },
  });
});

answers('the account’s settings', newAccount)`
  take a role, and lose it with an empty one
    rest [UpdateAccount, ${setRole(ROLE)}] == ${{ ...NEW, cloudwatchRoleArn: ROLE }}
    rest GetAccount == ${{ ...NEW, cloudwatchRoleArn: ROLE }}
    rest [UpdateAccount, ${setRole('')}] == ${NEW}
  take the feature that every account has
    rest [UpdateAccount, ${patch('add', '/features', 'UsagePlans')}] == ${NEW}
  refuse wrong input
    # a role that is not an ARN
    UpdateAccount ${setRole('logs')} !400 BadRequestException: Invalid ARN specified in the request
    # a role of another account
    UpdateAccount ${setRole(ROLE.replace('111122223333', '444455556666'))}
      !400 BadRequestException: Cross-account pass role is not allowed.
    # a throttle, which is a quota
    UpdateAccount ${patch('replace', '/throttleSettings/rateLimit', '1')}
      !400 BadRequestException: Invalid patch path  '/throttleSettings/rateLimit' specified for op 'replace'. Must be
      one of: [/cloudwatchRoleArn]
    # the removal of usage plans
    UpdateAccount ${patch('remove', '/features', 'UsagePlans')} !400 BadRequestException /UsagePlans/
    UpdateAccount ${patch('add', '/features', 'More')} !400 BadRequestException /More/ # an unknown feature
    rest GetAccount == ${NEW}
`;
