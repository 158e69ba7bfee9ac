import { describe, it, expect } from 'vitest';
import { egressAdmitted } from '../../../../src/check/checks/egress/admitted.js';
import { check } from '../../../../src/check/checks/run.js';
import { appGroup as ownGroup, remedyOf } from './callers.js';
import { byBlock, lbRule, admits } from './egress.js';
import { farTarget } from '../far-target.js';
import { declared } from '../link/instance.js';
import { checkTable } from '../run-check.js';
import { useService, SERVICE, useNetworkBalancer, useOldLink, useConventional } from '../target/backends.js';
import { type World, alibabaWorld, aws, alibaba, withhold, copy } from '../world.js';
import { edit } from '../edits.js';
import { CLOUDS } from '../../../clouds.js';

/** The ECS instance has its own group with these rules. */
const appGroup =
  (rules: readonly object[], changes: object = {}) =>
  (world: World) => {
    const group = world.copy('securityGroups', 'sg-link', { id: 'sg-app', intraGroup: 'deny', rules: [] });
    const base = { direction: 'in', protocol: 'tcp', fromPort: 8080, toPort: 8080, action: 'allow', priority: 1 };
    Object.assign(group, { rules: rules.map((rule, n) => ({ id: `sgr-${n}`, ...base, ...rule })), ...changes });
    world.the('instances', 'i-1').securityGroupIds = ['sg-app'];
  };

/** The link is declared with these members, and does not exist. */
const unmade = (more: object) =>
  edit({
    'links.vlink-1': undefined,
    'linkSpec.id': undefined,
    linkSpec: { subnets: ['subnet-a', 'subnet-b'], securityGroups: ['sg-link'], ...more },
  });

/** The target is a service; its only instance is in another network, and its group has this rule. */
const farInstance = (hop: 'peering' | 'transit', rule: object) => (world: World) => {
  farTarget(world, hop);
  useService(world);
  Object.assign(world.the('services', SERVICE), {
    instances: [{ id: 'far', address: '10.9.0.10', port: 8080, healthy: true }],
  });
  const [own] = world.the('securityGroups', 'sg-9').rules;
  if (own !== undefined) Object.assign(own, { cidrBlock: undefined, ...rule });
};

it('a remedy that removes drops: names the rule that is missing after their removal', () => {
  const drop = ownGroup([
    { cidrBlock: '10.0.1.0/24', action: 'drop', priority: 1 },
    { cidrBlock: '10.0.1.0/25', action: 'drop', priority: 1 },
  ]);
  expect(remedyOf(egressAdmitted, drop)).toBe(
    'Remove the rules sgr-0 of sg-app and sgr-1 of sg-app that drop these calls, and add to sg-app an inbound rule that allows tcp 8080 from sg-link.',
  );
});

describe('egress/admitted', () => {
  checkTable(egressAdmitted, {
    'a rule for the group of the link': [aws(), 'pass ADMITTED'],
    'a rule for a block that contains both subnets': [aws(byBlock('10.0.0.0/22')), 'pass ADMITTED'],
    'no rule for one of the two subnets': [
      aws(byBlock('10.0.1.0/24')),
      'error NOT_ADMITTED',
      {
        subject: 'target orders',
        says: ['10.0.2.0/24 (subnet-b)', 'port 443'],
        evidence: 'sg-lb',
        remedy: ['sg-lb', 'tcp 443 from sg-link'],
      },
    ],
    'a rule for another port': [aws(lbRule({ fromPort: 80, toPort: 80 })), 'error NOT_ADMITTED'],
    'a rule for UDP': [aws(lbRule({ protocol: 'udp' })), 'error NOT_ADMITTED'],
    'a rule for everything': [aws(byBlock('0.0.0.0/0', { protocol: '-1', fromPort: -1, toPort: -1 })), 'pass ADMITTED'],
    'the link does not exist and has no group: which one it gets is not known': [
      aws(unmade({ securityGroups: undefined })),
      'unknown error GUARDS_NOT_READ',
      { remedy: 'Declare a security group for link eu' },
    ],
    'the link has no group, and its blocks are allowed: which group it gets does not matter': [
      aws(byBlock('10.0.0.0/22'), unmade({ securityGroups: undefined })),
      'pass ADMITTED',
    ],
    'the link has no group, and only other blocks are allowed: no rule can be for it': [
      aws(byBlock('10.0.11.0/24'), unmade({ securityGroups: undefined })),
      'error NOT_ADMITTED',
    ],
    'no rule allows the group that will be created for its allowlist': [
      aws(unmade({ securityGroups: undefined, allowlist: ['10.0.0.0/16'] })),
      'error NOT_ADMITTED',
      { remedy: 'tcp 443 from 10.0.1.0/24 and 10.0.2.0/24' },
    ],
    'a group of another network, which the link cannot have: no remedy allows it': [
      aws(
        copy('securityGroups', 'sg-link', { id: 'sg-far', networkId: 'vpc-9' }),
        unmade({ securityGroups: ['sg-far'] }),
      ),
      'unknown GUARDS_NOT_READ',
      { remedy: 'Write security groups of vpc-1 under links.eu.securityGroups: sg-far is in another network' },
    ],
    'no resource has the address, as path/route reports: no group filters there': [
      aws((world) => {
        useService(world);
        const instances = [{ id: 'nobody', address: '10.0.11.99', port: 8080, healthy: true }];
        Object.assign(world.the('services', SERVICE), { instances });
      }),
      'nothing',
    ],
    'the group has its quota of rules: one has to be removed first': [
      aws((world) => {
        byBlock('10.0.11.0/24')(world);
        const { rules } = world.the('securityGroups', 'sg-lb');
        for (let n = 0; n < 59; n += 1) {
          rules.push({ direction: 'in', protocol: 'tcp', fromPort: 443, toPort: 443, cidrBlock: `10.9.${n}.0/24` });
        }
      }),
      'error NOT_ADMITTED',
      { remedy: ['tcp 443 from sg-link; sg-lb has 60 rules already', 'L-0EA8095F'] },
    ],
    'an instance over a peering, which allows the group of the link': [
      aws(farInstance('peering', { securityGroupId: 'sg-link' })),
      'pass ADMITTED',
      { evidence: 'sg-9' },
    ],
    'an instance over a peering that does not allow the link': [
      aws(farInstance('peering', { cidrBlock: '10.0.1.0/24' })),
      'error NOT_ADMITTED',
      {
        says: ['10.9.0.10', '10.0.2.0/24 (subnet-b)'],
        evidence: 'sg-9',
        remedy: 'Add to sg-9 an inbound rule that allows tcp 8080 from sg-link',
      },
    ],
    'an instance over a transit gateway, where a rule for the group may not hold': [
      aws(farInstance('transit', { securityGroupId: 'sg-link' })),
      'unknown GUARDS_NOT_READ',
      { remedy: 'Allow the CIDR blocks of the link at' },
    ],
    'an instance over a transit gateway that does not allow the link: a rule for its group has no effect': [
      aws(farInstance('transit', { cidrBlock: '10.0.1.0/24' })),
      'error NOT_ADMITTED',
      { remedy: 'tcp 8080 from 10.0.2.0/24' },
    ],
    'peerings could not be read': [
      aws(
        farInstance('peering', { cidrBlock: '10.0.1.0/24' }),
        withhold('peerings', 'ec2:DescribeVpcPeeringConnections'),
      ),
      'unknown GUARDS_NOT_READ',
      { evidence: 'ec2:DescribeVpcPeeringConnections' },
    ],
    'only the group of one zone is allowed': [
      alibaba(
        appGroup([{ securityGroupId: 'sg-link', cidrBlock: undefined }]),
        copy('securityGroups', 'sg-link', { id: 'sg-k' }),
        {
          'links.apigateway-hz-1.securityGroupIds': ['sg-link', 'sg-k'],
          'interfaces.eni-link-k.securityGroupIds': ['sg-k'],
        },
      ),
      'error NOT_ADMITTED',
      '10.0.2.0/24 (vsw-k)',
    ],
    'only the group of one zone is allowed, and the groups of the zones are not known': [
      alibaba(
        appGroup([{ securityGroupId: 'sg-link', cidrBlock: undefined }]),
        copy('securityGroups', 'sg-link', { id: 'sg-k' }),
        { 'links.apigateway-hz-1.securityGroupIds': ['sg-link', 'sg-k'] },
        withhold('interfaces', 'ecs:DescribeNetworkInterfaces'),
      ),
      'unknown GUARDS_NOT_READ',
    ],
    'a drop for an invalid block': [
      alibaba(appGroup([{ cidrBlock: '10.0.2.7/24', action: 'drop' }, { cidrBlock: '0.0.0.0/0' }])),
      'unknown GUARDS_NOT_READ',
    ],
    'a drop for a single address': [
      alibaba(appGroup([{ cidrBlock: '10.0.2.7', action: 'drop' }, { cidrBlock: '0.0.0.0/0' }])),
      'error NOT_ADMITTED',
    ],
    'a drop for all ports, written as -1': [
      alibaba(
        appGroup([{ cidrBlock: '10.0.2.0/24', fromPort: -1, toPort: -1, action: 'drop' }, { cidrBlock: '0.0.0.0/0' }]),
      ),
      'error NOT_ADMITTED',
    ],
    'a rule for a prefix list': [
      aws(lbRule({ securityGroupId: undefined, prefixListId: 'pl-1' }), {
        prefixLists: [{ id: 'pl-1', cidrBlocks: ['10.0.1.0/24', '10.0.2.0/24'], raw: null }],
      }),
      'pass ADMITTED',
    ],
    'a rule for a prefix list that could not be read': [
      aws(
        lbRule({ securityGroupId: undefined, prefixListId: 'pl-1' }),
        withhold('prefixLists', 'ec2:GetManagedPrefixListEntries'),
      ),
      'unknown GUARDS_NOT_READ',
      { evidence: 'ec2:GetManagedPrefixListEntries' },
    ],
    'groups could not be read': [
      aws(withhold('securityGroups', 'ec2:DescribeSecurityGroups')),
      'unknown GUARDS_NOT_READ',
      { evidence: 'ec2:DescribeSecurityGroups' },
    ],
    'the network load balancer has no groups': [
      aws(useNetworkBalancer, { 'loadBalancers.orders-alb.securityGroupIds': [] }),
      'pass ADMITTED',
    ],
    'behind PrivateLink the address of the link is not visible': [aws(useOldLink), 'nothing'],
    'the instances of a service allow the link': [aws(useService), 'pass ADMITTED'],
    'the instances of a service do not allow the link': [
      aws(useService, { 'securityGroups.sg-app.rules': [] }),
      'error NOT_ADMITTED',
      { evidence: 'sg-app' },
    ],
    'the resource at the address is not known': [
      aws(useService, withhold('interfaces', 'ec2:DescribeNetworkInterfaces')),
      'unknown GUARDS_NOT_READ',
      { evidence: 'ec2:DescribeNetworkInterfaces' },
    ],
    'the same basic group allows its members': [alibaba(), 'pass ADMITTED'],
    'a rule for blocks': [alibaba(appGroup([{ cidrBlock: '10.0.0.0/16' }])), 'pass ADMITTED'],
    'a drop of equal priority is evaluated first': [
      alibaba(appGroup([{ cidrBlock: '10.0.0.0/16' }, { cidrBlock: '10.0.2.0/24', action: 'drop' }])),
      'error NOT_ADMITTED',
      { says: '10.0.2.0/24 (vsw-k)', evidence: 'sgr-1', remedy: ['sgr-1', 'sg-app'] },
    ],
    'an allow rule of better priority is evaluated before a drop': [
      alibaba(appGroup([{ cidrBlock: '10.0.0.0/16' }, { cidrBlock: '0.0.0.0/0', action: 'drop', priority: 2 }])),
      'pass ADMITTED',
    ],
    'a list of ports that was not read': [
      alibaba(appGroup([{ cidrBlock: '10.0.0.0/16', portListId: 'port-1' }])),
      'unknown GUARDS_NOT_READ',
    ],
    'a rule for calls from some source ports only': [
      alibaba(appGroup([{ id: 'sgr-5', cidrBlock: '10.0.0.0/16', narrowed: { sourcePorts: '22/22' } }])),
      'unknown GUARDS_NOT_READ',
      'sgr-5',
    ],
    'the same basic group isolates its members, and cannot name itself': [
      alibaba({ 'securityGroups.sg-link': { intraGroup: 'deny', rules: [] } }),
      'error NOT_ADMITTED',
      { remedy: ['InnerAccessPolicy Accept', 'from 10.0.1.0/24 and 10.0.2.0/24'] },
    ],
    'a drop for a prefix list that was not read is evaluated before the rule that allows the link': [
      alibaba(
        appGroup([{ prefixListId: 'pl-1', action: 'drop' }, { cidrBlock: '10.0.0.0/16' }]),
        withhold('prefixLists', 'ecs:DescribePrefixListAttributes'),
      ),
      'unknown GUARDS_NOT_READ',
      { evidence: 'ecs:DescribePrefixListAttributes' },
    ],
    'a drop whose source is not in the snapshot may be for the link': [
      alibaba(appGroup([{ action: 'drop' }, { cidrBlock: '10.0.0.0/16' }])),
      'unknown GUARDS_NOT_READ',
      'the source of rule sgr-0',
    ],
    'a rule whose source is not in the snapshot may allow the link': [
      alibaba(appGroup([{}])),
      'unknown GUARDS_NOT_READ',
      'the source of rule sgr-0',
    ],
    'a drop without a source comes after the rule that allows the link': [
      alibaba(appGroup([{ cidrBlock: '10.0.0.0/16' }, { action: 'drop', priority: 2 }])),
      'pass ADMITTED',
    ],
    'no rule': [alibaba(appGroup([])), 'error NOT_ADMITTED', { evidence: 'sg-app' }],
    'an enterprise group cannot name a group: the remedy names blocks': [
      alibaba(appGroup([], { kind: 'enterprise' })),
      'error NOT_ADMITTED',
      { remedy: '10.0.1.0/24 and 10.0.2.0/24' },
    ],
    'a conventional instance calls from the old and from the new block': [
      alibaba(useConventional, appGroup([{ cidrBlock: '100.104.254.0/26' }])),
      'error NOT_ADMITTED',
      '100.104.253.0/26',
    ],
    'the egress of a conventional instance was not read': [
      alibaba(useConventional, withhold('egress', 'apigateway:DescribeInstances')),
      'unknown GUARDS_NOT_READ',
      { evidence: 'apigateway:DescribeInstances' },
    ],
    'the list of the spec': [aws(admits(['10.0.1.0/24', '10.0.2.0/24'])), 'pass ADMITS_HOLDS_BLOCKS'],
    'the list of the spec is too narrow': [
      aws(admits(['10.0.1.10/32', '10.0.2.0/24'])),
      'error ADMITS_LACKS_BLOCKS',
      {
        subject: 'target orders, admits',
        evidence: 'integrations.orders.targets.orders.admits',
        remedy: '10.0.1.0/24',
      },
    ],
    'an on-premises address has the list of the spec only': [
      alibaba({
        'integration.targets': {
          orders: { ref: { address: '172.30.0.5', port: 8080 }, admits: ['10.0.1.0/24', '10.0.2.0/24'] },
        },
      }),
      'pass ADMITS_HOLDS_BLOCKS',
    ],
    'an address with a list of the spec: security groups are not evaluated': [
      alibaba(ownGroup([]), {
        'integration.targets': { orders: { ref: { address: '10.0.20.5', port: 8080 }, admits: ['10.0.0.0/16'] } },
      }),
      'pass ADMITS_HOLDS_BLOCKS',
    ],
    'an on-premises address without a list': [
      alibaba({ 'integration.targets': { orders: { ref: { address: '172.30.0.5', port: 8080 } } } }),
      'unknown GUARDS_NOT_READ',
      { remedy: 'admits' },
    ],
  });
});

describe('one group for each zone, before the link is created', () => {
  const split = (out: 'allow' | 'drop') =>
    alibabaWorld((world) => {
      declared(world, ['sg-link', 'sg-k']);
      const other = world.copy('securityGroups', 'sg-link', { id: 'sg-k' });
      other.rules =
        out === 'drop'
          ? [
              {
                direction: 'out',
                protocol: 'all',
                fromPort: 0,
                toPort: 65_535,
                cidrBlock: '0.0.0.0/0',
                action: 'drop',
                priority: 1,
              },
            ]
          : [];
      world.the('securityGroups', 'sg-link').rules.push({
        direction: 'in',
        protocol: 'tcp',
        fromPort: 8080,
        toPort: 8080,
        cidrBlock: '10.0.2.0/24',
        action: 'allow',
        priority: 1,
      });
    });
  const of = ({ snapshot, spec }: World) =>
    check(snapshot, spec, { clouds: CLOUDS }).findings.filter(
      (one) => one.check === 'path/security-group' && one.subject.includes('orders'),
    );

  it('is judged by the order of the subnets and groups in the spec', () => {
    expect(of(split('allow')).map(({ verdict }) => verdict)).not.toContain('unknown');
    const failed = of(split('drop')).filter(({ verdict }) => verdict === 'fail');
    expect(failed.length).toBeGreaterThan(0);
    expect(JSON.stringify(failed)).toContain('sg-k');
  });

  checkTable(egressAdmitted, { 'each zone has its own': [() => split('allow'), 'pass ADMITTED'] });

  it('is unknown where the number of groups matches neither one nor the number of vSwitches', () => {
    const world = split('allow');
    world.copy('securityGroups', 'sg-link', { id: 'sg-3' });
    Object.assign(world.linkSpec, { securityGroups: ['sg-link', 'sg-k', 'sg-3'] });
    const [unknown] = of(world).filter(({ verdict }) => verdict === 'unknown');
    expect(unknown?.remedy).toContain('one for each vSwitch in the same order');
  });
});
