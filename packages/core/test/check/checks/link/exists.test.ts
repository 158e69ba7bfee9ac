import { linkExists } from '../../../../src/check/checks/link/exists.js';
import { declared } from './subnets.js';
import { checkTable } from '../run-check.js';
import { aws, copy, withhold } from '../world.js';

const both = withhold('subnets', 'ec2:DescribeSubnets', 'subnet-b');
checkTable(linkExists, {
  'a group of another network exists: link/group-network reports it': [
    aws(copy('securityGroups', 'sg-link', { id: 'sg-far', networkId: 'vpc-9' }), {
      'links.vlink-1': undefined,
      'linkSpec.id': undefined,
      linkSpec: { subnets: ['subnet-a', 'subnet-b'], securityGroups: ['sg-far'] },
    }),
    'pass EXISTS',
  ],
  'the link exists': [aws(), 'pass EXISTS', { subject: 'link eu', evidence: 'vlink-1' }],
  'its subnets and groups exist': [aws(declared(['subnet-a', 'subnet-b'])), 'pass EXISTS'],
  'each name that does not exist is reported, not only the first': [
    aws(declared(['subnet-nope'], ['sg-nope']), { 'linkSpec.subnets': ['subnet-nope', { name: 'nobody' }] }),
    'error NOT_RESOLVED',
    {
      subject: 'link eu',
      says: ['subnet-nope', 'nobody', 'sg-nope'],
      evidence: 'links.eu',
      remedy: ['ID of a subnet', 'ID of a security group'],
    },
  ],
  'a subnet that could not be read does not hide one that does not exist': [
    aws(declared(['subnet-b', 'subnet-nope']), both),
    'error NOT_RESOLVED',
    'subnet-nope',
  ],
  'an empty list of links that is not complete may not have been read': [
    aws((world) => {
      declared(['subnet-a', 'subnet-b'])(world);
      world.region.whole = world.region.whole!.filter((list) => list !== 'links');
    }),
    'unknown NOT_RESOLVED',
    { says: ['whether link eu exists', 'all links of eu-west-1'], remedy: 'Take the snapshot again' },
  ],
  'a list of other links that is not complete contains all links with the mark': [
    aws((world) => {
      world.copy('links', 'vlink-1', { id: 'vlink-2', name: 'other' });
      declared(['subnet-a', 'subnet-b'])(world);
      world.region.whole = world.region.whole!.filter((list) => list !== 'links');
    }),
    'pass EXISTS',
  ],
  'a subnet that could not be read may exist': [
    aws(declared(['subnet-a', 'subnet-b']), both),
    'unknown NOT_RESOLVED',
    { says: 'subnet-b', remedy: 'ec2:DescribeSubnets' },
  ],
});
