import { describe } from 'vitest';
import { noGroup } from '../../../../src/check/checks/link/no-group.js';
import { declared } from './link.js';
import { checkTable } from '../run-check.js';
import { awsWorld, alibabaWorld } from '../world.js';

describe('link/no-group', () => {
  checkTable(noGroup, [
    { why: 'it has one', world: () => awsWorld(), verdict: 'pass' },
    {
      why: 'no group: which group it gets is not documented',
      world: () => awsWorld(({ the }) => Object.assign(the('links', 'vlink-1'), { securityGroupIds: [] })),
      verdict: 'fail',
      severity: 'warning',
      remedy: ['links.eu.securityGroups', 'postern apply'],
    },
    {
      why: 'an allowlist has its own group',
      world: () =>
        awsWorld((world) => {
          declared(['subnet-a'], [])(world);
          Object.assign(world.linkSpec, { allowlist: ['10.0.0.0/16'] });
        }),
      verdict: 'pass',
    },
    {
      why: 'an instance cannot be created without a group',
      world: () => alibabaWorld(declared(['vsw-j'], [])),
      verdict: 'fail',
      severity: 'error',
    },
    {
      why: 'the group of the spec could not be looked up',
      world: () =>
        awsWorld((world) => {
          declared(['subnet-a'])(world);
          world.withhold('securityGroups', 'ec2:DescribeSecurityGroups');
        }),
      verdict: 'unknown',
      evidence: ['ec2:DescribeSecurityGroups'],
    },
  ]);
});
