import { groupNetwork } from '../../../../src/check/checks/link/group-network.js';
import { linkHash } from '../../../../src/do/world/resolve/link-identity.js';
import { checkTable } from '../run-check.js';
import { aws, alibaba, withhold, copy } from '../world.js';

checkTable(groupNetwork, {
  'of its network': [aws(), 'pass GROUPS_FIT'],
  'of another network, with which it may be associated': [
    aws({ 'securityGroups.sg-link.networkId': 'vpc-2' }),
    'unknown error GROUPS_MAYBE_ASSOCIATED',
    {
      says: ['does not read whether sg-link is associated with vpc-1', 'REST APIs of API Gateway only'],
      evidence: 'sg-link',
      remedy: ['describe-security-group-vpc-associations', 'groups of vpc-1'],
    },
  ],
  'of another network on Alibaba Cloud, where groups belong to one': [
    alibaba({ 'securityGroups.sg-link.networkId': 'vpc-2' }),
    'error GROUPS_ELSEWHERE',
    { evidence: 'sg-link' },
  ],
  'a basic group in one zone, and an enterprise group in the other: each has its own interface': [
    alibaba(copy('securityGroups', 'sg-link', { id: 'sg-2', kind: 'enterprise' }), {
      'links.apigateway-hz-1.securityGroupIds.+': 'sg-2',
    }),
    'pass GROUPS_FIT',
  ],
  'groups could not be read': [
    aws(withhold('securityGroups', 'ec2:DescribeSecurityGroups')),
    'unknown GROUPS_OF_NETWORK_NOT_READ',
    { evidence: 'ec2:DescribeSecurityGroups' },
  ],
  'a group that the complete list lacks': [
    aws({ 'links.vlink-1.securityGroupIds.+': 'sg-nope' }),
    'error GROUPS_ABSENT',
    {
      subject: 'link eu',
      says: 'link eu (vlink-1) has security group sg-nope, which does not exist in eu-west-1',
      evidence: 'sg-nope',
      remedy: 'instead of links.eu.id',
    },
  ],
  'a group that an incomplete list lacks': [
    aws(({ the, region }) => {
      the('links', 'vlink-1').securityGroupIds.push('sg-nope');
      region.whole = region.whole!.filter((list) => list !== 'securityGroups');
    }),
    'unknown GROUPS_OF_NETWORK_NOT_READ',
  ],
  'a link with the mark of this project that was changed: its group does not exist': [
    aws(({ the, linkSpec }) => {
      const link = the('links', 'vlink-1');
      const mark = { project: 'shop', spec: 'shop', integration: 'eu' };
      const shape = { subnetIds: link.subnetIds, securityGroupIds: ['sg-link'] };
      Object.assign(link, { owner: { ...mark, specHash: linkHash(mark, shape) }, securityGroupIds: ['sg-nope'] });
      delete linkSpec.id;
      Object.assign(linkSpec, { subnets: ['subnet-a', 'subnet-b'], securityGroups: ['sg-link'] });
    }),
    'error KEPT_GROUPS_ABSENT',
    {
      subject: 'link eu, vlink-1',
      says: ['vlink-1, which carries the mark of link eu', 'sg-nope'],
      evidence: 'sg-nope',
      remedy: ['`postern apply`', 'delete vlink-1'],
    },
  ],
});
