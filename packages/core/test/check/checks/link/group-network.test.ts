import { describe } from 'vitest';
import { groupNetwork } from '../../../../src/check/checks/link/group-network.js';
import { linkHash } from '../../../../src/do/world/resolve/link-identity.js';
import { checkTable } from '../run-check.js';
import { awsWorld, alibabaWorld } from '../world.js';

describe('link/group-network', () => {
  checkTable(groupNetwork, [
    { why: 'of its network', world: () => awsWorld(), verdict: 'pass' },
    {
      why: 'of another network, with which it may be associated',
      world: () => awsWorld(({ the }) => Object.assign(the('securityGroups', 'sg-link'), { networkId: 'vpc-2' })),
      verdict: 'unknown',
      severity: 'error',
      says: ['does not read whether sg-link is associated with vpc-1', 'REST APIs of API Gateway only'],
      evidence: ['sg-link'],
      remedy: ['describe-security-group-vpc-associations', 'groups of vpc-1'],
    },
    {
      why: 'of another network on Alibaba Cloud, where groups belong to one',
      world: () => alibabaWorld(({ the }) => Object.assign(the('securityGroups', 'sg-link'), { networkId: 'vpc-2' })),
      verdict: 'fail',
      severity: 'error',
      evidence: ['sg-link'],
    },
    {
      why: 'a basic group in one zone, and an enterprise group in the other: each has its own interface',
      world: () =>
        alibabaWorld(({ copy, the }) => {
          copy('securityGroups', 'sg-link', { id: 'sg-2', kind: 'enterprise' });
          the('links', 'apigateway-hz-1').securityGroupIds.push('sg-2');
        }),
      verdict: 'pass',
    },
    {
      why: 'groups could not be read',
      world: () => awsWorld(({ withhold }) => withhold('securityGroups', 'ec2:DescribeSecurityGroups')),
      verdict: 'unknown',
      evidence: ['ec2:DescribeSecurityGroups'],
    },
    {
      why: 'a group that the complete list lacks',
      world: () => awsWorld(({ the }) => the('links', 'vlink-1').securityGroupIds.push('sg-nope')),
      verdict: 'fail',
      severity: 'error',
      subject: 'link eu',
      says: ['link eu (vlink-1) has security group sg-nope, which does not exist in eu-west-1'],
      evidence: ['sg-nope'],
      remedy: ['instead of links.eu.id'],
    },
    {
      why: 'a group that an incomplete list lacks',
      world: () =>
        awsWorld(({ the, region }) => {
          the('links', 'vlink-1').securityGroupIds.push('sg-nope');
          region.whole = region.whole!.filter((list) => list !== 'securityGroups');
        }),
      verdict: 'unknown',
    },
    {
      why: 'a link with the mark of this project that was changed: its group does not exist',
      world: () =>
        awsWorld(({ the, linkSpec }) => {
          const link = the('links', 'vlink-1');
          const mark = { project: 'shop', integration: 'eu' };
          const shape = { subnetIds: link.subnetIds, securityGroupIds: ['sg-link'] };
          Object.assign(link, { owner: { ...mark, specHash: linkHash(mark, shape) }, securityGroupIds: ['sg-nope'] });
          delete linkSpec.id;
          Object.assign(linkSpec, { subnets: ['subnet-a', 'subnet-b'], securityGroups: ['sg-link'] });
        }),
      verdict: 'fail',
      subject: 'link eu, vlink-1',
      says: ['vlink-1, which carries the mark of link eu', 'sg-nope'],
      evidence: ['sg-nope'],
      remedy: ['`postern apply`', 'delete vlink-1'],
    },
  ]);
});
