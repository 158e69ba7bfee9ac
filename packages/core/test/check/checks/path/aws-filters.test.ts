import { BALANCER } from '../aws-region.js';
import { describe } from 'vitest';
import { checkTable } from '../run-check.js';
import { the, planned, service, transit, allPorts } from './aws-rows.js';
import { aws, withhold, copy } from '../world.js';

/** A rule for the port of the load balancer. */
const inbound = (source: { readonly cidrBlock: string } | { readonly prefixListId: string }) =>
  ({ direction: 'in', protocol: 'tcp', fromPort: 443, toPort: 443, ...source }) as const;

describe('groups and network ACLs on AWS', () => {
  checkTable(the('path/link'), {
    'it is ready': [aws(), 'pass PASSED', { evidence: 'vlink-1' }],
    'it had no calls for sixty days': [
      aws({ 'links.vlink-1.state': 'inactive' }),
      'error LINK_STATE',
      { remedy: 'Send a request' },
    ],
    'it is being created': [aws({ 'links.vlink-1.state': 'pending' }), 'unknown LINK_STATE'],
    'a subnet could not be read': [
      aws(withhold('subnets', 'ec2:DescribeSubnets', 'subnet-a')),
      'unknown NOT_READ',
      { remedy: 'ec2:DescribeSubnets' },
    ],
    'the target has IPv6 addresses only, and the link none': [
      aws((w) => service(w, '2001:db8::7')),
      'error LINK_WITHOUT_IPV6',
    ],
  });

  checkTable(the('path/security-group'), {
    'no rule can name a group that does not exist': [
      aws(planned(['10.0.0.0/16']), { 'securityGroups.sg-lb.rules': [] }),
      'error NO_RULE',
      { remedy: 'Add an inbound rule to sg-lb: tcp 443 from 10.0.' },
    ],
    'a link to be created gets a group that allows its allowlist': [aws(planned(['10.0.0.0/16'])), 'pass PASSED'],
    'a link to be created, and an allowlist without the backend': [
      aws(planned(['10.9.0.0/16'])),
      'error NO_RULE',
      { says: 'no rule of the allowlist of link eu', remedy: 'to the allowlist of link eu in the spec' },
    ],
    'both sides allow it': [aws(), 'pass PASSED', { evidence: ['sgr-link-out', 'sgr-lb-in'] }],
    'the link has no outbound rule': [
      aws({ 'securityGroups.sg-link.rules': [] }),
      'error NO_RULE',
      { evidence: 'sg-link', remedy: 'Add an outbound rule to sg-link: tcp 443 to sg-lb' },
    ],
    'the outbound rule is for another port': [
      aws({ 'securityGroups.sg-link.rules.0': { fromPort: 80, toPort: 80 } }),
      'error NO_RULE',
    ],
    'the load balancer allows another group': [
      aws({ 'securityGroups.sg-lb.rules.0.securityGroupId': 'sg-app' }),
      'error NO_RULE',
      { evidence: 'sg-lb', remedy: 'Add an inbound rule to sg-lb: tcp 443 from sg-link' },
    ],
    'a rule of another group of the load balancer is enough': [
      aws((w) => {
        w.the('securityGroups', 'sg-lb').rules = w
          .the('securityGroups', 'sg-lb')
          .rules.filter(({ direction }) => direction === 'out');
        w.copy('securityGroups', 'sg-lb', {
          id: 'sg-lb-2',
          rules: [{ direction: 'in', protocol: 'all', ...allPorts, cidrBlock: '10.0.0.0/16' }],
        });
        for (const id of ['eni-lb-a', 'eni-lb-b']) w.the('interfaces', id).securityGroupIds.push('sg-lb-2');
      }),
      'pass PASSED',
    ],
    'two blocks together contain the subnet': [
      aws((w) => {
        w.the('securityGroups', 'sg-lb').rules[0] = inbound({ cidrBlock: '10.0.1.0/25' });
        w.the('securityGroups', 'sg-lb').rules.push(
          { direction: 'in', protocol: 'tcp', fromPort: 400, toPort: 500, cidrBlock: '10.0.1.128/25' },
          { direction: 'in', protocol: '6', fromPort: 443, toPort: 443, cidrBlock: '10.0.2.0/23' },
          { direction: 'in', protocol: '-1', ...allPorts, cidrBlock: '10.0.2.0/24' },
        );
        w.region.interfaces = w.region.interfaces.filter(({ linkId }) => linkId === undefined);
      }),
      'pass PASSED',
    ],
    'a rule contains only a part of the subnet, and the addresses are not known': [
      aws((w) => {
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
      }),
      'unknown RULES_ALLOW_PART',
      '10.0.2.0/25 is allowed, 10.0.2.128/25 is not',
    ],
    'a rule contains only a part of the subnet, with its current address': [
      aws((w) => {
        w.the('securityGroups', 'sg-lb').rules[0] = inbound({ cidrBlock: '10.0.1.0/28' });
        w.the('securityGroups', 'sg-lb').rules.push(inbound({ cidrBlock: '10.0.2.0/28' }));
      }),
      'unknown RULES_ALLOW_PART',
    ],
    'a rule contains only a part of the subnet, without its current address': [
      aws((w) => {
        w.the('securityGroups', 'sg-lb').rules[0] = inbound({ cidrBlock: '10.0.1.0/29' });
      }),
      'error NO_RULE',
    ],
    'a prefix list contains the subnets': [
      aws((w) => {
        w.the('securityGroups', 'sg-lb').rules[0] = inbound({ prefixListId: 'pl-1' });
        w.region.prefixLists = [{ id: 'pl-1', cidrBlocks: ['10.0.0.0/22'], raw: null }];
      }),
      'pass PASSED',
    ],
    'a prefix list could not be read': [
      aws((w) => {
        w.the('securityGroups', 'sg-lb').rules[0] = {
          id: 'sgr-list',
          direction: 'in',
          protocol: 'tcp',
          fromPort: 443,
          toPort: 443,
          prefixListId: 'pl-1',
        };
        w.withhold('prefixLists', 'ec2:GetManagedPrefixListEntries', 'pl-1');
      }),
      'unknown RULES_UNDECIDED',
      { evidence: 'sgr-list', remedy: 'ec2:GetManagedPrefixListEntries' },
    ],
    'groups could not be read': [
      aws(withhold('securityGroups', 'ec2:DescribeSecurityGroups')),
      'unknown RULES_UNDECIDED',
      { remedy: 'ec2:DescribeSecurityGroups' },
    ],
    'the link has no group': [
      aws((w) => {
        w.the('links', 'vlink-1').securityGroupIds = [];
        w.region.interfaces = w.region.interfaces.filter(({ linkId }) => linkId === undefined);
      }),
      'unknown NOT_READ',
      { remedy: 'security group' },
    ],
    'the load balancer has no groups, and filters nothing': [
      aws((w) => {
        w.the('securityGroups', 'sg-link').rules = [
          { direction: 'out', protocol: 'all', ...allPorts, cidrBlock: '0.0.0.0/0' },
        ];
        for (const id of ['eni-lb-a', 'eni-lb-b']) w.the('interfaces', id).securityGroupIds = [];
      }),
      'pass PASSED',
    ],
  });

  checkTable(the('path/network-acl'), {
    'everything is allowed': [aws(), 'pass PASSED', { evidence: 'acl-1' }],
    'an entry before it denies': [
      aws({
        'networkAcls.acl-1.entries.+': {
          direction: 'out',
          order: 50,
          action: 'deny',
          protocol: 'tcp',
          fromPort: 0,
          toPort: 1023,
          cidrBlock: '10.0.11.0/24',
        },
      }),
      'error ACL_DENIES',
      {
        says: 'entry 50 of acl-1 denies outbound tcp 443',
        remedy: 'before 50: outbound allow tcp 443 to 10.0.11.0/24',
      },
    ],
    'an entry after it denies': [
      aws({
        'networkAcls.acl-1.entries.+': {
          direction: 'out',
          order: 500,
          action: 'deny',
          protocol: 'all',
          ...allPorts,
          cidrBlock: '0.0.0.0/0',
        },
      }),
      'pass PASSED',
    ],
    'no entry is for inbound calls': [
      aws(
        (w) =>
          (w.the('networkAcls', 'acl-1').entries = w
            .the('networkAcls', 'acl-1')
            .entries?.filter(({ direction }) => direction === 'out')),
      ),
      'error ACL_DENIES',
      'no entry of acl-1 allows inbound tcp 443',
    ],
    'a subnet without an ACL': [aws({ 'subnets.*.networkAclId': null }), 'pass PASSED'],
    'an ACL that a complete list lacks': [
      aws({ 'subnets.subnet-a.networkAclId': 'acl-nope' }),
      'error ACL_ABSENT',
      {
        says: 'network ACL acl-nope of subnet-a does not exist in eu-west-1',
        evidence: 'acl-nope',
        remedy: 'Associate subnet-a with an existing network ACL',
      },
    ],
    'an ACL of the account that shares the subnet': [
      aws({ 'subnets.subnet-a': { networkAclId: 'acl-far', account: '444455556666' } }),
      'unknown NOT_READ',
    ],
    'an ACL that an incomplete list lacks': [
      aws((w) => {
        w.the('subnets', 'subnet-a').networkAclId = 'acl-nope';
        w.region.whole = w.region.whole!.filter((list) => list !== 'networkAcls');
      }),
      'unknown NOT_READ',
    ],
    'within one subnet none is evaluated': [
      aws((w) => {
        w.the('links', 'vlink-1').subnetIds = ['subnet-lb-a'];
        w.region.interfaces = w.region.interfaces.filter(({ id }) => id !== 'eni-lb-b');
        w.the('loadBalancers', BALANCER).subnetIds = ['subnet-lb-a'];
        w.the('networkAcls', 'acl-1').entries = [];
      }),
      'nothing',
    ],
    'an empty ACL, which also denies answers': [
      aws({ 'networkAcls.acl-1.entries': [] }),
      'error ACL_DENIES',
      {
        remedy: [
          'outbound allow tcp 443',
          'Answers need an entry, too. Add an entry to acl-1: inbound allow tcp 1024-65535',
        ],
      },
    ],
    'the ACL of the transit gateway attachment subnet denies the sender': [
      aws(transit, copy('networkAcls', 'acl-1', { id: 'acl-gate', entries: [] }), {
        'subnets.subnet-gate-a.networkAclId': 'acl-gate',
      }),
      'error ACL_DENIES',
      { evidence: 'acl-gate' },
    ],
    'ACLs could not be read': [
      aws(withhold('networkAcls', 'ec2:DescribeNetworkAcls')),
      'unknown NOT_READ',
      { remedy: 'ec2:DescribeNetworkAcls' },
    ],
  });
});
