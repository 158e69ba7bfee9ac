import { describe } from 'vitest';
import { reserved } from '../../../../src/check/checks/cidr/reserved.js';
import { allowed, listed } from './blocks.js';
import { checkTable } from '../run-check.js';
import { alibaba, aws } from '../world.js';

describe('cidr/reserved', () => {
  checkTable(reserved, [
    { why: 'private', world: alibaba(), verdict: 'pass' },
    {
      why: 'reserved by Alibaba Cloud',
      world: alibaba(allowed('100.104.0.0/16')),
      verdict: 'fail',
      severity: 'error',
      subject: 'link eu, 100.104.0.0/16',
      evidence: ['100.104.0.0/16', '100.64.0.0/10'],
      remedy: ['postern revoke eu 100.104.0.0/16'],
    },
    { why: 'hosts on AWS may have it', world: aws(listed('100.64.0.0/16')), verdict: 'pass' },
    { why: 'link-local', world: aws(listed('169.254.1.0/24')), verdict: 'fail', severity: 'error' },
    {
      why: 'a wider block that contains reserved blocks',
      world: aws(listed('0.0.0.0/0')),
      verdict: 'fail',
      severity: 'warning',
      remedy: ['blocks that the backends are in'],
    },
  ]);
});
