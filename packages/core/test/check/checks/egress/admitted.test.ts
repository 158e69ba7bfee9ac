import { describe, it, expect } from 'vitest';
import { egressAdmitted } from '../../../../src/check/checks/egress/admitted.js';
import { check } from '../../../../src/check/checks/run.js';
import { BALANCER } from '../aws-region.js';
import { appGroup as ownGroup, remedyOf } from './callers.js';
import { byBlock, lbRule, admits } from './egress.js';
import { farTarget } from '../far-target.js';
import { declared } from '../link/instance.js';
import { checkTable } from '../run-check.js';
import { useService, SERVICE, useNetworkBalancer, useOldLink, useConventional } from '../target/backends.js';
import { type World, alibabaWorld, aws, alibaba } from '../world.js';

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
const unmade = (more: object) => (world: World) => {
  world.remove('links', 'vlink-1');
  delete world.linkSpec.id;
  Object.assign(world.linkSpec, { subnets: ['subnet-a', 'subnet-b'], securityGroups: ['sg-link'], ...more });
};

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

describe('Show 5: a remedy that removes drops', () => {
  it('Show 5: names the rule that is missing after their removal', () => {
    const drop = ownGroup([
      { cidrBlock: '10.0.1.0/24', action: 'drop', priority: 1 },
      { cidrBlock: '10.0.1.0/25', action: 'drop', priority: 1 },
    ]);
    expect(remedyOf(egressAdmitted, drop)).toBe(
      'Remove the rules sgr-0 of sg-app and sgr-1 of sg-app that drop these calls, and add to sg-app an inbound rule that allows tcp 8080 from sg-link.',
    );
  });
});

describe('egress/admitted', () => {
  checkTable(egressAdmitted, [
    { why: 'a rule for the group of the link', world: aws(), verdict: 'pass' },
    { why: 'a rule for a block that contains both subnets', world: aws(byBlock('10.0.0.0/22')), verdict: 'pass' },
    {
      why: 'no rule for one of the two subnets',
      world: aws(byBlock('10.0.1.0/24')),
      verdict: 'fail',
      severity: 'error',
      subject: 'target orders',
      says: ['10.0.2.0/24 (subnet-b)', 'port 443'],
      evidence: ['sg-lb'],
      remedy: ['sg-lb', 'tcp 443 from sg-link'],
    },
    {
      why: 'a rule for another port',
      world: aws(lbRule({ fromPort: 80, toPort: 80 })),
      verdict: 'fail',
      code: 'NOT_ADMITTED',
    },
    { why: 'a rule for UDP', world: aws(lbRule({ protocol: 'udp' })), verdict: 'fail', code: 'NOT_ADMITTED' },
    {
      why: 'a rule for everything',
      world: aws(byBlock('0.0.0.0/0', { protocol: '-1', fromPort: -1, toPort: -1 })),
      verdict: 'pass',
    },
    {
      why: 'the link does not exist and has no group: which one it gets is not known',
      world: aws(unmade({ securityGroups: undefined })),
      verdict: 'unknown',
      severity: 'error',
      remedy: ['Declare a security group for link eu'],
    },
    {
      why: 'the link has no group, and its blocks are allowed: which group it gets does not matter',
      world: aws((world) => {
        byBlock('10.0.0.0/22')(world);
        unmade({ securityGroups: undefined })(world);
      }),
      verdict: 'pass',
    },
    {
      why: 'the link has no group, and only other blocks are allowed: no rule can be for it',
      world: aws((world) => {
        byBlock('10.0.11.0/24')(world);
        unmade({ securityGroups: undefined })(world);
      }),
      verdict: 'fail',
      code: 'NOT_ADMITTED',
    },
    {
      why: 'no rule allows the group that will be created for its allowlist',
      world: aws(unmade({ securityGroups: undefined, allowlist: ['10.0.0.0/16'] })),
      verdict: 'fail',
      remedy: ['tcp 443 from 10.0.1.0/24 and 10.0.2.0/24'],
    },
    {
      why: 'a group of another network, which the link cannot have: no remedy allows it',
      world: aws((world) => {
        world.copy('securityGroups', 'sg-link', { id: 'sg-far', networkId: 'vpc-9' });
        unmade({ securityGroups: ['sg-far'] })(world);
      }),
      verdict: 'unknown',
      remedy: ['Write security groups of vpc-1 under links.eu.securityGroups: sg-far is in another network'],
    },
    {
      why: 'no resource has the address, as path/route reports: no group filters there',
      world: aws((world) => {
        useService(world);
        const instances = [{ id: 'nobody', address: '10.0.11.99', port: 8080, healthy: true }];
        Object.assign(world.the('services', SERVICE), { instances });
      }),
      verdict: 'nothing',
    },
    {
      why: 'the group has its quota of rules: one has to be removed first',
      world: aws((world) => {
        byBlock('10.0.11.0/24')(world);
        const { rules } = world.the('securityGroups', 'sg-lb');
        for (let n = 0; n < 59; n += 1) {
          rules.push({ direction: 'in', protocol: 'tcp', fromPort: 443, toPort: 443, cidrBlock: `10.9.${n}.0/24` });
        }
      }),
      verdict: 'fail',
      remedy: ['tcp 443 from sg-link; sg-lb has 60 rules already', 'L-0EA8095F'],
    },
    {
      why: 'an instance over a peering, which allows the group of the link',
      world: aws(farInstance('peering', { securityGroupId: 'sg-link' })),
      verdict: 'pass',
      evidence: ['sg-9'],
    },
    {
      why: 'an instance over a peering that does not allow the link',
      world: aws(farInstance('peering', { cidrBlock: '10.0.1.0/24' })),
      verdict: 'fail',
      says: ['10.9.0.10', '10.0.2.0/24 (subnet-b)'],
      evidence: ['sg-9'],
      remedy: ['Add to sg-9 an inbound rule that allows tcp 8080 from sg-link'],
    },
    {
      why: 'an instance over a transit gateway, where a rule for the group may not hold',
      world: aws(farInstance('transit', { securityGroupId: 'sg-link' })),
      verdict: 'unknown',
      remedy: ['Allow the CIDR blocks of the link at'],
    },
    {
      why: 'an instance over a transit gateway that does not allow the link: a rule for its group has no effect',
      world: aws(farInstance('transit', { cidrBlock: '10.0.1.0/24' })),
      verdict: 'fail',
      remedy: ['tcp 8080 from 10.0.2.0/24'],
    },
    {
      why: 'peerings could not be read',
      world: aws((world) => {
        farInstance('peering', { cidrBlock: '10.0.1.0/24' })(world);
        world.withhold('peerings', 'ec2:DescribeVpcPeeringConnections');
      }),
      verdict: 'unknown',
      code: 'GUARDS_NOT_READ',
      evidence: ['ec2:DescribeVpcPeeringConnections'],
    },
    {
      why: 'only the group of one zone is allowed',
      world: alibaba((world) => {
        appGroup([{ securityGroupId: 'sg-link', cidrBlock: undefined }])(world);
        world.copy('securityGroups', 'sg-link', { id: 'sg-k' });
        world.the('links', 'apigateway-hz-1').securityGroupIds = ['sg-link', 'sg-k'];
        world.the('interfaces', 'eni-link-k').securityGroupIds = ['sg-k'];
      }),
      verdict: 'fail',
      says: ['10.0.2.0/24 (vsw-k)'],
    },
    {
      why: 'only the group of one zone is allowed, and the groups of the zones are not known',
      world: alibaba((world) => {
        appGroup([{ securityGroupId: 'sg-link', cidrBlock: undefined }])(world);
        world.copy('securityGroups', 'sg-link', { id: 'sg-k' });
        world.the('links', 'apigateway-hz-1').securityGroupIds = ['sg-link', 'sg-k'];
        world.withhold('interfaces', 'ecs:DescribeNetworkInterfaces');
      }),
      verdict: 'unknown',
      code: 'GUARDS_NOT_READ',
    },
    {
      why: 'a drop for an invalid block',
      world: alibaba(appGroup([{ cidrBlock: '10.0.2.7/24', action: 'drop' }, { cidrBlock: '0.0.0.0/0' }])),
      verdict: 'unknown',
      code: 'GUARDS_NOT_READ',
    },
    {
      why: 'a drop for a single address',
      world: alibaba(appGroup([{ cidrBlock: '10.0.2.7', action: 'drop' }, { cidrBlock: '0.0.0.0/0' }])),
      verdict: 'fail',
      code: 'NOT_ADMITTED',
    },
    {
      why: 'a drop for all ports, written as -1',
      world: alibaba(
        appGroup([{ cidrBlock: '10.0.2.0/24', fromPort: -1, toPort: -1, action: 'drop' }, { cidrBlock: '0.0.0.0/0' }]),
      ),
      verdict: 'fail',
      code: 'NOT_ADMITTED',
    },
    {
      why: 'a rule for a prefix list',
      world: aws((world) => {
        lbRule({ securityGroupId: undefined, prefixListId: 'pl-1' })(world);
        world.region.prefixLists = [{ id: 'pl-1', cidrBlocks: ['10.0.1.0/24', '10.0.2.0/24'], raw: null }];
      }),
      verdict: 'pass',
    },
    {
      why: 'a rule for a prefix list that could not be read',
      world: aws((world) => {
        lbRule({ securityGroupId: undefined, prefixListId: 'pl-1' })(world);
        world.withhold('prefixLists', 'ec2:GetManagedPrefixListEntries');
      }),
      verdict: 'unknown',
      code: 'GUARDS_NOT_READ',
      evidence: ['ec2:GetManagedPrefixListEntries'],
    },
    {
      why: 'groups could not be read',
      world: aws(({ withhold }) => withhold('securityGroups', 'ec2:DescribeSecurityGroups')),
      verdict: 'unknown',
      code: 'GUARDS_NOT_READ',
      evidence: ['ec2:DescribeSecurityGroups'],
    },
    {
      why: 'the network load balancer has no groups',
      world: aws((world) => {
        useNetworkBalancer(world);
        world.the('loadBalancers', BALANCER).securityGroupIds = [];
      }),
      verdict: 'pass',
    },
    { why: 'behind PrivateLink the address of the link is not visible', world: aws(useOldLink), verdict: 'nothing' },
    { why: 'the instances of a service allow the link', world: aws(useService), verdict: 'pass' },
    {
      why: 'the instances of a service do not allow the link',
      world: aws((world) => {
        useService(world);
        world.the('securityGroups', 'sg-app').rules = [];
      }),
      verdict: 'fail',
      code: 'NOT_ADMITTED',
      evidence: ['sg-app'],
    },
    {
      why: 'the resource at the address is not known',
      world: aws((world) => {
        useService(world);
        world.withhold('interfaces', 'ec2:DescribeNetworkInterfaces');
      }),
      verdict: 'unknown',
      code: 'GUARDS_NOT_READ',
      evidence: ['ec2:DescribeNetworkInterfaces'],
    },
    { why: 'the same basic group allows its members', world: alibaba(), verdict: 'pass' },
    { why: 'a rule for blocks', world: alibaba(appGroup([{ cidrBlock: '10.0.0.0/16' }])), verdict: 'pass' },
    {
      why: 'a drop of equal priority is evaluated first',
      world: alibaba(appGroup([{ cidrBlock: '10.0.0.0/16' }, { cidrBlock: '10.0.2.0/24', action: 'drop' }])),
      verdict: 'fail',
      says: ['10.0.2.0/24 (vsw-k)'],
      evidence: ['sgr-1'],
      remedy: ['sgr-1', 'sg-app'],
    },
    {
      why: 'an allow rule of better priority is evaluated before a drop',
      world: alibaba(appGroup([{ cidrBlock: '10.0.0.0/16' }, { cidrBlock: '0.0.0.0/0', action: 'drop', priority: 2 }])),
      verdict: 'pass',
    },
    {
      why: 'a list of ports that was not read',
      world: alibaba(appGroup([{ cidrBlock: '10.0.0.0/16', portListId: 'port-1' }])),
      verdict: 'unknown',
      code: 'GUARDS_NOT_READ',
    },
    {
      why: 'a rule for calls from some source ports only',
      world: alibaba(appGroup([{ id: 'sgr-5', cidrBlock: '10.0.0.0/16', narrowed: { sourcePorts: '22/22' } }])),
      verdict: 'unknown',
      says: ['sgr-5'],
    },
    {
      why: 'the same basic group isolates its members, and cannot name itself',
      world: alibaba(({ the }) => Object.assign(the('securityGroups', 'sg-link'), { intraGroup: 'deny', rules: [] })),
      verdict: 'fail',
      remedy: ['InnerAccessPolicy Accept', 'from 10.0.1.0/24 and 10.0.2.0/24'],
    },
    {
      why: 'a drop for a prefix list that was not read is evaluated before the rule that allows the link',
      world: alibaba((world) => {
        appGroup([{ prefixListId: 'pl-1', action: 'drop' }, { cidrBlock: '10.0.0.0/16' }])(world);
        world.withhold('prefixLists', 'ecs:DescribePrefixListAttributes');
      }),
      verdict: 'unknown',
      code: 'GUARDS_NOT_READ',
      evidence: ['ecs:DescribePrefixListAttributes'],
    },
    {
      why: 'a drop whose source is not in the snapshot may be for the link',
      world: alibaba(appGroup([{ action: 'drop' }, { cidrBlock: '10.0.0.0/16' }])),
      verdict: 'unknown',
      says: ['the source of rule sgr-0'],
    },
    {
      why: 'a rule whose source is not in the snapshot may allow the link',
      world: alibaba(appGroup([{}])),
      verdict: 'unknown',
      says: ['the source of rule sgr-0'],
    },
    {
      why: 'a drop without a source comes after the rule that allows the link',
      world: alibaba(appGroup([{ cidrBlock: '10.0.0.0/16' }, { action: 'drop', priority: 2 }])),
      verdict: 'pass',
    },
    { why: 'no rule', world: alibaba(appGroup([])), verdict: 'fail', code: 'NOT_ADMITTED', evidence: ['sg-app'] },
    {
      why: 'an enterprise group cannot name a group: the remedy names blocks',
      world: alibaba(appGroup([], { kind: 'enterprise' })),
      verdict: 'fail',
      remedy: ['10.0.1.0/24 and 10.0.2.0/24'],
    },
    {
      why: 'a conventional instance calls from the old and from the new block',
      world: alibaba((world) => {
        useConventional(world);
        appGroup([{ cidrBlock: '100.104.254.0/26' }])(world);
      }),
      verdict: 'fail',
      says: ['100.104.253.0/26'],
    },
    {
      why: 'the egress of a conventional instance was not read',
      world: alibaba((world) => {
        useConventional(world);
        world.withhold('egress', 'apigateway:DescribeInstances');
      }),
      verdict: 'unknown',
      code: 'GUARDS_NOT_READ',
      evidence: ['apigateway:DescribeInstances'],
    },
    { why: 'the list of the spec', world: aws(admits(['10.0.1.0/24', '10.0.2.0/24'])), verdict: 'pass' },
    {
      why: 'the list of the spec is too narrow',
      world: aws(admits(['10.0.1.10/32', '10.0.2.0/24'])),
      verdict: 'fail',
      severity: 'error',
      subject: 'target orders, admits',
      evidence: ['integrations.orders.targets.orders.admits'],
      remedy: ['10.0.1.0/24'],
    },
    {
      why: 'an on-premises address has the list of the spec only',
      world: alibaba((world) => {
        world.integration.targets = {
          orders: { ref: { address: '172.30.0.5', port: 8080 }, admits: ['10.0.1.0/24', '10.0.2.0/24'] },
        };
      }),
      verdict: 'pass',
    },
    {
      why: 'an on-premises address without a list',
      world: alibaba((world) => {
        world.integration.targets = { orders: { ref: { address: '172.30.0.5', port: 8080 } } };
      }),
      verdict: 'unknown',
      remedy: ['admits'],
    },
  ]);
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
    check(snapshot, spec).findings.filter(
      (one) => one.check === 'path/security-group' && one.subject.includes('orders'),
    );

  it('is judged by the order of the subnets and groups in the spec', () => {
    expect(of(split('allow')).map(({ verdict }) => verdict)).not.toContain('unknown');
    const failed = of(split('drop')).filter(({ verdict }) => verdict === 'fail');
    expect(failed.length).toBeGreaterThan(0);
    expect(JSON.stringify(failed)).toContain('sg-k');
  });

  checkTable(egressAdmitted, [{ why: 'each zone has its own', world: () => split('allow'), verdict: 'pass' }]);

  it('is unknown where the number of groups matches neither one nor the number of vSwitches', () => {
    const world = split('allow');
    world.copy('securityGroups', 'sg-link', { id: 'sg-3' });
    Object.assign(world.linkSpec, { securityGroups: ['sg-link', 'sg-k', 'sg-3'] });
    const [unknown] = of(world).filter(({ verdict }) => verdict === 'unknown');
    expect(unknown?.remedy).toContain('one for each vSwitch in the same order');
  });
});
