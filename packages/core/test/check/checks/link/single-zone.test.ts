import { describe } from 'vitest';
import { singleZone } from '../../../../src/check/checks/link/single-zone.js';
import { declared } from './subnets.js';
import { checkTable } from '../run-check.js';
import { awsWorld, alibabaWorld } from '../world.js';

describe('link/single-zone', () => {
  checkTable(singleZone, [
    { why: 'two zones', world: () => awsWorld(), verdict: 'pass', evidence: ['subnet-a', 'subnet-b'] },
    { why: 'two zones', world: () => alibabaWorld(), verdict: 'pass' },
    {
      why: 'two zones, of a new link whose security group does not exist',
      world: () => awsWorld(declared(['subnet-a', 'subnet-b'], [{ name: 'none' }] as never)),
      verdict: 'pass',
    },
    {
      why: 'one zone: the remedy names a subnet of the network in another',
      world: () => awsWorld(({ the }) => Object.assign(the('subnets', 'subnet-b'), { zone: 'euw1-az1' })),
      verdict: 'fail',
      severity: 'warning',
      subject: 'link eu',
      says: ['euw1-az1'],
      evidence: ['subnet-a', 'subnet-b'],
      remedy: ['subnet-c (euw1-az3)', 'postern apply'],
    },
    {
      why: 'no other zone has a subnet',
      world: () =>
        awsWorld(({ region }) => {
          for (const subnet of region.subnets) subnet.zone = 'euw1-az1';
        }),
      verdict: 'fail',
      remedy: ['Create a subnet of vpc-1'],
    },
    {
      why: 'subnets could not be read',
      world: () => awsWorld(({ withhold }) => withhold('subnets', 'ec2:DescribeSubnets')),
      verdict: 'unknown',
      evidence: ['ec2:DescribeSubnets'],
      remedy: ['ec2:DescribeSubnets'],
    },
    {
      why: 'subnets that the spec names could not be looked up',
      world: () =>
        awsWorld((world) => {
          declared(['subnet-a', 'subnet-b'])(world);
          world.withhold('subnets', 'ec2:DescribeSubnets');
        }),
      verdict: 'unknown',
      evidence: ['ec2:DescribeSubnets'],
    },
    {
      why: 'a conventional instance has no subnets',
      world: () =>
        alibabaWorld(({ the }) =>
          Object.assign(the('links', 'apigateway-hz-1'), { kind: 'dedicated-instance', subnetIds: [] }),
        ),
      verdict: 'nothing',
    },
  ]);
});
