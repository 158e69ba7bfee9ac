import { linkAdopted } from '../../../../src/check/checks/link/adopted.js';
import { checkTable } from '../run-check.js';
import { aws, alibaba, withhold, copy } from '../world.js';
import { edit } from '../edits.js';

const beside = (more: object) => edit({ linkSpec: more });
checkTable(linkAdopted, {
  'the spec has its ID only': [aws(), 'pass AS_DECLARED', { evidence: 'vlink-1' }],
  'the spec has its ID only, Alibaba Cloud': [alibaba(), 'pass AS_DECLARED'],
  'the spec has the same subnets and groups beside the ID': [
    aws(beside({ subnets: ['subnet-b', 'subnet-a'], securityGroups: ['sg-link'] })),
    'pass AS_DECLARED',
  ],
  'other subnets: subnets of a link never change': [
    aws(beside({ subnets: ['subnet-a', 'subnet-c'] })),
    'error DIFFERENT',
    {
      subject: 'link eu',
      says: ['subnets of link vlink-1 differ from the spec', 'postern plan'],
      evidence: 'vlink-1',
      remedy: 'Remove subnets',
    },
  ],
  'other groups': [aws(beside({ securityGroups: ['sg-lb'] })), 'error DIFFERENT', { remedy: 'Remove securityGroups' }],
  'also the group of its allowlist, which the spec does not name': [
    aws(
      { 'links.vlink-1.securityGroupIds': ['sg-link', 'sg-own'] },
      copy('securityGroups', 'sg-link', { id: 'sg-own' }),
      { allowlists: [{ linkId: 'vlink-1', owned: true, securityGroupId: 'sg-own', entries: [], wider: [] }] },
      beside({ securityGroups: ['sg-link'] }),
    ),
    'pass AS_DECLARED',
  ],
  'which group holds its allowlist could not be read': [
    aws(beside({ securityGroups: ['sg-link'] }), withhold('allowlists', 'ec2:DescribeSecurityGroups', 'vlink-1'), {
      allowlists: [],
    }),
    'unknown NOT_READ',
    { evidence: 'ec2:DescribeSecurityGroups' },
  ],
  'a name that could not be looked up': [
    aws(beside({ subnets: [{ name: 'a' }] }), withhold('subnets', 'ec2:DescribeSubnets')),
    'unknown NOT_READ',
    { evidence: 'ec2:DescribeSubnets' },
  ],
  'owned by another project': [
    aws({ 'links.vlink-1.owner': { project: 'other', spec: 'other', integration: 'x' } }),
    'error FOREIGN',
    { says: 'belongs to project other', remedy: 'owner: external' },
  ],
  'external, and owned by another project': [
    aws(
      { 'links.vlink-1.owner': { project: 'other', spec: 'other', integration: 'x' } },
      beside({ owner: 'external' }),
    ),
    'nothing',
  ],
  'two names have the same link': [
    aws((world) => {
      world.spec.links['more'] = { ...world.linkSpec };
    }),
    'error TAKEN_TWICE',
    { subject: 'link more', says: 'links eu and more are the same link, vlink-1' },
  ],
});
