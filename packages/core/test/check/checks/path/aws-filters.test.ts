import { BALANCER } from '../aws-region.js';
import { describe } from 'vitest';
import { checkTable } from '../run-check.js';
import { the, row, nothing, planned, allPorts, service, transit } from './aws-rows.js';

describe('groups and network ACLs on AWS', () => {
  checkTable(the('path/link'), [
    row('pass', 'it is ready', nothing, { evidence: ['vlink-1'] }),
    row('fail', 'it had no calls for sixty days', (w) => (w.the('links', 'vlink-1').state = 'inactive'), {
      remedy: ['Send a request'],
    }),
    row('unknown', 'it is being created', (w) => (w.the('links', 'vlink-1').state = 'pending')),
    row('unknown', 'a subnet could not be read', (w) => w.withhold('subnets', 'ec2:DescribeSubnets', 'subnet-a'), {
      remedy: ['ec2:DescribeSubnets'],
    }),
    row('fail', 'the target has IPv6 addresses only, and the link none', (w) => service(w, '2001:db8::7')),
  ]);

  checkTable(the('path/security-group'), [
    row(
      'fail',
      'no rule can name a group that does not exist',
      (world) => {
        planned(['10.0.0.0/16'])(world);
        world.the('securityGroups', 'sg-lb').rules = [];
      },
      { remedy: ['Add an inbound rule to sg-lb: tcp 443 from 10.0.'] },
    ),
    row('pass', 'a link to be created gets a group that allows its allowlist', planned(['10.0.0.0/16'])),
    row('fail', 'a link to be created, and an allowlist without the backend', planned(['10.9.0.0/16']), {
      severity: 'error',
      says: ['no rule of the allowlist of link eu'],
      remedy: ['to the allowlist of link eu in the spec'],
    }),
    row('pass', 'both sides allow it', nothing, { evidence: ['sgr-link-out', 'sgr-lb-in'] }),
    row('fail', 'the link has no outbound rule', (w) => (w.the('securityGroups', 'sg-link').rules = []), {
      evidence: ['sg-link'],
      remedy: ['Add an outbound rule to sg-link: tcp 443 to sg-lb'],
    }),
    row('fail', 'the outbound rule is for another port', (w) =>
      Object.assign(w.the('securityGroups', 'sg-link').rules[0] ?? {}, { fromPort: 80, toPort: 80 }),
    ),
    row(
      'fail',
      'the load balancer allows another group',
      (w) => Object.assign(w.the('securityGroups', 'sg-lb').rules[0] ?? {}, { securityGroupId: 'sg-app' }),
      {
        evidence: ['sg-lb'],
        remedy: ['Add an inbound rule to sg-lb: tcp 443 from sg-link'],
      },
    ),
    row('pass', 'a rule of another group of the load balancer is enough', (w) => {
      w.the('securityGroups', 'sg-lb').rules = w
        .the('securityGroups', 'sg-lb')
        .rules.filter(({ direction }) => direction === 'out');
      w.copy('securityGroups', 'sg-lb', {
        id: 'sg-lb-2',
        rules: [{ direction: 'in', protocol: 'all', ...allPorts, cidrBlock: '10.0.0.0/16' }],
      });
      for (const id of ['eni-lb-a', 'eni-lb-b']) w.the('interfaces', id).securityGroupIds.push('sg-lb-2');
    }),
    row('pass', 'two blocks together contain the subnet', (w) => {
      w.the('securityGroups', 'sg-lb').rules[0] = {
        direction: 'in',
        protocol: 'tcp',
        fromPort: 443,
        toPort: 443,
        cidrBlock: '10.0.1.0/25',
      };
      w.the('securityGroups', 'sg-lb').rules.push(
        { direction: 'in', protocol: 'tcp', fromPort: 400, toPort: 500, cidrBlock: '10.0.1.128/25' },
        { direction: 'in', protocol: '6', fromPort: 443, toPort: 443, cidrBlock: '10.0.2.0/23' },
        { direction: 'in', protocol: '-1', ...allPorts, cidrBlock: '10.0.2.0/24' },
      );
      w.region.interfaces = w.region.interfaces.filter(({ linkId }) => linkId === undefined);
    }),
    row(
      'unknown',
      'a rule contains only a part of the subnet, and the addresses are not known',
      (w) => {
        w.the('securityGroups', 'sg-lb').rules[0] = {
          id: 'sgr-half',
          direction: 'in',
          protocol: 'tcp',
          fromPort: 443,
          toPort: 443,
          cidrBlock: '10.0.0.0/23',
        };
        w.the('securityGroups', 'sg-lb').rules.push({
          id: 'sgr-part',
          direction: 'in',
          protocol: 'tcp',
          fromPort: 443,
          toPort: 443,
          cidrBlock: '10.0.2.0/25',
        });
        w.region.interfaces = w.region.interfaces.filter(({ linkId }) => linkId === undefined);
      },
      { says: ['10.0.2.0/25 is allowed, 10.0.2.128/25 is not'] },
    ),
    row('unknown', 'a rule contains only a part of the subnet, with its current address', (w) => {
      w.the('securityGroups', 'sg-lb').rules[0] = {
        direction: 'in',
        protocol: 'tcp',
        fromPort: 443,
        toPort: 443,
        cidrBlock: '10.0.1.0/28',
      };
      w.the('securityGroups', 'sg-lb').rules.push({
        direction: 'in',
        protocol: 'tcp',
        fromPort: 443,
        toPort: 443,
        cidrBlock: '10.0.2.0/28',
      });
    }),
    row('fail', 'a rule contains only a part of the subnet, without its current address', (w) => {
      w.the('securityGroups', 'sg-lb').rules[0] = {
        direction: 'in',
        protocol: 'tcp',
        fromPort: 443,
        toPort: 443,
        cidrBlock: '10.0.1.0/29',
      };
    }),
    row('pass', 'a prefix list contains the subnets', (w) => {
      w.the('securityGroups', 'sg-lb').rules[0] = {
        direction: 'in',
        protocol: 'tcp',
        fromPort: 443,
        toPort: 443,
        prefixListId: 'pl-1',
      };
      w.region.prefixLists = [{ id: 'pl-1', cidrBlocks: ['10.0.0.0/22'], raw: null }];
    }),
    row(
      'unknown',
      'a prefix list could not be read',
      (w) => {
        w.the('securityGroups', 'sg-lb').rules[0] = {
          id: 'sgr-list',
          direction: 'in',
          protocol: 'tcp',
          fromPort: 443,
          toPort: 443,
          prefixListId: 'pl-1',
        };
        w.withhold('prefixLists', 'ec2:GetManagedPrefixListEntries', 'pl-1');
      },
      { evidence: ['sgr-list'], remedy: ['ec2:GetManagedPrefixListEntries'] },
    ),
    row('unknown', 'groups could not be read', (w) => w.withhold('securityGroups', 'ec2:DescribeSecurityGroups'), {
      remedy: ['ec2:DescribeSecurityGroups'],
    }),
    row(
      'unknown',
      'the link has no group',
      (w) => {
        w.the('links', 'vlink-1').securityGroupIds = [];
        w.region.interfaces = w.region.interfaces.filter(({ linkId }) => linkId === undefined);
      },
      { remedy: ['security group'] },
    ),
    row('pass', 'the load balancer has no groups, and filters nothing', (w) => {
      w.the('securityGroups', 'sg-link').rules = [
        { direction: 'out', protocol: 'all', ...allPorts, cidrBlock: '0.0.0.0/0' },
      ];
      for (const id of ['eni-lb-a', 'eni-lb-b']) w.the('interfaces', id).securityGroupIds = [];
    }),
  ]);

  checkTable(the('path/network-acl'), [
    row('pass', 'everything is allowed', nothing, { evidence: ['acl-1'] }),
    row(
      'fail',
      'an entry before it denies',
      (w) =>
        w.the('networkAcls', 'acl-1').entries?.push({
          direction: 'out',
          order: 50,
          action: 'deny',
          protocol: 'tcp',
          fromPort: 0,
          toPort: 1023,
          cidrBlock: '10.0.11.0/24',
        }),
      {
        says: ['entry 50 of acl-1 denies outbound tcp 443'],
        remedy: ['before 50: outbound allow tcp 443 to 10.0.11.0/24'],
      },
    ),
    row('pass', 'an entry after it denies', (w) =>
      w.the('networkAcls', 'acl-1').entries?.push({
        direction: 'out',
        order: 500,
        action: 'deny',
        protocol: 'all',
        ...allPorts,
        cidrBlock: '0.0.0.0/0',
      }),
    ),
    row(
      'fail',
      'no entry is for inbound calls',
      (w) =>
        (w.the('networkAcls', 'acl-1').entries = w
          .the('networkAcls', 'acl-1')
          .entries?.filter(({ direction }) => direction === 'out')),
      { says: ['no entry of acl-1 allows inbound tcp 443'] },
    ),
    row('pass', 'a subnet without an ACL', (w) => w.region.subnets.forEach((one) => (one.networkAclId = null))),
    row('fail', 'an ACL that a complete list lacks', (w) => (w.the('subnets', 'subnet-a').networkAclId = 'acl-nope'), {
      says: ['network ACL acl-nope of subnet-a does not exist in eu-west-1'],
      evidence: ['acl-nope'],
      remedy: ['Associate subnet-a with an existing network ACL'],
    }),
    row('unknown', 'an ACL of the account that shares the subnet', (w) =>
      Object.assign(w.the('subnets', 'subnet-a'), { networkAclId: 'acl-far', account: '444455556666' }),
    ),
    row('unknown', 'an ACL that an incomplete list lacks', (w) => {
      w.the('subnets', 'subnet-a').networkAclId = 'acl-nope';
      w.region.whole = w.region.whole!.filter((list) => list !== 'networkAcls');
    }),
    row('nothing', 'within one subnet none is evaluated', (w) => {
      w.the('links', 'vlink-1').subnetIds = ['subnet-lb-a'];
      w.region.interfaces = w.region.interfaces.filter(({ id }) => id !== 'eni-lb-b');
      w.the('loadBalancers', BALANCER).subnetIds = ['subnet-lb-a'];
      w.the('networkAcls', 'acl-1').entries = [];
    }),
    row('fail', 'an empty ACL, which also denies answers', (w) => (w.the('networkAcls', 'acl-1').entries = []), {
      remedy: [
        'outbound allow tcp 443',
        'Answers need an entry, too. Add an entry to acl-1: inbound allow tcp 1024-65535',
      ],
    }),
    row(
      'fail',
      'the ACL of the transit gateway attachment subnet denies the sender',
      (w) => {
        transit(w);
        w.copy('networkAcls', 'acl-1', { id: 'acl-gate', entries: [] });
        w.the('subnets', 'subnet-gate-a').networkAclId = 'acl-gate';
      },
      { evidence: ['acl-gate'] },
    ),
    row('unknown', 'ACLs could not be read', (w) => w.withhold('networkAcls', 'ec2:DescribeNetworkAcls'), {
      remedy: ['ec2:DescribeNetworkAcls'],
    }),
  ]);
});
