import { describe } from 'vitest';
import { targetExposed } from '../../../../src/check/checks/target/exposed.js';
import { BALANCER } from '../aws-region.js';
import { checkTable } from '../run-check.js';
import { useNetworkBalancer, useService } from './backends.js';
import { type World, aws, alibaba } from '../world.js';

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
    { why: 'only the link', world: aws(), verdict: 'pass' },
    {
      why: 'the load balancer faces the internet',
      world: aws(({ the }) => Object.assign(the('loadBalancers', BALANCER), { scheme: 'internet-facing' })),
      verdict: 'fail',
      severity: 'warning',
      evidence: [BALANCER],
      remedy: ['internal load balancer'],
    },
    {
      why: 'a rule for all addresses',
      world: aws(rule({ cidrBlock: '0.0.0.0/0' })),
      verdict: 'fail',
      severity: 'warning',
      says: ['in tcp 443 from 0.0.0.0/0'],
      evidence: ['sgr-more'],
      remedy: ['sg-lb', 'sg-link'],
    },
    {
      why: 'a rule for another group',
      world: aws(rule({ securityGroupId: 'sg-office' })),
      verdict: 'fail',
      evidence: ['sgr-more'],
    },
    {
      why: 'a rule for another port',
      world: aws(rule({ cidrBlock: '0.0.0.0/0', fromPort: 22, toPort: 22 })),
      verdict: 'pass',
    },
    { why: 'a rule for the blocks of the link', world: aws(rule({ cidrBlock: '10.0.1.0/24' })), verdict: 'pass' },
    {
      why: 'a rule for a block of the live link, which the spec replaces',
      world: aws((world) => {
        rule({ cidrBlock: '10.0.1.0/24' })(world);
        delete world.linkSpec.id;
        Object.assign(world.linkSpec, { subnets: ['subnet-b'], securityGroups: ['sg-link'] });
      }),
      verdict: 'pass',
    },
    {
      why: 'a rule for a group of the live link, which the spec replaces',
      world: aws((world) => {
        delete world.linkSpec.id;
        Object.assign(world.linkSpec, { subnets: ['subnet-a', 'subnet-b'], securityGroups: ['sg-lb'] });
      }),
      verdict: 'pass',
    },
    {
      why: 'a rule for all addresses, while a live route calls what was not read',
      world: aws((world) => {
        rule({ cidrBlock: '0.0.0.0/0' })(world);
        const { routes } = world.the('gateways', 'api-1');
        routes.push({ ...structuredClone(routes[0]!), id: 'r-old', key: 'ANY /old', targetId: 'listener/far' });
      }),
      verdict: 'fail',
      remedy: [
        'First read the backend listener/far of other routes',
        'Then restrict the inbound rules of sg-lb to tcp 443',
      ],
    },
    {
      why: 'a subnet of the link is misspelt: a rule may be for it',
      world: aws((world) => {
        rule({ cidrBlock: '10.0.77.0/24' })(world);
        delete world.linkSpec.id;
        Object.assign(world.linkSpec, { subnets: ['subnet-b', { name: 'privat' }], securityGroups: ['sg-link'] });
      }),
      verdict: 'unknown',
    },
    {
      why: 'a prefix list that could not be read',
      world: aws((world) => {
        rule({ prefixListId: 'pl-1' })(world);
        world.withhold('prefixLists', 'ec2:GetManagedPrefixListEntries');
      }),
      verdict: 'unknown',
      evidence: ['ec2:GetManagedPrefixListEntries'],
    },
    {
      why: 'a network load balancer without groups',
      world: aws((world) => {
        useNetworkBalancer(world);
        world.the('loadBalancers', BALANCER).securityGroupIds = [];
      }),
      verdict: 'fail',
      says: ['no security group'],
    },
    { why: 'the instances of a service allow inbound from the link only', world: aws(useService), verdict: 'pass' },
    {
      why: 'groups could not be read',
      world: aws(({ withhold }) => withhold('securityGroups', 'ec2:DescribeSecurityGroups')),
      verdict: 'unknown',
      evidence: ['ec2:DescribeSecurityGroups'],
    },
    {
      why: 'a CLB listener without an access control list',
      world: alibaba(({ the }) => delete the('listeners', 'lb-1/http:80').accessControl),
      verdict: 'fail',
      subject: 'target stock',
      evidence: ['lb-1/http:80'],
      remedy: ['access control list'],
    },
    {
      why: 'the access control list of a CLB listener allows more than the link',
      world: alibaba(({ the }) => {
        const accessControl = { kind: 'allow' as const, ids: ['acl-1'], cidrBlocks: ['10.0.0.0/16'] };
        Object.assign(the('listeners', 'lb-1/http:80'), { accessControl });
      }),
      verdict: 'fail',
      subject: 'target stock',
      evidence: ['acl-1'],
    },
    {
      why: 'the settings of the CLB listener were not read',
      world: alibaba(({ the }) =>
        Object.assign(the('listeners', 'lb-1/http:80'), { accessControl: undefined, actions: undefined }),
      ),
      verdict: 'unknown',
      subject: 'target stock',
    },
    {
      why: 'one with a list, and an ECS instance that allows inbound from its own group',
      world: alibaba(),
      verdict: 'pass',
    },
  ]);
});
