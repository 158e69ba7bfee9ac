import { describe } from 'vitest';
import { freeAddresses } from '../../../../src/check/checks/link/free-addresses.js';
import { checkTable } from '../run-check.js';
import { awsWorld } from '../world.js';

describe('link/free-addresses', () => {
  const free = (count: number | undefined) =>
    awsWorld(({ the }) => Object.assign(the('subnets', 'subnet-b'), { freeAddresses: count }));
  checkTable(freeAddresses, [
    { why: 'many', world: () => awsWorld(), verdict: 'pass' },
    { why: 'eight are enough', world: () => free(8), verdict: 'pass' },
    {
      why: 'few',
      world: () => free(7),
      verdict: 'fail',
      severity: 'warning',
      subject: 'link eu, subnet-b',
      evidence: ['subnet-b'],
      remedy: ['Free addresses in subnet-b', 'subnet-c (euw1-az3)'],
    },
    {
      why: 'none, and the link is ready: calls need no new address',
      world: () => free(0),
      verdict: 'fail',
      severity: 'warning',
      says: ['no free address'],
    },
    {
      why: 'none, and the link is not ready',
      world: () => {
        const world = free(0);
        for (const link of world.region.links) Object.assign(link, { state: 'inactive', nativeState: 'INACTIVE' });
        return world;
      },
      verdict: 'fail',
      severity: 'error',
      says: ['no free address'],
    },
    { why: 'not reported', world: () => free(undefined), verdict: 'unknown', evidence: ['subnet-b'] },
    {
      why: 'subnets could not be read',
      world: () => awsWorld(({ withhold }) => withhold('subnets', 'ec2:DescribeSubnets')),
      verdict: 'unknown',
      remedy: ['ec2:DescribeSubnets'],
    },
  ]);
});
