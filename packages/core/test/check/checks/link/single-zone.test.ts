import { singleZone } from '../../../../src/check/checks/link/single-zone.js';
import { declared } from './subnets.js';
import { checkTable } from '../run-check.js';
import { aws, alibaba, withhold } from '../world.js';

checkTable(singleZone, {
  'two zones': [aws(), 'pass SEVERAL_ZONES', { evidence: ['subnet-a', 'subnet-b'] }],
  'two zones, Alibaba Cloud': [alibaba(), 'pass SEVERAL_ZONES'],
  'two zones, of a new link whose security group does not exist': [
    aws(declared(['subnet-a', 'subnet-b'], [{ name: 'none' }] as never)),
    'pass SEVERAL_ZONES',
  ],
  'one zone: the remedy names a subnet of the network in another': [
    aws({ 'subnets.subnet-b.zone': 'euw1-az1' }),
    'warning SINGLE_ZONE',
    {
      subject: 'link eu',
      says: 'euw1-az1',
      evidence: ['subnet-a', 'subnet-b'],
      remedy: ['subnet-c (euw1-az3)', 'postern apply'],
    },
  ],
  'no other zone has a subnet': [
    aws(({ region }) => {
      for (const subnet of region.subnets) subnet.zone = 'euw1-az1';
    }),
    'warning SINGLE_ZONE',
    { remedy: 'Create a subnet of vpc-1' },
  ],
  'subnets could not be read': [
    aws(withhold('subnets', 'ec2:DescribeSubnets')),
    'unknown SUBNETS_NOT_READ',
    { evidence: 'ec2:DescribeSubnets', remedy: 'ec2:DescribeSubnets' },
  ],
  'subnets that the spec names could not be looked up': [
    aws(declared(['subnet-a', 'subnet-b']), withhold('subnets', 'ec2:DescribeSubnets')),
    'unknown SUBNETS_NOT_READ',
    { evidence: 'ec2:DescribeSubnets' },
  ],
  'a conventional instance has no subnets': [
    alibaba({ 'links.apigateway-hz-1': { kind: 'dedicated-instance', subnetIds: [] } }),
    'nothing',
  ],
});
