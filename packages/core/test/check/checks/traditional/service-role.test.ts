import { describe } from 'vitest';
import { named } from '../all-checks.js';
import { declared } from '../link/limits.js';
import { checkTable } from '../run-check.js';
import { aws, alibaba, withhold } from '../world.js';

const serviceRole = named('link/service-role');

describe('link/service-role', () => {
  const name = 'AliyunServiceRoleForApiGatewayConnectUserVpc';
  checkTable(serviceRole, {
    'it exists': [alibaba(), 'pass ROLE_EXISTS', { evidence: name }],
    'missing: the purchase requires its own permission': [
      alibaba(declared(['vsw-j', 'vsw-k']), { serviceRoles: [{ name, exists: false }] }),
      'warning ROLE_ABSENT',
      { evidence: name, remedy: ['ram:CreateServiceLinkedRole', 'connectuservpc.apigateway.aliyuncs.com'] },
    ],
    'roles could not be read': [
      alibaba(withhold('serviceRoles', 'ram:GetRole')),
      'unknown ROLE_NOT_READ',
      { evidence: 'ram:GetRole' },
    ],
    'AWS creates its role itself': [aws(), 'nothing'],
  });
});
