import { reserved } from '../../../../src/check/checks/cidr/reserved.js';
import { allowed, listed } from './blocks.js';
import { checkTable } from '../run-check.js';
import { alibaba, aws } from '../world.js';

checkTable(reserved, {
  private: [alibaba(), 'pass NOT_RESERVED'],
  'reserved by Alibaba Cloud': [
    alibaba(allowed('100.104.0.0/16')),
    'error RESERVED',
    {
      subject: 'link eu, 100.104.0.0/16',
      evidence: ['100.104.0.0/16', '100.64.0.0/10'],
      remedy: 'postern revoke eu 100.104.0.0/16',
    },
  ],
  'hosts on AWS may have it': [aws(listed('100.64.0.0/16')), 'pass NOT_RESERVED'],
  'link-local': [aws(listed('169.254.1.0/24')), 'error RESERVED'],
  'a wider block that contains reserved blocks': [
    aws(listed('0.0.0.0/0')),
    'warning RESERVED',
    { remedy: 'blocks that the backends are in' },
  ],
});
