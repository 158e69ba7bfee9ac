import { describe } from 'vitest';
import { named } from '../all-checks.js';
import { vpc, vswitch, declared } from '../cidr/instance-block.js';
import { checkTable } from '../run-check.js';
import { alibaba, withhold } from '../world.js';

const instanceBlockNetwork = named('cidr/instance-block-network');

describe('cidr/instance-block-network', () => {
  checkTable(instanceBlockNetwork, {
    'no overlap': [alibaba(), 'pass NETWORK_APART'],
    'a secondary block': [
      alibaba(vpc('10.0.0.0/16', '192.168.0.0/20'), vswitch('vsw-i', '192.168.1.0/24')),
      'warning NETWORK_OVERLAPS',
      {
        says: '192.168.0.0/20',
        evidence: ['192.168.0.0/16', 'vpc-h', 'vsw-i'],
        remedy: '10.0.0.0/24 is free in vpc-h',
      },
    ],
    'Postern chooses the block that does not overlap the VPC': [
      alibaba(vpc('10.0.0.0/16', '192.168.0.0/20'), declared()),
      'pass NETWORK_APART',
      { evidence: '172.16.0.0/12' },
    ],
    'the VPC could not be read': [
      alibaba(withhold('networks', 'vpc:DescribeVpcs')),
      'unknown NETWORK_NOT_READ',
      { evidence: 'vpc:DescribeVpcs' },
    ],
  });
});
