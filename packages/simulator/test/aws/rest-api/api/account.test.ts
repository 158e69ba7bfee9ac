import { describe, expect, it } from 'vitest';
import { bad, newAccount } from '../deployed-account.js';

const NEW = { throttleSettings: { burstLimit: 5000, rateLimit: 10_000 }, features: ['UsagePlans'], apiKeyVersion: '4' };
const ROLE = 'arn:aws:iam::111122223333:role/service-role/logs';
const patch = (op: string, path: string, value: string) => ({ patchOperations: [{ op, path, value }] });
const setRole = (value: string) => patch('replace', '/cloudwatchRoleArn', value);

describe('the account’s settings', () => {
  it('of a new account have no role, and the throttle of the region', () => {
    expect(newAccount().rest('GetAccount')).toEqual(NEW);
    expect(newAccount({ region: 'ap-south-2' }).rest('GetAccount')).toEqual({
      ...NEW,
      throttleSettings: { burstLimit: 1250, rateLimit: 2500 },
    });
  });

  it('take a role, and lose it with an empty one', () => {
    const account = newAccount();
    expect(account.rest('UpdateAccount', setRole(ROLE))).toEqual({ ...NEW, cloudwatchRoleArn: ROLE });
    expect(account.rest('GetAccount')).toEqual({ ...NEW, cloudwatchRoleArn: ROLE });
    expect(account.rest('UpdateAccount', setRole(''))).toEqual(NEW);
  });

  it('take the feature that every account has', () => {
    expect(newAccount().rest('UpdateAccount', patch('add', '/features', 'UsagePlans'))).toEqual(NEW);
  });

  it.each<[string, ReturnType<typeof patch>, unknown]>([
    ['a role that is not an ARN', setRole('logs'), 'Invalid ARN specified in the request'],
    [
      'a role of another account',
      setRole(ROLE.replace('111122223333', '444455556666')),
      'Cross-account pass role is not allowed.',
    ],
    [
      'a throttle, which is a quota',
      patch('replace', '/throttleSettings/rateLimit', '1'),
      "Invalid patch path  '/throttleSettings/rateLimit' specified for op 'replace'. Must be one of: [/cloudwatchRoleArn]",
    ],
    ['the removal of usage plans', patch('remove', '/features', 'UsagePlans'), expect.stringContaining('UsagePlans')],
    ['an unknown feature', patch('add', '/features', 'More'), expect.stringContaining('More')],
  ])('refuse %s', (_, input, message) => {
    const account = newAccount();
    expect(account.refusal('UpdateAccount', input)).toEqual(bad(message));
    expect(account.rest('GetAccount')).toEqual(NEW);
  });
});
