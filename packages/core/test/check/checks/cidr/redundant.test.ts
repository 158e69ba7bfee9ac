import { describe } from 'vitest';
import { redundant } from '../../../../src/check/checks/cidr/redundant.js';
import { allowed, listed } from './blocks.js';
import { checkTable } from '../run-check.js';
import { type World, alibaba, aws } from '../world.js';

describe('cidr/redundant', () => {
  const notThere = ({ linkSpec, remove }: World): void => {
    remove('links', 'apigateway-hz-1');
    delete linkSpec.id;
    Object.assign(linkSpec, { subnets: ['vsw-j', 'vsw-k'], securityGroups: ['sg-link'] });
  };
  checkTable(redundant, [
    { why: 'no block overlaps another', world: alibaba(), verdict: 'pass' },
    {
      why: 'one within another, on the cloud',
      world: alibaba(allowed('10.0.20.128/25')),
      verdict: 'fail',
      severity: 'warning',
      says: ['10.0.20.0/24 holds 10.0.20.128/25'],
      evidence: ['10.0.20.0/24'],
      remedy: ['postern revoke eu 10.0.20.128/25'],
    },
    {
      why: 'one within another, in the spec',
      world: aws(listed('10.0.0.0/16', '10.0.1.0/24')),
      verdict: 'fail',
      remedy: ['Remove 10.0.1.0/24 from links.eu.allowlist'],
    },
    {
      why: 'within the vSwitch of the link, which needs no entry',
      world: alibaba(listed('10.0.1.0/25')),
      verdict: 'fail',
      severity: 'error',
      says: ['10.0.1.0/25 is inside 10.0.1.0/24, the block of vsw-j'],
      evidence: ['10.0.1.0/25'],
      remedy: ['Remove 10.0.1.0/25 from links.eu.allowlist'],
    },
    {
      why: 'within the vSwitch of the link, and on the cloud already: plans do not change it',
      world: alibaba((world) => {
        allowed('10.0.1.0/25')(world);
        listed('10.0.1.0/25')(world);
      }),
      verdict: 'fail',
      code: 'ENTRY_IN_SUBNET',
      severity: 'warning',
    },
    {
      why: 'a wider block than those of the vSwitches, whose entries cannot be removed',
      world: alibaba((world) => {
        allowed('10.0.0.0/16')(world);
        listed('10.0.0.0/16')(world);
      }),
      verdict: 'pass',
    },
    {
      why: 'a wider block on the cloud makes others redundant, except those of the vSwitches',
      world: alibaba(allowed('10.0.0.0/16')),
      verdict: 'fail',
      remedy: ['postern revoke eu 10.0.20.0/24 --revoke-needed`'],
    },
    {
      why: 'the block of a vSwitch in the list of a link that does not exist',
      world: alibaba((world) => {
        listed('10.0.1.0/24', '10.0.20.0/24')(world);
        notThere(world);
      }),
      verdict: 'fail',
      code: 'ENTRY_IN_SUBNET',
      severity: 'error',
      evidence: ['10.0.1.0/24'],
    },
    {
      why: 'the vSwitches of a link that does not exist could not be read',
      world: alibaba((world) => {
        listed('10.0.20.0/24')(world);
        notThere(world);
        world.withhold('subnets', 'vpc:DescribeVSwitches');
      }),
      verdict: 'unknown',
      code: 'SUBNETS_NOT_READ',
      evidence: ['vpc:DescribeVSwitches'],
    },
    {
      why: 'whether the link exists could not be read',
      world: alibaba((world) => {
        listed('10.0.1.0/25')(world);
        world.withhold('links', 'apigateway:DescribeInstances');
      }),
      verdict: 'unknown',
      code: 'SUBNETS_NOT_READ',
      evidence: ['apigateway:DescribeInstances'],
    },
    {
      why: 'the block of a vSwitch in the list of a link that exists',
      world: alibaba(listed('10.0.1.0/24', '10.0.20.0/24')),
      verdict: 'pass',
    },
    {
      why: 'different ports',
      world: aws(({ region }) => {
        const entry = { cidrBlock: '10.0.0.0/16', protocol: 'tcp' as const, fromPort: 443, toPort: 443 };
        Object.assign(region.allowlists[0] ?? {}, {
          owned: true,
          entries: [entry, { ...entry, cidrBlock: '10.0.1.0/24', fromPort: 80, toPort: 80 }],
        });
      }),
      verdict: 'pass',
    },
  ]);
});
