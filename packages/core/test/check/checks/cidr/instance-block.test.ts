import { describe } from 'vitest';
import { named } from '../all-checks.js';
import { vpc, vswitch, declared } from './instance-block.js';
import { checkTable } from '../run-check.js';
import { type World, alibaba, aws } from '../world.js';

const instanceBlock = named('cidr/instance-block');

const own = (block: string | undefined) => (world: World) => {
  Object.assign(world.the('links', 'apigateway-hz-1'), { native: block === undefined ? {} : { instanceCidr: block } });
};

describe('cidr/instance-block', () => {
  checkTable(instanceBlock, [
    { why: 'no overlap', world: alibaba(), verdict: 'pass', evidence: ['192.168.0.0/16'] },
    {
      why: 'a vSwitch of an existing instance: its block never changes, and the other block has no overlap',
      world: alibaba(vpc('10.0.0.0/16', '192.168.0.0/16'), vswitch('vsw-k', '192.168.2.0/24')),
      verdict: 'fail',
      severity: 'error',
      subject: 'link eu, vsw-k',
      says: ['192.168.2.0/24', '192.168.0.0/16'],
      evidence: ['192.168.0.0/16', 'vsw-k'],
      remedy: ['instanceCidr: 172.16.0.0/12'],
    },
    {
      why: 'a vSwitch of an instance to be created: write the other block',
      world: alibaba(vswitch('vsw-k', '192.168.2.0/24'), declared('192.168.0.0/16')),
      verdict: 'fail',
      remedy: ['Write instanceCidr: 172.16.0.0/12 for links.eu'],
    },
    {
      why: 'Postern chooses the block without an overlap',
      world: alibaba(vswitch('vsw-k', '192.168.2.0/24'), declared()),
      verdict: 'pass',
      evidence: ['172.16.0.0/12'],
    },
    {
      why: 'both blocks overlap a vSwitch: a free block of the VPC is proposed',
      world: alibaba(
        vpc('10.0.0.0/16', '192.168.0.0/16', '172.16.0.0/16'),
        vswitch('vsw-j', '172.16.1.0/24'),
        vswitch('vsw-k', '192.168.2.0/24'),
        declared(),
      ),
      verdict: 'fail',
      remedy: ['10.0.0.0/24 is free in vpc-h'],
    },
    {
      why: 'a block that an instance cannot have',
      world: alibaba(declared('10.9.0.0/16')),
      verdict: 'fail',
      code: 'BLOCK_NOT_OFFERED',
    },
    { why: 'the block is not known', world: alibaba(own(undefined)), verdict: 'unknown' },
    {
      why: 'vSwitches could not be read',
      world: alibaba(({ withhold }) => withhold('subnets', 'vpc:DescribeVSwitches')),
      verdict: 'unknown',
      evidence: ['vpc:DescribeVSwitches'],
    },
    {
      why: 'instances could not be read',
      world: alibaba(({ withhold }) => withhold('links', 'apigateway:DescribeInstances')),
      verdict: 'unknown',
      evidence: ['apigateway:DescribeInstances'],
    },
    { why: 'links of AWS have no such block', world: aws(), verdict: 'nothing' },
  ]);
});
