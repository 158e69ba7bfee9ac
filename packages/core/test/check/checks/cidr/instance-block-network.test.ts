import { describe } from 'vitest';
import { named } from '../all-checks.js';
import { vpc, vswitch, declared } from './instance-block.js';
import { checkTable } from '../run-check.js';
import { alibaba } from '../world.js';

const instanceBlockNetwork = named('cidr/instance-block-network');

describe('cidr/instance-block-network', () => {
  checkTable(instanceBlockNetwork, [
    { why: 'no overlap', world: alibaba(), verdict: 'pass' },
    {
      why: 'a secondary block',
      world: alibaba(vpc('10.0.0.0/16', '192.168.0.0/20'), vswitch('vsw-i', '192.168.1.0/24')),
      verdict: 'fail',
      severity: 'warning',
      says: ['192.168.0.0/20'],
      evidence: ['192.168.0.0/16', 'vpc-h', 'vsw-i'],
      remedy: ['10.0.0.0/24 is free in vpc-h'],
    },
    {
      why: 'Postern chooses the block that does not overlap the VPC',
      world: alibaba(vpc('10.0.0.0/16', '192.168.0.0/20'), declared()),
      verdict: 'pass',
      evidence: ['172.16.0.0/12'],
    },
    {
      why: 'the VPC could not be read',
      world: alibaba(({ withhold }) => withhold('networks', 'vpc:DescribeVpcs')),
      verdict: 'unknown',
      evidence: ['vpc:DescribeVpcs'],
    },
  ]);
});
