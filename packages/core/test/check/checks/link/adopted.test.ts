import { describe } from 'vitest';
import { linkAdopted } from '../../../../src/check/checks/link/adopted.js';
import { checkTable } from '../run-check.js';
import { type World, awsWorld, alibabaWorld } from '../world.js';

describe('link/adopted', () => {
  const beside =
    (more: object) =>
    ({ linkSpec }: World) =>
      Object.assign(linkSpec, more);
  checkTable(linkAdopted, [
    { why: 'the spec has its ID only', world: () => awsWorld(), verdict: 'pass', evidence: ['vlink-1'] },
    { why: 'the spec has its ID only', world: () => alibabaWorld(), verdict: 'pass' },
    {
      why: 'the spec has the same subnets and groups beside the ID',
      world: () => awsWorld(beside({ subnets: ['subnet-b', 'subnet-a'], securityGroups: ['sg-link'] })),
      verdict: 'pass',
    },
    {
      why: 'other subnets: subnets of a link never change',
      world: () => awsWorld(beside({ subnets: ['subnet-a', 'subnet-c'] })),
      verdict: 'fail',
      severity: 'error',
      subject: 'link eu',
      says: ['subnets of link vlink-1 differ from the spec', 'postern plan'],
      evidence: ['vlink-1'],
      remedy: ['Remove subnets'],
    },
    {
      why: 'other groups',
      world: () => awsWorld(beside({ securityGroups: ['sg-lb'] })),
      verdict: 'fail',
      remedy: ['Remove securityGroups'],
    },
    {
      why: 'also the group of its allowlist, which the spec does not name',
      world: () =>
        awsWorld((world) => {
          world.the('links', 'vlink-1').securityGroupIds = ['sg-link', 'sg-own'];
          world.copy('securityGroups', 'sg-link', { id: 'sg-own' });
          world.region.allowlists = [
            { linkId: 'vlink-1', owned: true, securityGroupId: 'sg-own', entries: [], wider: [] },
          ];
          beside({ securityGroups: ['sg-link'] })(world);
        }),
      verdict: 'pass',
    },
    {
      why: 'which group holds its allowlist could not be read',
      world: () =>
        awsWorld((world) => {
          beside({ securityGroups: ['sg-link'] })(world);
          world.withhold('allowlists', 'ec2:DescribeSecurityGroups', 'vlink-1');
          world.region.allowlists = [];
        }),
      verdict: 'unknown',
      evidence: ['ec2:DescribeSecurityGroups'],
    },
    {
      why: 'a name that could not be looked up',
      world: () =>
        awsWorld((world) => {
          beside({ subnets: [{ name: 'a' }] })(world);
          world.withhold('subnets', 'ec2:DescribeSubnets');
        }),
      verdict: 'unknown',
      evidence: ['ec2:DescribeSubnets'],
    },
    {
      why: 'owned by another project',
      world: () =>
        awsWorld(({ the }) =>
          Object.assign(the('links', 'vlink-1'), { owner: { project: 'other', integration: 'x' } }),
        ),
      verdict: 'fail',
      says: ['belongs to project other'],
      remedy: ['owner: external'],
    },
    {
      why: 'external, and owned by another project',
      world: () =>
        awsWorld((world) => {
          Object.assign(world.the('links', 'vlink-1'), { owner: { project: 'other', integration: 'x' } });
          beside({ owner: 'external' })(world);
        }),
      verdict: 'nothing',
    },
    {
      why: 'two names have the same link',
      world: () =>
        awsWorld((world) => {
          world.spec.links['more'] = { ...world.linkSpec };
        }),
      verdict: 'fail',
      subject: 'link more',
      says: ['links eu and more are the same link, vlink-1'],
    },
  ]);
});
