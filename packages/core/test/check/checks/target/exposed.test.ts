import { targetExposed } from '../../../../src/check/checks/target/exposed.js';
import { BALANCER } from '../aws-region.js';
import { checkTable } from '../run-check.js';
import { useNetworkBalancer, useService } from './backends.js';
import { aws, alibaba, withhold } from '../world.js';
import { edit } from '../edits.js';

const rule = (changes: object) =>
  edit({
    'securityGroups.sg-lb.rules.+': {
      id: 'sgr-more',
      direction: 'in',
      protocol: 'tcp',
      fromPort: 443,
      toPort: 443,
      ...changes,
    },
  });
checkTable(targetExposed, {
  'only the link': [aws(), 'pass NOT_EXPOSED'],
  'the load balancer faces the internet': [
    aws({ 'loadBalancers.orders-alb.scheme': 'internet-facing' }),
    'warning EXPOSED',
    { evidence: BALANCER, remedy: 'internal load balancer' },
  ],
  'a rule for all addresses': [
    aws(rule({ cidrBlock: '0.0.0.0/0' })),
    'warning EXPOSED',
    { says: 'in tcp 443 from 0.0.0.0/0', evidence: 'sgr-more', remedy: ['sg-lb', 'sg-link'] },
  ],
  'a rule for another group': [
    aws(rule({ securityGroupId: 'sg-office' })),
    'warning EXPOSED',
    { evidence: 'sgr-more' },
  ],
  'a rule for another port': [aws(rule({ cidrBlock: '0.0.0.0/0', fromPort: 22, toPort: 22 })), 'pass NOT_EXPOSED'],
  'a rule for the blocks of the link': [aws(rule({ cidrBlock: '10.0.1.0/24' })), 'pass NOT_EXPOSED'],
  'a rule for a block of the live link, which the spec replaces': [
    aws(rule({ cidrBlock: '10.0.1.0/24' }), {
      'linkSpec.id': undefined,
      linkSpec: { subnets: ['subnet-b'], securityGroups: ['sg-link'] },
    }),
    'pass NOT_EXPOSED',
  ],
  'a rule for a group of the live link, which the spec replaces': [
    aws({ 'linkSpec.id': undefined, linkSpec: { subnets: ['subnet-a', 'subnet-b'], securityGroups: ['sg-lb'] } }),
    'pass NOT_EXPOSED',
  ],
  'a rule for all addresses, while a live route calls what was not read': [
    aws((world) => {
      rule({ cidrBlock: '0.0.0.0/0' })(world);
      const { routes } = world.the('gateways', 'api-1');
      routes.push({ ...structuredClone(routes[0]!), id: 'r-old', key: 'ANY /old', targetId: 'listener/far' });
    }),
    'warning EXPOSED',
    {
      remedy: [
        'First read the backend listener/far of other routes',
        'Then restrict the inbound rules of sg-lb to tcp 443',
      ],
    },
  ],
  'a subnet of the link is misspelt: a rule may be for it': [
    aws(rule({ cidrBlock: '10.0.77.0/24' }), {
      'linkSpec.id': undefined,
      linkSpec: { subnets: ['subnet-b', { name: 'privat' }], securityGroups: ['sg-link'] },
    }),
    'unknown EXPOSURE_NOT_READ',
  ],
  'a prefix list that could not be read': [
    aws(rule({ prefixListId: 'pl-1' }), withhold('prefixLists', 'ec2:GetManagedPrefixListEntries')),
    'unknown EXPOSURE_NOT_READ',
    { evidence: 'ec2:GetManagedPrefixListEntries' },
  ],
  'a network load balancer without groups': [
    aws(useNetworkBalancer, { 'loadBalancers.orders-alb.securityGroupIds': [] }),
    'warning EXPOSED',
    'no security group',
  ],
  'the instances of a service allow inbound from the link only': [aws(useService), 'pass NOT_EXPOSED'],
  'groups could not be read': [
    aws(withhold('securityGroups', 'ec2:DescribeSecurityGroups')),
    'unknown EXPOSURE_NOT_READ',
    { evidence: 'ec2:DescribeSecurityGroups' },
  ],
  'a CLB listener without an access control list': [
    alibaba({ 'listeners.lb-1/http:80.accessControl': undefined }),
    'warning EXPOSED',
    { subject: 'target stock', evidence: 'lb-1/http:80', remedy: 'access control list' },
  ],
  'the access control list of a CLB listener allows more than the link': [
    alibaba({
      'listeners.lb-1/http:80.accessControl': { kind: 'allow' as const, ids: ['acl-1'], cidrBlocks: ['10.0.0.0/16'] },
    }),
    'warning EXPOSED',
    { subject: 'target stock', evidence: 'acl-1' },
  ],
  'the settings of the CLB listener were not read': [
    alibaba({ 'listeners.lb-1/http:80': { accessControl: undefined, actions: undefined } }),
    'unknown EXPOSURE_NOT_READ',
    { subject: 'target stock' },
  ],
  'one with a list, and an ECS instance that allows inbound from its own group': [alibaba(), 'pass NOT_EXPOSED'],
});
