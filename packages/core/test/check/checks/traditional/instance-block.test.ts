import { describe } from 'vitest';
import { named } from '../all-checks.js';
import { vpc, vswitch, declared } from '../cidr/instance-block.js';
import { checkTable } from '../run-check.js';
import { alibaba, aws, withhold } from '../world.js';
import { edit } from '../edits.js';

const instanceBlock = named('cidr/instance-block');

const own = (block: string | undefined) =>
  edit({ 'links.apigateway-hz-1.native': block === undefined ? {} : { instanceCidr: block } });

describe('cidr/instance-block', () => {
  checkTable(instanceBlock, {
    'no overlap': [alibaba(), 'pass SUBNET_APART', { evidence: '192.168.0.0/16' }],
    'a vSwitch of an existing instance: its block never changes, and the other block has no overlap': [
      alibaba(vpc('10.0.0.0/16', '192.168.0.0/16'), vswitch('vsw-k', '192.168.2.0/24')),
      'error SUBNET_OVERLAPS',
      {
        subject: 'link eu, vsw-k',
        says: ['192.168.2.0/24', '192.168.0.0/16'],
        evidence: ['192.168.0.0/16', 'vsw-k'],
        remedy: 'instanceCidr: 172.16.0.0/12',
      },
    ],
    'a vSwitch of an instance to be created: write the other block': [
      alibaba(vswitch('vsw-k', '192.168.2.0/24'), declared('192.168.0.0/16')),
      'error SUBNET_OVERLAPS',
      { remedy: 'Write instanceCidr: 172.16.0.0/12 for links.eu' },
    ],
    'Postern chooses the block without an overlap': [
      alibaba(vswitch('vsw-k', '192.168.2.0/24'), declared()),
      'pass SUBNET_APART',
      { evidence: '172.16.0.0/12' },
    ],
    'both blocks overlap a vSwitch: a free block of the VPC is proposed': [
      alibaba(
        vpc('10.0.0.0/16', '192.168.0.0/16', '172.16.0.0/16'),
        vswitch('vsw-j', '172.16.1.0/24'),
        vswitch('vsw-k', '192.168.2.0/24'),
        declared(),
      ),
      'error SUBNET_OVERLAPS',
      { remedy: '10.0.0.0/24 is free in vpc-h' },
    ],
    'a block that an instance cannot have': [alibaba(declared('10.9.0.0/16')), 'error BLOCK_NOT_OFFERED'],
    'the block is not known': [alibaba(own(undefined)), 'unknown SUBNETS_NOT_READ'],
    'vSwitches could not be read': [
      alibaba(withhold('subnets', 'vpc:DescribeVSwitches')),
      'unknown SUBNETS_NOT_READ',
      { evidence: 'vpc:DescribeVSwitches' },
    ],
    'instances could not be read': [
      alibaba(withhold('links', 'apigateway:DescribeInstances')),
      'unknown SUBNETS_NOT_READ',
      { evidence: 'apigateway:DescribeInstances' },
    ],
    'links of AWS have no such block': [aws(), 'nothing'],
  });
});
