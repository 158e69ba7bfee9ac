import { describe } from 'vitest';
import { linkExists } from '../../../../src/check/checks/link/exists.js';
import { declared } from './link.js';
import { checkTable } from '../run-check.js';
import { type World, awsWorld } from '../world.js';

describe('link/exists', () => {
  const both = ({ withhold }: World): void => withhold('subnets', 'ec2:DescribeSubnets', 'subnet-b');
  checkTable(linkExists, [
    {
      why: 'a group of another network exists: link/group-network reports it',
      world: () =>
        awsWorld((world) => {
          world.copy('securityGroups', 'sg-link', { id: 'sg-far', networkId: 'vpc-9' });
          world.remove('links', 'vlink-1');
          delete world.linkSpec.id;
          Object.assign(world.linkSpec, { subnets: ['subnet-a', 'subnet-b'], securityGroups: ['sg-far'] });
        }),
      verdict: 'pass',
    },
    { why: 'the link exists', world: () => awsWorld(), verdict: 'pass', subject: 'link eu', evidence: ['vlink-1'] },
    { why: 'its subnets and groups exist', world: () => awsWorld(declared(['subnet-a', 'subnet-b'])), verdict: 'pass' },
    {
      why: 'each name that does not exist is reported, not only the first',
      world: () =>
        awsWorld((world) => {
          declared(['subnet-nope'], ['sg-nope'])(world);
          world.linkSpec.subnets = ['subnet-nope', { name: 'nobody' }];
        }),
      verdict: 'fail',
      subject: 'link eu',
      says: ['subnet-nope', 'nobody', 'sg-nope'],
      evidence: ['links.eu'],
      remedy: ['ID of a subnet', 'ID of a security group'],
    },
    {
      why: 'a subnet that could not be read does not hide one that does not exist',
      world: () =>
        awsWorld((world) => {
          declared(['subnet-b', 'subnet-nope'])(world);
          both(world);
        }),
      verdict: 'fail',
      says: ['subnet-nope'],
    },
    {
      why: 'an empty list of links that is not complete may not have been read',
      world: () =>
        awsWorld((world) => {
          declared(['subnet-a', 'subnet-b'])(world);
          world.region.whole = world.region.whole!.filter((list) => list !== 'links');
        }),
      verdict: 'unknown',
      says: ['whether link eu exists', 'all links of eu-west-1'],
      remedy: ['Take the snapshot again'],
    },
    {
      why: 'a list of other links that is not complete contains all links with the mark',
      world: () =>
        awsWorld((world) => {
          world.copy('links', 'vlink-1', { id: 'vlink-2', name: 'other' });
          declared(['subnet-a', 'subnet-b'])(world);
          world.region.whole = world.region.whole!.filter((list) => list !== 'links');
        }),
      verdict: 'pass',
    },
    {
      why: 'a subnet that could not be read may exist',
      world: () =>
        awsWorld((world) => {
          declared(['subnet-a', 'subnet-b'])(world);
          both(world);
        }),
      verdict: 'unknown',
      says: ['subnet-b'],
      remedy: ['ec2:DescribeSubnets'],
    },
  ]);
});
