import { freeAddresses } from '../../../../src/check/checks/link/free-addresses.js';
import { checkTable } from '../run-check.js';
import { awsWorld, aws, withhold } from '../world.js';
import { edit } from '../edits.js';

const free = (count: number | undefined) => awsWorld(edit({ 'subnets.subnet-b.freeAddresses': count }));
checkTable(freeAddresses, {
  many: [aws(), 'pass ADDRESSES_LEFT'],
  'eight are enough': [() => free(8), 'pass ADDRESSES_LEFT'],
  few: [
    () => free(7),
    'warning ADDRESSES_SHORT',
    {
      subject: 'link eu, subnet-b',
      evidence: 'subnet-b',
      remedy: ['Free addresses in subnet-b', 'subnet-c (euw1-az3)'],
    },
  ],
  'none, and the link is ready: calls need no new address': [
    () => free(0),
    'warning ADDRESSES_SHORT',
    'no free address',
  ],
  'none, and the link is not ready': [
    () => {
      const world = free(0);
      for (const link of world.region.links) Object.assign(link, { state: 'inactive', nativeState: 'INACTIVE' });
      return world;
    },
    'error ADDRESSES_SHORT',
    'no free address',
  ],
  'not reported': [() => free(undefined), 'unknown ADDRESSES_NOT_READ', { evidence: 'subnet-b' }],
  'subnets could not be read': [
    aws(withhold('subnets', 'ec2:DescribeSubnets')),
    'unknown SUBNETS_NOT_READ',
    { remedy: 'ec2:DescribeSubnets' },
  ],
});
