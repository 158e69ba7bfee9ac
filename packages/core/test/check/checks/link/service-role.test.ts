import { describe } from 'vitest';
import { named } from '../all-checks.js';
import { declared } from './limits.js';
import { checkTable } from '../run-check.js';
import { alibabaWorld, awsWorld } from '../world.js';

const serviceRole = named('link/service-role');

describe('link/service-role', () => {
  const name = 'AliyunServiceRoleForApiGatewayConnectUserVpc';
  checkTable(serviceRole, [
    { why: 'it exists', world: () => alibabaWorld(), verdict: 'pass', evidence: [name] },
    {
      why: 'missing: the purchase requires its own permission',
      world: () =>
        alibabaWorld((world) => {
          declared(['vsw-j', 'vsw-k'])(world);
          world.region.serviceRoles = [{ name, exists: false }];
        }),
      verdict: 'fail',
      code: 'ROLE_ABSENT',
      severity: 'warning',
      evidence: [name],
      remedy: ['ram:CreateServiceLinkedRole', 'connectuservpc.apigateway.aliyuncs.com'],
    },
    {
      why: 'roles could not be read',
      world: () => alibabaWorld(({ withhold }) => withhold('serviceRoles', 'ram:GetRole')),
      verdict: 'unknown',
      code: 'ROLE_NOT_READ',
      evidence: ['ram:GetRole'],
    },
    { why: 'AWS creates its role itself', world: () => awsWorld(), verdict: 'nothing' },
  ]);
});
