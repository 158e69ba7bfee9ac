import { describe } from 'vitest';
import { oneNetwork } from '../../../../src/check/checks/link/one-network.js';
import { declared } from './subnets.js';
import { checkTable } from '../run-check.js';
import { awsWorld } from '../world.js';

describe('link/one-network', () => {
  checkTable(oneNetwork, [
    { why: 'one network', world: () => awsWorld(), verdict: 'pass' },
    {
      why: 'a subnet of another network',
      world: () =>
        awsWorld((world) => {
          world.copy('networks', 'vpc-1', { id: 'vpc-2', cidrBlocks: ['10.2.0.0/16'] });
          world.copy('subnets', 'subnet-c', { id: 'subnet-far', networkId: 'vpc-2', cidrBlock: '10.2.0.0/24' });
          declared(['subnet-a', 'subnet-far'])(world);
        }),
      verdict: 'fail',
      severity: 'error',
      says: ['vpc-1', 'vpc-2'],
      evidence: ['subnet-a', 'subnet-far'],
      remedy: ['links.eu.subnets'],
    },
    {
      why: 'a network that the complete list lacks',
      world: () => awsWorld(({ region }) => (region.networks = [])),
      verdict: 'fail',
      says: ['vpc-1', 'does not contain'],
      remedy: ['is inconsistent'],
    },
    {
      why: 'networks could not be read',
      world: () => awsWorld(({ withhold }) => withhold('networks', 'ec2:DescribeVpcs')),
      verdict: 'pass',
    },
    {
      why: 'one of the two could not be read',
      world: () => awsWorld(({ withhold }) => withhold('subnets', 'ec2:DescribeSubnets', 'subnet-b')),
      verdict: 'unknown',
      evidence: ['subnet-a', 'ec2:DescribeSubnets'],
    },
  ]);
});
