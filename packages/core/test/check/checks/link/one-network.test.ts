import { oneNetwork } from '../../../../src/check/checks/link/one-network.js';
import { declared } from './subnets.js';
import { checkTable } from '../run-check.js';
import { aws, withhold, copy } from '../world.js';

checkTable(oneNetwork, {
  'one network': [aws(), 'pass ONE_NETWORK'],
  'a subnet of another network': [
    aws(
      copy('networks', 'vpc-1', { id: 'vpc-2', cidrBlocks: ['10.2.0.0/16'] }),
      copy('subnets', 'subnet-c', { id: 'subnet-far', networkId: 'vpc-2', cidrBlock: '10.2.0.0/24' }),
      declared(['subnet-a', 'subnet-far']),
    ),
    'error SEVERAL_NETWORKS',
    { says: ['vpc-1', 'vpc-2'], evidence: ['subnet-a', 'subnet-far'], remedy: 'links.eu.subnets' },
  ],
  'a network that the complete list lacks': [
    aws({ networks: [] }),
    'error NETWORK_NOT_LISTED',
    { says: ['vpc-1', 'does not contain'], remedy: 'is inconsistent' },
  ],
  'networks could not be read': [aws(withhold('networks', 'ec2:DescribeVpcs')), 'pass ONE_NETWORK'],
  'one of the two could not be read': [
    aws(withhold('subnets', 'ec2:DescribeSubnets', 'subnet-b')),
    'unknown SUBNETS_NOT_READ',
    { evidence: ['subnet-a', 'ec2:DescribeSubnets'] },
  ],
});
