import { describe } from 'vitest';
import { egressAdmitted } from '../../../src/checks/egress/admitted.js';
import { egressWider } from '../../../src/checks/egress/wider.js';
import { BALANCER } from '../aws-region.js';
import { farTarget } from '../far-target.js';
import { checkTable } from '../run-check.js';
import { SERVICE, useConventional, useNetworkBalancer, useOldLink, useService } from '../target/backends.js';
import { alibabaWorld, awsWorld, type World } from '../world.js';

/** The one rule by which the load balancer lets the link in. */
const lbRule = (changes: object) => (world: World) => {
  const [rule] = world.the('securityGroups', 'sg-lb').rules;
  if (rule !== undefined) Object.assign(rule, changes);
};
const byBlock = (cidrBlock: string, more: object = {}) => lbRule({ securityGroupId: undefined, cidrBlock, ...more });

/** The ECS instance has a group of its own with these rules. */
const appGroup =
  (rules: readonly object[], changes: object = {}) =>
  (world: World) => {
    const group = world.copy('securityGroups', 'sg-link', { id: 'sg-app', intraGroup: 'deny', rules: [] });
    const base = { direction: 'in', protocol: 'tcp', fromPort: 8080, toPort: 8080, action: 'allow', priority: 1 };
    Object.assign(group, { rules: rules.map((rule, n) => ({ id: `sgr-${n}`, ...base, ...rule })), ...changes });
    world.the('instances', 'i-1').securityGroupIds = ['sg-app'];
  };

/** The link is declared so, and not there yet. */
const unmade = (more: object) => (world: World) => {
  world.remove('links', 'vlink-1');
  delete world.linkSpec.id;
  Object.assign(world.linkSpec, { subnets: ['subnet-a', 'subnet-b'], securityGroups: ['sg-link'], ...more });
};

/** The target is a service of which the one instance stands in another network, whose group has this rule. */
const farInstance = (hop: 'peering' | 'transit', rule: object) => (world: World) => {
  farTarget(world, hop);
  useService(world);
  Object.assign(world.the('services', SERVICE), {
    instances: [{ id: 'far', address: '10.9.0.10', port: 8080, healthy: true }],
  });
  const [own] = world.the('securityGroups', 'sg-9').rules;
  if (own !== undefined) Object.assign(own, { cidrBlock: undefined, ...rule });
};

const admits = (blocks: readonly string[]) => (world: World) => {
  Object.assign(world.targetSpec, { admits: blocks });
};

describe('egress/admitted', () => {
  checkTable(egressAdmitted, [
    { why: 'by the group of the link', world: () => awsWorld(), verdict: 'pass' },
    { why: 'by a block around both subnets', world: () => awsWorld(byBlock('10.0.0.0/22')), verdict: 'pass' },
    {
      why: 'one of the two subnets is kept out',
      world: () => awsWorld(byBlock('10.0.1.0/24')),
      verdict: 'fail',
      severity: 'error',
      subject: 'target orders',
      says: ['10.0.2.0/24 (subnet-b)', 'port 443'],
      evidence: ['sg-lb'],
      remedy: ['sg-lb', 'tcp 443 from sg-link'],
    },
    { why: 'on another port', world: () => awsWorld(lbRule({ fromPort: 80, toPort: 80 })), verdict: 'fail' },
    { why: 'over UDP', world: () => awsWorld(lbRule({ protocol: 'udp' })), verdict: 'fail' },
    {
      why: 'everything',
      world: () => awsWorld(byBlock('0.0.0.0/0', { protocol: '-1', fromPort: -1, toPort: -1 })),
      verdict: 'pass',
    },
    {
      why: 'of a link that is not there yet and has no group, nobody knows which one it gets',
      world: () => awsWorld(unmade({ securityGroups: undefined })),
      verdict: 'unknown',
      severity: 'error',
      remedy: ['Declare a security group for link eu'],
    },
    {
      why: 'without a group, and let in by blocks: which one it gets does not matter',
      world: () =>
        awsWorld((world) => {
          byBlock('10.0.0.0/22')(world);
          unmade({ securityGroups: undefined })(world);
        }),
      verdict: 'pass',
    },
    {
      why: 'without a group, and only others are let in: no rule may be for it',
      world: () =>
        awsWorld((world) => {
          byBlock('10.0.11.0/24')(world);
          unmade({ securityGroups: undefined })(world);
        }),
      verdict: 'fail',
    },
    {
      why: 'the group that is made for its allowlist is let in by no rule yet',
      world: () => awsWorld(unmade({ securityGroups: undefined, allowlist: ['10.0.0.0/16'] })),
      verdict: 'fail',
      remedy: ['tcp 443 from 10.0.1.0/24 and 10.0.2.0/24'],
    },
    {
      why: 'a group of another network is not what the link will have: nobody is told to let it in',
      world: () =>
        awsWorld((world) => {
          world.copy('securityGroups', 'sg-link', { id: 'sg-far', networkId: 'vpc-9' });
          unmade({ securityGroups: ['sg-far'] })(world);
        }),
      verdict: 'unknown',
      remedy: ['Write security groups of vpc-1 under links.eu.securityGroups: sg-far is in another network'],
    },
    {
      why: 'nobody has the address, as the walk says: nothing filters what comes there',
      world: () =>
        awsWorld((world) => {
          useService(world);
          const instances = [{ id: 'nobody', address: '10.0.11.99', port: 8080, healthy: true }];
          Object.assign(world.the('services', SERVICE), { instances });
        }),
      verdict: 'nothing',
    },
    {
      why: 'belief 31: the group holds no more rules: one has to go first',
      world: () =>
        awsWorld((world) => {
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
      why: 'belief 27: an instance over a peering, let in there by the group of the link',
      world: () => awsWorld(farInstance('peering', { securityGroupId: 'sg-link' })),
      verdict: 'pass',
      evidence: ['sg-9'],
    },
    {
      why: 'an instance over a peering that keeps the link out',
      world: () => awsWorld(farInstance('peering', { cidrBlock: '10.0.1.0/24' })),
      verdict: 'fail',
      says: ['10.9.0.10', '10.0.2.0/24 (subnet-b)'],
      evidence: ['sg-9'],
      remedy: ['Add to sg-9 an inbound rule that allows tcp 8080 from sg-link'],
    },
    {
      why: 'belief 28: an instance over a transit gateway, where a rule for the group may not hold',
      world: () => awsWorld(farInstance('transit', { securityGroupId: 'sg-link' })),
      verdict: 'unknown',
      remedy: ['Allow the CIDR blocks of the link at'],
    },
    {
      why: 'an instance over a transit gateway that keeps the link out: a rule for its group would not help',
      world: () => awsWorld(farInstance('transit', { cidrBlock: '10.0.1.0/24' })),
      verdict: 'fail',
      remedy: ['tcp 8080 from 10.0.2.0/24'],
    },
    {
      why: 'which peerings there are could not be read',
      world: () =>
        awsWorld((world) => {
          farInstance('peering', { cidrBlock: '10.0.1.0/24' })(world);
          world.withhold('peerings', 'ec2:DescribeVpcPeeringConnections');
        }),
      verdict: 'unknown',
      evidence: ['ec2:DescribeVpcPeeringConnections'],
    },
    {
      why: 'only the group of one zone is let in',
      world: () =>
        alibabaWorld((world) => {
          appGroup([{ securityGroupId: 'sg-link', cidrBlock: undefined }])(world);
          world.copy('securityGroups', 'sg-link', { id: 'sg-k' });
          world.the('links', 'apigateway-hz-1').securityGroupIds = ['sg-link', 'sg-k'];
          world.the('interfaces', 'eni-link-k').securityGroupIds = ['sg-k'];
        }),
      verdict: 'fail',
      says: ['10.0.2.0/24 (vsw-k)'],
    },
    {
      why: 'only the group of one zone is let in, and nobody knows which zone has which',
      world: () =>
        alibabaWorld((world) => {
          appGroup([{ securityGroupId: 'sg-link', cidrBlock: undefined }])(world);
          world.copy('securityGroups', 'sg-link', { id: 'sg-k' });
          world.the('links', 'apigateway-hz-1').securityGroupIds = ['sg-link', 'sg-k'];
          world.withhold('interfaces', 'ecs:DescribeNetworkInterfaces');
        }),
      verdict: 'unknown',
    },
    {
      why: 'a drop of whom nobody can read',
      world: () => alibabaWorld(appGroup([{ cidrBlock: '10.0.2.7/24', action: 'drop' }, { cidrBlock: '0.0.0.0/0' }])),
      verdict: 'unknown',
    },
    {
      why: 'a drop of a single address',
      world: () => alibabaWorld(appGroup([{ cidrBlock: '10.0.2.7', action: 'drop' }, { cidrBlock: '0.0.0.0/0' }])),
      verdict: 'fail',
    },
    {
      why: 'a drop for all ports, as some write them',
      world: () =>
        alibabaWorld(
          appGroup([
            { cidrBlock: '10.0.2.0/24', fromPort: -1, toPort: -1, action: 'drop' },
            { cidrBlock: '0.0.0.0/0' },
          ]),
        ),
      verdict: 'fail',
    },
    {
      why: 'by a prefix list',
      world: () =>
        awsWorld((world) => {
          lbRule({ securityGroupId: undefined, prefixListId: 'pl-1' })(world);
          world.region.prefixLists = [{ id: 'pl-1', cidrBlocks: ['10.0.1.0/24', '10.0.2.0/24'], raw: null }];
        }),
      verdict: 'pass',
    },
    {
      why: 'by a prefix list that could not be read',
      world: () =>
        awsWorld((world) => {
          lbRule({ securityGroupId: undefined, prefixListId: 'pl-1' })(world);
          world.withhold('prefixLists', 'ec2:GetManagedPrefixListEntries');
        }),
      verdict: 'unknown',
      evidence: ['ec2:GetManagedPrefixListEntries'],
    },
    {
      why: 'groups could not be read',
      world: () => awsWorld(({ withhold }) => withhold('securityGroups', 'ec2:DescribeSecurityGroups')),
      verdict: 'unknown',
      evidence: ['ec2:DescribeSecurityGroups'],
    },
    {
      why: 'the network load balancer has no groups',
      world: () =>
        awsWorld((world) => {
          useNetworkBalancer(world);
          world.the('loadBalancers', BALANCER).securityGroupIds = [];
        }),
      verdict: 'pass',
    },
    { why: 'behind PrivateLink nobody sees the link', world: () => awsWorld(useOldLink), verdict: 'nothing' },
    { why: 'the instances of a service', world: () => awsWorld(useService), verdict: 'pass' },
    {
      why: 'the instances of a service keep it out',
      world: () =>
        awsWorld((world) => {
          useService(world);
          world.the('securityGroups', 'sg-app').rules = [];
        }),
      verdict: 'fail',
      evidence: ['sg-app'],
    },
    {
      why: 'nobody knows what has the address',
      world: () =>
        awsWorld((world) => {
          useService(world);
          world.withhold('interfaces', 'ec2:DescribeNetworkInterfaces');
        }),
      verdict: 'unknown',
      evidence: ['ec2:DescribeNetworkInterfaces'],
    },
    { why: 'the same basic group lets its members in', world: () => alibabaWorld(), verdict: 'pass' },
    { why: 'by blocks', world: () => alibabaWorld(appGroup([{ cidrBlock: '10.0.0.0/16' }])), verdict: 'pass' },
    {
      why: 'a drop of equal priority goes first',
      world: () => alibabaWorld(appGroup([{ cidrBlock: '10.0.0.0/16' }, { cidrBlock: '10.0.2.0/24', action: 'drop' }])),
      verdict: 'fail',
      says: ['10.0.2.0/24 (vsw-k)'],
      evidence: ['sgr-1'],
      remedy: ['sgr-1', 'sg-app'],
    },
    {
      why: 'an allow of better priority goes before a drop',
      world: () =>
        alibabaWorld(appGroup([{ cidrBlock: '10.0.0.0/16' }, { cidrBlock: '0.0.0.0/0', action: 'drop', priority: 2 }])),
      verdict: 'pass',
    },
    {
      why: 'a list of ports that nobody read',
      world: () => alibabaWorld(appGroup([{ cidrBlock: '10.0.0.0/16', portListId: 'port-1' }])),
      verdict: 'unknown',
    },
    {
      why: 'a rule that is for calls from some ports only',
      world: () =>
        alibabaWorld(appGroup([{ id: 'sgr-5', cidrBlock: '10.0.0.0/16', narrowed: { sourcePorts: '22/22' } }])),
      verdict: 'unknown',
      says: ['sgr-5'],
    },
    {
      why: 'the same basic group keeps its members apart, and can never name itself',
      world: () =>
        alibabaWorld(({ the }) => Object.assign(the('securityGroups', 'sg-link'), { intraGroup: 'deny', rules: [] })),
      verdict: 'fail',
      remedy: ['InnerAccessPolicy Accept', 'from 10.0.1.0/24 and 10.0.2.0/24'],
    },
    {
      why: 'a drop by a prefix list that nobody read goes before what lets it in',
      world: () =>
        alibabaWorld((world) => {
          appGroup([{ prefixListId: 'pl-1', action: 'drop' }, { cidrBlock: '10.0.0.0/16' }])(world);
          world.withhold('prefixLists', 'ecs:DescribePrefixListAttributes');
        }),
      verdict: 'unknown',
      evidence: ['ecs:DescribePrefixListAttributes'],
    },
    { why: 'no rule', world: () => alibabaWorld(appGroup([])), verdict: 'fail', evidence: ['sg-app'] },
    {
      why: 'an enterprise group names no other group: the remedy names blocks',
      world: () => alibabaWorld(appGroup([], { kind: 'enterprise' })),
      verdict: 'fail',
      remedy: ['10.0.1.0/24 and 10.0.2.0/24'],
    },
    {
      why: 'belief 62: a conventional instance calls from the old and from the new block',
      world: () =>
        alibabaWorld((world) => {
          useConventional(world);
          appGroup([{ cidrBlock: '100.104.254.0/26' }])(world);
        }),
      verdict: 'fail',
      says: ['100.104.253.0/26'],
    },
    {
      why: 'the egress of a conventional instance was not read',
      world: () =>
        alibabaWorld((world) => {
          useConventional(world);
          world.withhold('egress', 'apigateway:DescribeInstances');
        }),
      verdict: 'unknown',
      evidence: ['apigateway:DescribeInstances'],
    },
    { why: 'the list of the spec', world: () => awsWorld(admits(['10.0.1.0/24', '10.0.2.0/24'])), verdict: 'pass' },
    {
      why: 'the list of the spec is too narrow',
      world: () => awsWorld(admits(['10.0.1.10/32', '10.0.2.0/24'])),
      verdict: 'fail',
      severity: 'error',
      subject: 'target orders, admits',
      evidence: ['integrations.orders.targets.orders.admits'],
      remedy: ['10.0.1.0/24'],
    },
    {
      why: 'an address on the premises has the list of the spec only',
      world: () =>
        alibabaWorld((world) => {
          world.integration.targets = {
            orders: { ref: { address: '172.30.0.5', port: 8080 }, admits: ['10.0.1.0/24', '10.0.2.0/24'] },
          };
        }),
      verdict: 'pass',
    },
    {
      why: 'an address on the premises without a list',
      world: () =>
        alibabaWorld((world) => {
          world.integration.targets = { orders: { ref: { address: '172.30.0.5', port: 8080 } } };
        }),
      verdict: 'unknown',
      remedy: ['admits'],
    },
  ]);
});

describe('egress/wider', () => {
  checkTable(egressWider, [
    { why: 'the group of the link, one port', world: () => awsWorld(), verdict: 'pass' },
    {
      why: 'one block that is exactly the two of the link',
      world: () =>
        awsWorld((world) => {
          world.the('subnets', 'subnet-a').cidrBlock = '10.0.2.0/24';
          world.the('subnets', 'subnet-b').cidrBlock = '10.0.3.0/24';
          byBlock('10.0.2.0/23')(world);
        }),
      verdict: 'pass',
    },
    { why: 'the blocks of the link', world: () => awsWorld(byBlock('10.0.1.0/24')), verdict: 'pass' },
    {
      why: 'a wider block',
      world: () => awsWorld(byBlock('10.0.0.0/16')),
      verdict: 'fail',
      severity: 'warning',
      says: ['in tcp 443 from 10.0.0.0/16'],
      evidence: ['sgr-lb-in'],
      remedy: ['sg-lb', 'tcp 443 from sg-link'],
    },
    {
      why: 'more ports',
      world: () => awsWorld(lbRule({ fromPort: 0, toPort: 65_535 })),
      verdict: 'fail',
      evidence: ['sgr-lb-in'],
    },
    {
      why: 'what does not let the link in is for target/exposed',
      world: () => awsWorld(byBlock('10.9.0.0/16')),
      verdict: 'pass',
    },
    {
      why: 'groups could not be read',
      world: () => awsWorld(({ withhold }) => withhold('securityGroups', 'ec2:DescribeSecurityGroups')),
      verdict: 'unknown',
    },
    {
      why: 'the access control list of a CLB instance',
      world: () =>
        alibabaWorld(({ the }) => {
          Object.assign(the('listeners', 'lb-1/http:80'), {
            accessControl: { kind: 'allow', ids: ['acl-1'], cidrBlocks: ['10.0.0.0/16'] },
          });
        }),
      verdict: 'fail',
      subject: 'target stock',
      evidence: ['acl-1'],
      remedy: ['10.0.1.0/24 and 10.0.2.0/24'],
    },
    { why: 'as narrow as it can be', world: () => alibabaWorld(), verdict: 'pass' },
    {
      why: 'the list of the spec',
      world: () => awsWorld(admits(['10.0.0.0/8'])),
      verdict: 'fail',
      severity: 'warning',
      evidence: ['integrations.orders.targets.orders.admits'],
    },
  ]);
});
