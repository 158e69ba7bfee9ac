import { describe } from 'vitest';
import { checkTable } from '../run-check.js';
import { alibabaWorld, changed, type World, withhold, copy } from '../world.js';
import { route, the } from './aws-rows.js';
import { edit } from '../edits.js';

/** Worlds of Alibaba Cloud with one target: the ECS instance, or the load balancer. */
const only = (target: 'orders' | 'stock') =>
  changed((change) =>
    alibabaWorld((world) => {
      for (const name of ['orders', 'stock']) if (name !== target) delete world.integration.targets[name];
      world.integration.routes = {};
      change(world);
    }),
  );
const orders = only('orders');
const stock = only('stock');

/** The backend in its own basic group, so that rules decide. */
function apart(world: World, ...rules: readonly object[]): void {
  world.copy('securityGroups', 'sg-link', { id: 'sg-app', rules: rules.map((rule) => ({ ...IN, ...rule })) });
  world.the('interfaces', 'eni-app').securityGroupIds = ['sg-app'];
  world.the('instances', 'i-1').securityGroupIds = ['sg-app'];
}

/** The backend in a peered network, behind a group with one inbound rule. */
function peered(world: World, rule: object): void {
  const { account } = world.region;
  const side = (networkId: string, cidrBlock: string) => ({
    networkId,
    account,
    region: 'cn-hangzhou',
    cidrBlocks: [cidrBlock],
  });
  world.region.peerings = [
    {
      id: 'pcc-1',
      state: 'active',
      nativeState: 'Activated',
      sides: [side('vpc-h', '10.0.0.0/16'), side('vpc-2', '10.1.0.0/16')],
      raw: null,
    },
  ];
  const local = { cidrBlock: '10.1.0.0/16', nextHop: { kind: 'local' }, state: 'active', origin: 'local' } as const;
  world.copy('networks', 'vpc-h', { id: 'vpc-2', cidrBlocks: ['10.1.0.0/16'] });
  world.copy('routeTables', 'vtb-1', { id: 'vtb-2', networkId: 'vpc-2', routes: [local] });
  world.copy('subnets', 'vsw-app', {
    id: 'vsw-far',
    networkId: 'vpc-2',
    cidrBlock: '10.1.1.0/24',
    routeTableId: 'vtb-2',
  });
  world.copy('securityGroups', 'sg-link', { id: 'sg-far', networkId: 'vpc-2', rules: [{ ...IN, ...rule }] });
  const far = { id: 'eni-far', networkId: 'vpc-2', subnetId: 'vsw-far', addresses: ['10.1.1.9'] };
  world.copy('interfaces', 'eni-app', { ...far, securityGroupIds: ['sg-far'], attachedTo: 'i-far' });
  route(world, 'vtb-1', '10.1.0.0/16', 'peering', 'pcc-1');
  route(world, 'vtb-2', '10.0.0.0/16', 'peering', 'pcc-1');
  world.region.allowlists[0]?.entries.push({ cidrBlock: '10.1.0.0/16', protocol: 'all', fromPort: 0, toPort: 65_535 });
  world.integration.targets = { orders: { ref: { address: '10.1.1.9', port: 8080 } } };
}

/** A rule that allows calls, and one that drops those from some source ports. */
function dropping(world: World, sourcePorts: string, priority = 1): void {
  apart(
    world,
    { cidrBlock: '10.0.0.0/16', priority: 2 },
    { id: 'sgr-5', cidrBlock: '10.0.0.0/8', action: 'drop', narrowed: { sourcePorts }, priority },
  );
}

const IN = { direction: 'in', protocol: 'tcp', fromPort: 8080, toPort: 8080, action: 'allow', priority: 1 } as const;
const ALL = { protocol: 'all', fromPort: 0, toPort: 65_535 } as const;

/** The listener of the load balancer forwards some paths to a group whose servers have an unknown health. */
const ruled = (world: World): void => {
  world.copy('targetGroups', 'lb-1:80', {
    id: 'lb-1:80/rsp-1',
    targets: [{ id: 'i-1', port: 8080, zone: 'all', health: 'unknown' }],
  });
  world.the('listeners', 'lb-1/http:80').rules = [
    {
      id: 'lb-1/http:80/rule-1',
      priority: 1,
      conditions: [{ kind: 'path' }],
      actions: [{ kind: 'forward', targetGroupIds: ['lb-1:80/rsp-1'] }],
    },
  ];
};

/** A listener of layer 4, and a server in its own group that allows some blocks. */
const kept =
  (...cidrBlocks: readonly string[]) =>
  (world: World): void => {
    apart(world, ...cidrBlocks.map((cidrBlock) => ({ cidrBlock })));
    Object.assign(world.the('listeners', 'lb-1/http:80'), { protocol: 'TCP' });
    Object.assign(world.the('targetGroups', 'lb-1:80'), { protocol: 'TCP', preservesClientAddress: true });
  };

describe('on Alibaba Cloud', () => {
  checkTable(the('path/load-balancer'), {
    'a listener without rules': [stock(), 'pass PASSED'],
    'whose rules were not read': [
      stock({ 'listeners.lb-1/http:80.rules': undefined }),
      'unknown NOT_READ',
      { remedy: 'slb:DescribeRules' },
    ],
    'whose listener is in a transitional state': [
      stock({ 'listeners.lb-1/http:80.state': 'other' }),
      'unknown NOT_READ',
      'neither running nor stopped',
    ],
    'whose listener requires a client certificate': [
      stock({ 'listeners.lb-1/http:80.clientCertificates': 'required' }),
      'unknown NOT_READ',
      'the client certificate of the gateway, which lb-1/http:80 requires',
    ],
    'whose rules forward to servers of unknown health': [stock(ruled), 'unknown NOT_READ'],
    'the address of an interface that a service manages': [
      orders(
        { 'integration.targets': { orders: { ref: { address: '10.0.20.77', port: 8080 } } } },
        copy('interfaces', 'eni-app', {
          id: 'eni-alb',
          addresses: ['10.0.20.77'],
          attachedTo: 'alb-1',
          managed: true,
        }),
      ),
      'unknown NOT_READ',
      'how the service that owns interface eni-alb handles calls',
    ],
  });
  checkTable(the('path/security-group'), {
    'members of a basic group reach each other': [orders(), 'pass PASSED', { evidence: 'sg-link' }],
    'unless the group isolates them': [
      orders({ 'securityGroups.sg-link.intraGroup': 'deny', 'securityGroups.sg-link.rules': [] }),
      'error NO_RULE',
      { remedy: 'Add an inbound rule to sg-link: tcp 8080 from 10.0.1.0/24' },
    ],
    'a rule names the group': [orders((w) => apart(w, { securityGroupId: 'sg-link' })), 'pass PASSED'],
    'over a peering, a rule names the block of the link': [
      orders((w) => peered(w, { cidrBlock: '10.0.0.0/16' })),
      'pass PASSED',
    ],
    'over a peering, a rule names the group of the link': [
      orders((w) => peered(w, { securityGroupId: 'sg-link' })),
      'error NO_RULE',
    ],
    'a drop of a lower priority number is evaluated first': [
      orders((w) =>
        apart(
          w,
          { id: 'sgr-ok', cidrBlock: '10.0.0.0/16', priority: 5 },
          { id: 'sgr-drop', cidrBlock: '10.0.1.0/24', action: 'drop', priority: 2 },
        ),
      ),
      'error RULE_DROPS',
      { says: 'sgr-drop of sg-app drops', evidence: 'sgr-drop', remedy: 'Remove sgr-drop from sg-app' },
    ],
    'a drop of a higher priority number has no effect': [
      orders((w) =>
        apart(w, { cidrBlock: '10.0.0.0/16', priority: 2 }, { cidrBlock: '10.0.0.0/8', action: 'drop', priority: 3 }),
      ),
      'pass PASSED',
    ],
    'of equal priorities the drop is evaluated first': [
      orders((w) => apart(w, { cidrBlock: '10.0.0.0/16' }, { cidrBlock: '10.0.0.0/8', action: 'drop' })),
      'error RULE_DROPS',
    ],
    'inbound calls that match no rule are denied': [orders(apart), 'error NO_RULE'],
    'a basic group allows outbound calls that match no rule': [
      orders((w) => apart(w, { cidrBlock: '10.0.0.0/16' })),
      'pass PASSED',
      { evidence: 'sg-link' },
    ],
    'an advanced group denies outbound calls that match no rule': [
      orders((w) => {
        apart(w, { cidrBlock: '10.0.0.0/16' });
        Object.assign(w.the('securityGroups', 'sg-link'), {
          kind: 'enterprise',
          implicit: { in: 'deny', out: 'deny' },
          intraGroup: 'deny',
        });
      }),
      'error NO_RULE',
      { remedy: 'Add an outbound rule to sg-link: tcp 8080 to 10.0.20.0/24' },
    ],
    'a rule whose list of ports was not read': [
      orders((w) => apart(w, { id: 'sgr-list', cidrBlock: '10.0.0.0/16', portListId: 'pl-ports' })),
      'unknown RULES_UNDECIDED',
      { evidence: 'sgr-list' },
    ],
    'a rule that allows inbound calls to some addresses of its own side only': [
      orders((w) => apart(w, { id: 'sgr-5', cidrBlock: '10.0.0.0/16', narrowed: { ownCidrBlock: '10.0.20.99/32' } })),
      'unknown RULES_UNDECIDED',
      { says: 'at 10.0.20.99/32 on its own side', evidence: 'sgr-5' },
    ],
    'a rule that drops calls from a few source ports': [
      orders((w) => dropping(w, '5000/5001')),
      'warning RULES_DROP_FEW_PORTS',
      { says: '2 of the 64512 source ports (0.003 %)', evidence: 'sgr-5', remedy: '`ignore`' },
    ],
    'a rule that drops calls from ports that no call comes from': [orders((w) => dropping(w, '22/22')), 'pass PASSED'],
    'such a rule after one that allows all': [orders((w) => dropping(w, '5000/5001', 3)), 'pass PASSED'],
    'a rule that drops calls from many ports': [
      orders((w) => dropping(w, '5000/9999')),
      'unknown RULES_UNDECIDED',
      { says: 'for packets from the ports 5000/9999', evidence: 'sgr-5' },
    ],
    'rules that drop calls from many ports together': [
      orders((w) => {
        dropping(w, '5000/5499');
        const { rules } = w.the('securityGroups', 'sg-app');
        rules.push({ ...rules[1], id: 'sgr-6', narrowed: { sourcePorts: '6000/6499' } } as (typeof rules)[number]);
      }),
      'unknown RULES_UNDECIDED',
      '5000/5499',
    ],
    'a rule of that kind that decides nothing': [
      orders((w) =>
        apart(
          w,
          { cidrBlock: '10.0.0.0/16' },
          { cidrBlock: '0.0.0.0/0', narrowed: { sourcePorts: '22/22' }, priority: 2 },
        ),
      ),
      'pass PASSED',
    ],
    'a group that could not be read may drop what another allows': [
      orders((w) => {
        apart(w, { cidrBlock: '10.0.0.0/16' });
        w.the('interfaces', 'eni-app').securityGroupIds.push('sg-hidden');
        w.withhold('securityGroups', 'ecs:DescribeSecurityGroups', 'sg-hidden');
      }),
      'unknown RULES_UNDECIDED',
      { remedy: 'ecs:DescribeSecurityGroups' },
    ],
    'an address outside of the accessible blocks is reported by another check': [
      orders(
        (w) =>
          (w.region.allowlists = w.region.allowlists.map((list) => ({ ...list, entries: list.entries.slice(0, 2) }))),
      ),
      'nothing',
    ],
    'the load balancer is not a member, and rules allow outbound': [stock(), 'pass PASSED'],
    'a rule drops outbound calls to the load balancer': [
      stock({
        'securityGroups.sg-link.rules.+': {
          id: 'sgr-keep',
          direction: 'out',
          ...ALL,
          cidrBlock: '10.0.20.0/24',
          action: 'drop',
          priority: 1,
        },
      }),
      'error RULE_DROPS',
      { evidence: 'sgr-keep' },
    ],
  });

  checkTable(the('path/transit'), {
    'a route to an address leads to a CEN router, which is not followed': [
      orders((w) => {
        w.targetSpec.ref = { address: '10.50.0.9', port: 8080 };
        // As the adapter leaves it: what a CEN router is attached to is not read.
        delete w.region.transitGateways;
        w.region.whole = w.region.whole?.filter((list) => list !== 'transitGateways');
        const entries = w.region.allowlists[0]?.entries as object[] | undefined;
        entries?.push({ protocol: 'all', fromPort: 0, toPort: 65_535, cidrBlock: '10.50.0.0/16' });
        const [table] = w.region.routeTables ?? [];
        table?.routes?.push({
          cidrBlock: '10.50.0.0/16',
          nextHop: { kind: 'transit-gateway', id: 'tr-1' },
          state: 'active',
          origin: 'static',
        });
      }),
      'unknown NOT_READ',
    ],
  });
  checkTable(the('path/network-acl'), {
    'the ACL of the backend denies it': [
      orders({
        networkAcls: [
          {
            id: 'nacl-1',
            networkId: 'vpc-h',
            entries: [{ direction: 'out', order: 1, action: 'allow', ...ALL, cidrBlock: '0.0.0.0/0' }],
            raw: null,
          },
        ],
        'subnets.vsw-app.networkAclId': 'nacl-1',
      }),
      'error ACL_DENIES',
      { evidence: 'nacl-1' },
    ],
    'blocks that it never filters': [
      orders({
        networkAcls: [{ id: 'nacl-1', networkId: 'vpc-h', entries: [], exempt: ['10.0.0.0/16'], raw: null }],
        'subnets.vsw-app.networkAclId': 'nacl-1',
      }),
      'pass PASSED',
    ],
    'it does not filter calls to a load balancer': [
      stock({
        networkAcls: [
          {
            id: 'nacl-1',
            networkId: 'vpc-h',
            entries: [
              { direction: 'in', order: 1, action: 'allow', ...ALL, cidrBlock: '100.64.0.0/10' },
              { direction: 'out', order: 1, action: 'allow', ...ALL, cidrBlock: '100.64.0.0/10' },
            ],
            raw: null,
          },
        ],
        'subnets.vsw-app.networkAclId': 'nacl-1',
        'targetGroups.lb-1:80.preservesClientAddress': false,
      }),
      'pass PASSED',
    ],
  });

  checkTable(the('path/load-balancer'), {
    'its access control list has the vSwitches': [stock(), 'pass PASSED', { evidence: ['lb-1/http:80', 'acl-1'] }],
    'the resource of an authorization may be a load balancer that could not be read': [
      stock(withhold('loadBalancers', 'slb:DescribeLoadBalancers')),
      'unknown NOT_READ',
      { remedy: 'slb:DescribeLoadBalancers' },
    ],
    'the group of a server does not allow the preserved client addresses': [
      stock(kept()),
      'unknown NO_RULE',
      {
        says: ['not documented whether security groups of its servers filter it', 'sg-app'],
        remedy: 'Add an inbound rule to sg-app: tcp 8080 from 10.0.1.0/24',
      },
    ],
    'it allows one of the vSwitches': [stock(kept('10.0.1.0/24')), 'unknown NO_RULE'],
    'it allows all of them': [stock(kept('10.0.0.0/16')), 'pass PASSED'],
    'a listener of layer 7, whose address requires no rule': [
      stock(kept(), { 'targetGroups.lb-1:80.preservesClientAddress': false }),
      'pass PASSED',
    ],
    'its access control list lacks one of the vSwitches': [
      stock({ 'listeners.lb-1/http:80.accessControl.cidrBlocks': ['10.0.1.0/24'] }),
      'error ACCESS_LIST_REFUSES',
      { remedy: 'Add 10.0.2.0/24 to acl-1' },
    ],
    'an empty list allows all callers': [
      stock({ 'listeners.lb-1/http:80.accessControl.cidrBlocks': [] }),
      'pass PASSED',
    ],
    'a list that could not be read': [
      stock({ 'listeners.lb-1/http:80.accessControl.cidrBlocks': undefined }),
      'unknown NOT_READ',
    ],
    'the listener is stopped': [
      stock({ 'listeners.lb-1/http:80.state': 'stopped' }),
      'error NO_LISTENER',
      { remedy: 'Start the listener on port 80' },
    ],
    'no listener on the port': [
      stock({ 'listeners.lb-1/http:80': undefined }),
      'error NO_LISTENER',
      { remedy: 'port 80' },
    ],
    'its servers are unhealthy': [
      stock({ 'targetGroups.lb-1:80.targets.*.health': 'unhealthy' }),
      'error NO_HEALTHY_TARGET',
    ],
    'no health check for two servers, of which one does not run': [
      stock(copy('instances', 'i-1', { id: 'i-9', addresses: ['10.10.2.99'], state: 'stopped' }), {
        'targetGroups.lb-1:80.targets': ['i-1', 'i-9'].map((id) => ({
          id,
          port: 8080,
          zone: 'all',
          health: 'unavailable',
        })),
      }),
      'error TARGETS_STOPPED',
      { says: ['i-9 is stopped', '1 of 2 targets'], remedy: 'Start i-9' },
    ],
    'no health check for a server that does not run': [
      stock({ 'targetGroups.lb-1:80.targets.*.health': 'unavailable', 'instances.i-1.state': 'stopped' }),
      'error TARGETS_STOPPED',
    ],
  });
});

describe('an instance with a group in each zone', () => {
  const zoned = (change: (world: World) => void) => (world: World) => {
    const link = world.the('links', 'apigateway-hz-1');
    link.securityGroupIds = ['sg-link', 'sg-k'];
    world.copy('securityGroups', 'sg-link', { id: 'sg-k' });
    world.region.interfaces = world.region.interfaces.filter(({ linkId }) => linkId === undefined);
    change(world);
  };
  checkTable(the('path/security-group'), {
    'the zone of each group is not known': [
      orders(zoned(() => undefined)),
      'unknown NOT_READ',
      'the security group (of sg-link, sg-k)',
    ],
    'one of the two is not a member of the group of the backend': [
      orders(
        zoned(
          edit({
            'links.apigateway-hz-1.native': {
              zones: [
                { subnetId: 'vsw-j', securityGroupId: 'sg-link' },
                { subnetId: 'vsw-k', securityGroupId: 'sg-k' },
              ],
            },
          }),
        ),
      ),
      'error NO_RULE',
      { says: 'vsw-k', remedy: 'from 10.0.2.0/24' },
    ],
  });
});

describe('a conventional instance', () => {
  const conventional = (change: (world: World) => void) => (world: World) => {
    Object.assign(world.the('links', 'apigateway-hz-1'), {
      kind: 'dedicated-instance',
      subnetIds: [],
      securityGroupIds: [],
    });
    world.region.egress = [
      {
        linkId: 'apigateway-hz-1',
        addresses: [],
        prefixes: ['100.104.254.0/26'],
        securityGroupIds: [],
        stability: 'stable',
        seenBy: [],
      },
    ];
    world.linkSpec.id = 'apigateway-hz-1';
    change(world);
  };
  checkTable(the('path/security-group'), {
    'the group allows its block': [
      orders(conventional((w) => apart(w, { cidrBlock: '100.64.0.0/10' }))),
      'pass PASSED',
    ],
    'the group allows other blocks only': [
      orders(conventional((w) => apart(w, { cidrBlock: '10.0.0.0/8' }))),
      'error NO_RULE',
      '100.104.254.0/26',
    ],
    'the group allows only a part of its block': [
      orders(conventional((w) => apart(w, { cidrBlock: '100.104.254.0/27' }))),
      'unknown RULES_ALLOW_PART',
      '100.104.254.0/27 is allowed',
    ],
  });
  checkTable(the('path/link'), {
    'the blocks that it calls from are not known': [orders(conventional(edit({ egress: [] }))), 'unknown NOT_READ'],
  });
});

/** The target is an address that only a NAT gateway of the network leads to, by such a route. */
function behindNat(world: World, block: string): void {
  world.integration.targets = { orders: { ref: { address: '10.50.0.9', port: 8080 } } };
  const entries = world.region.allowlists[0]?.entries as object[] | undefined;
  entries?.push({ protocol: 'all', fromPort: 0, toPort: 65_535, cidrBlock: '10.50.0.0/24' });
  route(world, 'vtb-1', block, 'nat', 'ngw-1');
}

describe('a route to a NAT gateway', () => {
  checkTable(the('path/route'), {
    'of a block: it may be that of a VPC NAT gateway, whose DNAT entries forward it': [
      orders((w) => behindNat(w, '10.50.0.0/24')),
      'unknown NOT_FOLLOWED',
    ],
  });
  checkTable(the('path/outside'), {
    'by default: it leads to the internet': [orders((w) => behindNat(w, '0.0.0.0/0')), 'error OUTSIDE_NETWORKS'],
  });
});
