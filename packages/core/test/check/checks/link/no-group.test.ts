import { noGroup } from '../../../../src/check/checks/link/no-group.js';
import { declared } from './subnets.js';
import { checkTable } from '../run-check.js';
import { aws, alibaba, withhold } from '../world.js';

checkTable(noGroup, {
  'it has one': [aws(), 'pass GROUP_NAMED'],
  'no group: which group it gets is not documented': [
    aws({ 'links.vlink-1.securityGroupIds': [] }),
    'warning NO_GROUP',
    { remedy: ['links.eu.securityGroups', 'postern apply'] },
  ],
  'an allowlist has its own group': [
    aws(declared(['subnet-a'], []), { 'linkSpec.allowlist': ['10.0.0.0/16'] }),
    'pass GROUP_NAMED',
  ],
  'an instance cannot be created without a group': [alibaba(declared(['vsw-j'], [])), 'error NO_GROUP'],
  'the group of the spec could not be looked up': [
    aws(declared(['subnet-a']), withhold('securityGroups', 'ec2:DescribeSecurityGroups')),
    'unknown GROUPS_NOT_READ',
    { evidence: 'ec2:DescribeSecurityGroups' },
  ],
});
