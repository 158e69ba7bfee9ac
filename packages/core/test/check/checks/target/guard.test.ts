import { describe } from 'vitest';
import { targetAccessList } from '../../../../src/check/checks/target/access-list.js';
import { targetExposed } from '../../../../src/check/checks/target/exposed.js';
import { targetSameGroup } from '../../../../src/check/checks/target/same-group.js';
import { BALANCER } from '../aws-region.js';
import { checkTable } from '../run-check.js';
import { alibabaWorld, awsWorld, type World } from '../world.js';
import { useConventional, useNetworkBalancer, useService } from './backends.js';

describe('target/access-list', () => {
  const control = (to: object | undefined) => (world: World) => {
    Object.assign(world.the('listeners', 'lb-1/http:80'), { accessControl: to });
  };
  checkTable(targetAccessList, [
    { why: 'both vSwitches', world: () => alibabaWorld(), verdict: 'pass', evidence: ['acl-1'] },
    { why: 'no list', world: () => alibabaWorld(control(undefined)), verdict: 'pass' },
    {
      why: 'an empty allow list',
      world: () => alibabaWorld(control({ kind: 'allow', ids: ['acl-1'], cidrBlocks: [] })),
      verdict: 'pass',
    },
    {
      why: 'the list lacks one of the two vSwitches',
      world: () => alibabaWorld(control({ kind: 'allow', ids: ['acl-1'], cidrBlocks: ['10.0.1.0/24'] })),
      verdict: 'fail',
      severity: 'error',
      subject: 'target stock',
      says: ['10.0.2.0/24 (vsw-k)'],
      evidence: ['acl-1'],
      remedy: ['Add 10.0.2.0/24 to acl-1'],
    },
    {
      why: 'single addresses are not enough',
      world: () =>
        alibabaWorld(control({ kind: 'allow', ids: ['acl-1'], cidrBlocks: ['10.0.1.10/32', '10.0.2.0/24'] })),
      verdict: 'fail',
    },
    {
      why: 'a deny list',
      world: () => alibabaWorld(control({ kind: 'deny', ids: ['acl-1'], cidrBlocks: ['10.0.2.7/32'] })),
      verdict: 'fail',
      remedy: ['Remove 10.0.2.7/32 from acl-1'],
    },
    {
      why: 'a deny list with an entry that is not a block',
      world: () => alibabaWorld(control({ kind: 'deny', ids: ['acl-1'], cidrBlocks: ['10.0.2.7/24'] })),
      verdict: 'unknown',
      remedy: ['10.0.2.7/24'],
    },
    {
      why: 'a conventional instance: the new block is missing',
      world: () =>
        alibabaWorld((world) => {
          useConventional(world);
          control({ kind: 'allow', ids: ['acl-1'], cidrBlocks: ['100.104.254.0/26'] })(world);
        }),
      verdict: 'fail',
      says: ['100.104.253.0/26', 'new'],
      remedy: ['100.104.253.0/26'],
    },
    {
      why: 'a conventional instance: both blocks',
      world: () =>
        alibabaWorld((world) => {
          useConventional(world);
          control({ kind: 'allow', ids: ['acl-1'], cidrBlocks: ['100.104.254.0/26', '100.104.253.0/26'] })(world);
        }),
      verdict: 'pass',
    },
    {
      why: 'entries were not read',
      world: () => alibabaWorld(control({ kind: 'allow', ids: ['acl-1'] })),
      verdict: 'unknown',
      evidence: ['slb:DescribeAccessControlListAttribute'],
    },
    { why: 'no CLB instance', world: () => awsWorld(), verdict: 'nothing' },
  ]);
});

describe('target/exposed', () => {
  const rule = (changes: object) => (world: World) => {
    world.the('securityGroups', 'sg-lb').rules.push({
      id: 'sgr-more',
      direction: 'in',
      protocol: 'tcp',
      fromPort: 443,
      toPort: 443,
      ...changes,
    });
  };
  checkTable(targetExposed, [
    { why: 'only the link', world: () => awsWorld(), verdict: 'pass' },
    {
      why: 'the load balancer faces the internet',
      world: () => awsWorld(({ the }) => Object.assign(the('loadBalancers', BALANCER), { scheme: 'internet-facing' })),
      verdict: 'fail',
      severity: 'warning',
      evidence: [BALANCER],
      remedy: ['internal load balancer'],
    },
    {
      why: 'a rule for all addresses',
      world: () => awsWorld(rule({ cidrBlock: '0.0.0.0/0' })),
      verdict: 'fail',
      severity: 'warning',
      says: ['in tcp 443 from 0.0.0.0/0'],
      evidence: ['sgr-more'],
      remedy: ['sg-lb', 'sg-link'],
    },
    {
      why: 'a rule for another group',
      world: () => awsWorld(rule({ securityGroupId: 'sg-office' })),
      verdict: 'fail',
      evidence: ['sgr-more'],
    },
    {
      why: 'a rule for another port',
      world: () => awsWorld(rule({ cidrBlock: '0.0.0.0/0', fromPort: 22, toPort: 22 })),
      verdict: 'pass',
    },
    {
      why: 'a rule for the blocks of the link',
      world: () => awsWorld(rule({ cidrBlock: '10.0.1.0/24' })),
      verdict: 'pass',
    },
    {
      why: 'a prefix list that could not be read',
      world: () =>
        awsWorld((world) => {
          rule({ prefixListId: 'pl-1' })(world);
          world.withhold('prefixLists', 'ec2:GetManagedPrefixListEntries');
        }),
      verdict: 'unknown',
      evidence: ['ec2:GetManagedPrefixListEntries'],
    },
    {
      why: 'a network load balancer without groups',
      world: () =>
        awsWorld((world) => {
          useNetworkBalancer(world);
          world.the('loadBalancers', BALANCER).securityGroupIds = [];
        }),
      verdict: 'fail',
      says: ['no security group'],
    },
    {
      why: 'the instances of a service allow inbound from the link only',
      world: () => awsWorld(useService),
      verdict: 'pass',
    },
    {
      why: 'groups could not be read',
      world: () => awsWorld(({ withhold }) => withhold('securityGroups', 'ec2:DescribeSecurityGroups')),
      verdict: 'unknown',
      evidence: ['ec2:DescribeSecurityGroups'],
    },
    {
      why: 'a CLB listener without an access control list',
      world: () => alibabaWorld(({ the }) => delete the('listeners', 'lb-1/http:80').accessControl),
      verdict: 'fail',
      subject: 'target stock',
      evidence: ['lb-1/http:80'],
      remedy: ['access control list'],
    },
    {
      why: 'the access control list of a CLB listener allows more than the link',
      world: () =>
        alibabaWorld(({ the }) => {
          const accessControl = { kind: 'allow' as const, ids: ['acl-1'], cidrBlocks: ['10.0.0.0/16'] };
          Object.assign(the('listeners', 'lb-1/http:80'), { accessControl });
        }),
      verdict: 'fail',
      subject: 'target stock',
      evidence: ['acl-1'],
    },
    {
      why: 'the settings of the CLB listener were not read',
      world: () =>
        alibabaWorld(({ the }) =>
          Object.assign(the('listeners', 'lb-1/http:80'), { accessControl: undefined, actions: undefined }),
        ),
      verdict: 'unknown',
      subject: 'target stock',
    },
    {
      why: 'one with a list, and an ECS instance that allows inbound from its own group',
      world: () => alibabaWorld(),
      verdict: 'pass',
    },
  ]);
});

describe('target/same-group', () => {
  checkTable(targetSameGroup, [
    { why: 'the same group', world: () => alibabaWorld(), verdict: 'pass' },
    {
      why: 'another group: required independently of the rules',
      world: () =>
        alibabaWorld(({ the, copy }) => {
          copy('securityGroups', 'sg-link', { id: 'sg-app' });
          the('instances', 'i-1').securityGroupIds = ['sg-app'];
        }),
      verdict: 'fail',
      severity: 'warning',
      subject: 'target orders',
      says: ['Alibaba Cloud recommends', 'path/*'],
      evidence: ['i-1', 'apigateway-hz-1'],
      remedy: ['Add i-1 to sg-link'],
    },
    {
      why: 'a group in each zone: all of them are required',
      world: () => alibabaWorld(({ the }) => the('links', 'apigateway-hz-1').securityGroupIds.push('sg-k')),
      verdict: 'fail',
      says: ['sg-k'],
    },
    { why: 'a conventional instance has no groups', world: () => alibabaWorld(useConventional), verdict: 'nothing' },
  ]);
});
