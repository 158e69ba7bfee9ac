import { describe } from 'vitest';
import { named } from '../all-checks.js';
import { checkTable } from '../run-check.js';
import { alibaba, withhold } from '../world.js';
import { edit } from '../edits.js';

const instanceBlockAccessible = named('cidr/instance-block-accessible');

describe('cidr/instance-block-accessible', () => {
  const allow = (cidrBlock: string) =>
    edit({ 'allowlists.0.entries.+': { cidrBlock, protocol: 'all', fromPort: 0, toPort: 65_535 } });
  checkTable(instanceBlockAccessible, {
    'no overlap': [alibaba(), 'pass BLOCKS_APART'],
    'an accessible block inside it is unreachable': [
      alibaba(allow('192.168.8.0/24')),
      'warning BLOCKS_OVERLAP',
      {
        evidence: ['192.168.0.0/16', '192.168.8.0/24'],
        remedy: ['10.0.0.0/24 is free in vpc-h', 'instanceCidr: 172.16.0.0/12'],
      },
    ],
    'an accessible block that the spec would add': [
      alibaba({ 'linkSpec.allowlist': ['10.0.20.0/24', '192.168.8.0/24'] }),
      'warning BLOCKS_OVERLAP',
      { evidence: '192.168.8.0/24' },
    ],
    'the accessible blocks could not be read': [
      alibaba(withhold('allowlists', 'apigateway:DescribeInstances')),
      'unknown BLOCKS_NOT_READ',
      { evidence: 'apigateway:DescribeInstances' },
    ],
  });
});
