import { describe, expect, it } from 'vitest';
import {
  policyOfVersion,
  type AllowedActions,
  type ReadPermission,
  policyDocument,
} from '../../../src/do/snapshot/policy.js';

const permission = (action: string, ...resources: readonly string[]): ReadPermission => ({
  action,
  resources,
  fills: ['links'],
  operations: ['X'],
  source: 'https://example.com',
});

const aws = (read: readonly ReadPermission[]) => ({ read, document: policyOfVersion('2012-10-17') });

describe('policyDocument', () => {
  it('is the same for any order, and joins the actions on the same resources', () => {
    const permissions = [
      permission('ec2:DescribeVpcs', '*'),
      permission('apigateway:GET', 'arn:aws:apigateway:{region}::/vpclinks', 'arn:aws:apigateway:{region}::/apis/*'),
      permission('ec2:DescribeSubnets', '*'),
      permission('apigateway:GET', 'arn:aws:apigateway:{region}::/apis'),
      permission('ec2:DescribeSubnets', '*', 'arn:aws:ec2:{region}:{account}:subnet/*'),
    ];
    const expected = {
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Action: ['apigateway:GET'],
          Resource: [
            'arn:aws:apigateway:eu-west-1::/apis',
            'arn:aws:apigateway:eu-west-1::/apis/*',
            'arn:aws:apigateway:eu-west-1::/vpclinks',
          ],
        },
        { Effect: 'Allow', Action: ['ec2:DescribeSubnets', 'ec2:DescribeVpcs'], Resource: ['*'] },
      ],
    };
    expect(policyDocument(aws(permissions), { region: 'eu-west-1' })).toEqual(expected);
    expect(policyDocument(aws(permissions.toReversed()), { region: 'eu-west-1' })).toEqual(expected);
  });

  it('allows any region and account where none is named', () => {
    expect(
      policyDocument({ read: [permission('ecs:X', 'acs:ecs:{region}:{account}:*')], document: policyOfVersion('1') }),
    ).toEqual({
      Version: '1',
      Statement: [{ Effect: 'Allow', Action: ['ecs:X'], Resource: ['acs:ecs:*:*:*'] }],
    });
  });

  it('is in the format of the cloud', () => {
    const document = (allowed: readonly AllowedActions[]) => ({
      allow: allowed.flatMap(({ actions }) => [...actions]),
    });
    const read = [permission('x:B', '*'), permission('x:A', 'y')];
    expect(policyDocument({ read, document })).toEqual({ allow: ['x:A', 'x:B'] });
  });

  it('refuses a cloud without permissions', () => {
    expect(() => policyDocument(aws([]))).toThrow(expect.objectContaining({ code: 'INVALID_INPUT' }));
  });
});
