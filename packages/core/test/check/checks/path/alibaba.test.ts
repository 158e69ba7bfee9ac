import { describe } from 'vitest';
import { checkTable, type Row } from '../run-check.js';
import { alibabaWorld, type World } from '../world.js';
import { route, the } from './aws-rows.js';

/** A row about the Alibaba Cloud world, changed; the only target is the ECS instance, or the one in `target`. */
const row = (
  verdict: Row['verdict'],
  why: string,
  change: (world: World) => void,
  more: Omit<Row, 'verdict' | 'why' | 'world'> & { readonly target?: 'orders' | 'stock' } = {},
): Row => ({
  verdict,
  why,
  world: () =>
    alibabaWorld((world) => {
      for (const name of ['orders', 'stock']) {
        if (name !== (more.target ?? 'orders')) delete world.integration.targets[name];
      }
      world.integration.routes = {};
      change(world);
    }),
  ...more,
});

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
  checkTable(the('path/load-balancer'), [
    row('pass', 'a listener without rules', () => undefined, { target: 'stock' }),
    row('unknown', 'whose rules were not read', (w) => void delete w.the('listeners', 'lb-1/http:80').rules, {
      target: 'stock',
      remedy: ['slb:DescribeRules'],
    }),
    row(
      'unknown',
      'whose listener is in a transitional state',
      (w) => void (w.the('listeners', 'lb-1/http:80').state = 'other'),
      {
        target: 'stock',
        says: ['neither running nor stopped'],
      },
    ),
    row(
      'unknown',
      'whose listener requires a client certificate',
      (w) => void (w.the('listeners', 'lb-1/http:80').clientCertificates = 'required'),
      { target: 'stock', says: ['the client certificate of the gateway, which lb-1/http:80 requires'] },
    ),
    row('unknown', 'whose rules forward to servers of unknown health', ruled, { target: 'stock' }),
    row(
      'unknown',
      'the address of an interface that a service manages',
      (w) => {
        w.integration.targets = { orders: { ref: { address: '10.0.20.77', port: 8080 } } };
        w.copy('interfaces', 'eni-app', {
          id: 'eni-alb',
          addresses: ['10.0.20.77'],
          attachedTo: 'alb-1',
          managed: true,
        });
      },
      { says: ['how the service that owns interface eni-alb handles calls'] },
    ),
  ]);
  checkTable(the('path/security-group'), [
    row('pass', 'members of a basic group reach each other', () => undefined, { evidence: ['sg-link'] }),
    row(
      'fail',
      'unless the group isolates them',
      (w) => {
        w.the('securityGroups', 'sg-link').intraGroup = 'deny';
        w.the('securityGroups', 'sg-link').rules = [];
      },
      { remedy: ['Add an inbound rule to sg-link: tcp 8080 from 10.0.1.0/24'] },
    ),
    row('pass', 'a rule names the group', (w) => apart(w, { securityGroupId: 'sg-link' })),
    row('pass', 'over a peering, a rule names the block of the link', (w) => peered(w, { cidrBlock: '10.0.0.0/16' })),
    row('fail', 'over a peering, a rule names the group of the link', (w) => peered(w, { securityGroupId: 'sg-link' })),
    row(
      'fail',
      'a drop of a lower priority number is evaluated first',
      (w) =>
        apart(
          w,
          { id: 'sgr-ok', cidrBlock: '10.0.0.0/16', priority: 5 },
          { id: 'sgr-drop', cidrBlock: '10.0.1.0/24', action: 'drop', priority: 2 },
        ),
      {
        evidence: ['sgr-drop'],
        says: ['sgr-drop of sg-app drops'],
        remedy: ['Remove sgr-drop from sg-app'],
      },
    ),
    row('pass', 'a drop of a higher priority number has no effect', (w) =>
      apart(w, { cidrBlock: '10.0.0.0/16', priority: 2 }, { cidrBlock: '10.0.0.0/8', action: 'drop', priority: 3 }),
    ),
    row('fail', 'of equal priorities the drop is evaluated first', (w) =>
      apart(w, { cidrBlock: '10.0.0.0/16' }, { cidrBlock: '10.0.0.0/8', action: 'drop' }),
    ),
    row('fail', 'inbound calls that match no rule are denied', (w) => apart(w)),
    row(
      'pass',
      'a basic group allows outbound calls that match no rule',
      (w) => apart(w, { cidrBlock: '10.0.0.0/16' }),
      {
        evidence: ['sg-link'],
      },
    ),
    row(
      'fail',
      'an advanced group denies outbound calls that match no rule',
      (w) => {
        apart(w, { cidrBlock: '10.0.0.0/16' });
        Object.assign(w.the('securityGroups', 'sg-link'), {
          kind: 'enterprise',
          implicit: { in: 'deny', out: 'deny' },
          intraGroup: 'deny',
        });
      },
      { remedy: ['Add an outbound rule to sg-link: tcp 8080 to 10.0.20.0/24'] },
    ),
    row(
      'unknown',
      'a rule whose list of ports was not read',
      (w) => apart(w, { id: 'sgr-list', cidrBlock: '10.0.0.0/16', portListId: 'pl-ports' }),
      { evidence: ['sgr-list'] },
    ),
    row(
      'unknown',
      'a rule that allows inbound calls to some addresses of its own side only',
      (w) => apart(w, { id: 'sgr-5', cidrBlock: '10.0.0.0/16', narrowed: { ownCidrBlock: '10.0.20.99/32' } }),
      { evidence: ['sgr-5'], says: ['at 10.0.20.99/32 on its own side'] },
    ),
    row('fail', 'a rule that drops calls from a few source ports', (w) => dropping(w, '5000/5001'), {
      severity: 'warning',
      evidence: ['sgr-5'],
      says: ['2 of the 64512 source ports (0.003 %)'],
      remedy: ['`ignore`'],
    }),
    row('pass', 'a rule that drops calls from ports that no call comes from', (w) => dropping(w, '22/22')),
    row('pass', 'such a rule after one that allows all', (w) => dropping(w, '5000/5001', 3)),
    row('unknown', 'a rule that drops calls from many ports', (w) => dropping(w, '5000/9999'), {
      evidence: ['sgr-5'],
      says: ['for packets from the ports 5000/9999'],
    }),
    row(
      'unknown',
      'rules that drop calls from many ports together',
      (w) => {
        dropping(w, '5000/5499');
        const { rules } = w.the('securityGroups', 'sg-app');
        rules.push({ ...rules[1], id: 'sgr-6', narrowed: { sourcePorts: '6000/6499' } } as (typeof rules)[number]);
      },
      { says: ['5000/5499'] },
    ),
    row('pass', 'a rule of that kind that decides nothing', (w) =>
      apart(
        w,
        { cidrBlock: '10.0.0.0/16' },
        { cidrBlock: '0.0.0.0/0', narrowed: { sourcePorts: '22/22' }, priority: 2 },
      ),
    ),
    row(
      'unknown',
      'a group that could not be read may drop what another allows',
      (w) => {
        apart(w, { cidrBlock: '10.0.0.0/16' });
        w.the('interfaces', 'eni-app').securityGroupIds.push('sg-hidden');
        w.withhold('securityGroups', 'ecs:DescribeSecurityGroups', 'sg-hidden');
      },
      { remedy: ['ecs:DescribeSecurityGroups'] },
    ),
    row(
      'nothing',
      'an address outside of the accessible blocks is reported by another check',
      (w) =>
        (w.region.allowlists = w.region.allowlists.map((list) => ({ ...list, entries: list.entries.slice(0, 2) }))),
    ),
    row('pass', 'the load balancer is not a member, and rules allow outbound', () => undefined, { target: 'stock' }),
    row(
      'fail',
      'a rule drops outbound calls to the load balancer',
      (w) =>
        w.the('securityGroups', 'sg-link').rules.push({
          id: 'sgr-keep',
          direction: 'out',
          ...ALL,
          cidrBlock: '10.0.20.0/24',
          action: 'drop',
          priority: 1,
        }),
      { target: 'stock', evidence: ['sgr-keep'] },
    ),
  ]);

  checkTable(the('path/transit'), [
    row('unknown', 'a route to an address leads to a CEN router, which is not followed', (w) => {
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
  ]);
  checkTable(the('path/network-acl'), [
    row(
      'fail',
      'the ACL of the backend denies it',
      (w) => {
        w.region.networkAcls = [
          {
            id: 'nacl-1',
            networkId: 'vpc-h',
            entries: [{ direction: 'out', order: 1, action: 'allow', ...ALL, cidrBlock: '0.0.0.0/0' }],
            raw: null,
          },
        ];
        w.the('subnets', 'vsw-app').networkAclId = 'nacl-1';
      },
      { evidence: ['nacl-1'] },
    ),
    row('pass', 'blocks that it never filters', (w) => {
      w.region.networkAcls = [{ id: 'nacl-1', networkId: 'vpc-h', entries: [], exempt: ['10.0.0.0/16'], raw: null }];
      w.the('subnets', 'vsw-app').networkAclId = 'nacl-1';
    }),
    row(
      'pass',
      'it does not filter calls to a load balancer',
      (w) => {
        w.region.networkAcls = [
          {
            id: 'nacl-1',
            networkId: 'vpc-h',
            entries: [
              { direction: 'in', order: 1, action: 'allow', ...ALL, cidrBlock: '100.64.0.0/10' },
              { direction: 'out', order: 1, action: 'allow', ...ALL, cidrBlock: '100.64.0.0/10' },
            ],
            raw: null,
          },
        ];
        w.the('subnets', 'vsw-app').networkAclId = 'nacl-1';
        Object.assign(w.the('targetGroups', 'lb-1:80'), { preservesClientAddress: false });
      },
      { target: 'stock' },
    ),
  ]);

  checkTable(the('path/load-balancer'), [
    row('pass', 'its access control list has the vSwitches', () => undefined, {
      target: 'stock',
      evidence: ['lb-1/http:80', 'acl-1'],
    }),
    row(
      'unknown',
      'the resource of an authorization may be a load balancer that could not be read',
      (w) => w.withhold('loadBalancers', 'slb:DescribeLoadBalancers'),
      { target: 'stock', remedy: ['slb:DescribeLoadBalancers'] },
    ),
    row('unknown', 'the group of a server does not allow the preserved client addresses', kept(), {
      target: 'stock',
      says: ['not documented whether security groups of its servers filter it', 'sg-app'],
      remedy: ['Add an inbound rule to sg-app: tcp 8080 from 10.0.1.0/24'],
    }),
    row('unknown', 'it allows one of the vSwitches', kept('10.0.1.0/24'), { target: 'stock' }),
    row('pass', 'it allows all of them', kept('10.0.0.0/16'), { target: 'stock' }),
    row(
      'pass',
      'a listener of layer 7, whose address requires no rule',
      (w) => {
        kept()(w);
        Object.assign(w.the('targetGroups', 'lb-1:80'), { preservesClientAddress: false });
      },
      { target: 'stock' },
    ),
    row(
      'fail',
      'its access control list lacks one of the vSwitches',
      (w) => Object.assign(w.the('listeners', 'lb-1/http:80').accessControl ?? {}, { cidrBlocks: ['10.0.1.0/24'] }),
      { target: 'stock', remedy: ['Add 10.0.2.0/24 to acl-1'] },
    ),
    row(
      'pass',
      'an empty list allows all callers',
      (w) => Object.assign(w.the('listeners', 'lb-1/http:80').accessControl ?? {}, { cidrBlocks: [] }),
      { target: 'stock' },
    ),
    row(
      'unknown',
      'a list that could not be read',
      (w) => delete w.the('listeners', 'lb-1/http:80').accessControl?.cidrBlocks,
      { target: 'stock' },
    ),
    row('fail', 'the listener is stopped', (w) => (w.the('listeners', 'lb-1/http:80').state = 'stopped'), {
      target: 'stock',
      remedy: ['Start the listener on port 80'],
    }),
    row('fail', 'no listener on the port', (w) => w.remove('listeners', 'lb-1/http:80'), {
      target: 'stock',
      remedy: ['port 80'],
    }),
    row(
      'fail',
      'its servers are unhealthy',
      (w) => w.the('targetGroups', 'lb-1:80').targets?.forEach((one) => Object.assign(one, { health: 'unhealthy' })),
      { target: 'stock' },
    ),
    row(
      'fail',
      'no health check for two servers, of which one does not run',
      (w) => {
        w.copy('instances', 'i-1', { id: 'i-9', addresses: ['10.10.2.99'], state: 'stopped' });
        const unchecked = { port: 8080, zone: 'all', health: 'unavailable' } as const;
        w.the('targetGroups', 'lb-1:80').targets = ['i-1', 'i-9'].map((id) => ({ id, ...unchecked }));
      },
      { target: 'stock', says: ['i-9 is stopped', '1 of 2 targets'], remedy: ['Start i-9'] },
    ),
    row(
      'fail',
      'no health check for a server that does not run',
      (w) => {
        w.the('targetGroups', 'lb-1:80').targets?.forEach((one) => Object.assign(one, { health: 'unavailable' }));
        w.the('instances', 'i-1').state = 'stopped';
      },
      { target: 'stock' },
    ),
  ]);
});

describe('an instance with a group in each zone', () => {
  const zoned = (change: (world: World) => void) => (world: World) => {
    const link = world.the('links', 'apigateway-hz-1');
    link.securityGroupIds = ['sg-link', 'sg-k'];
    world.copy('securityGroups', 'sg-link', { id: 'sg-k' });
    world.region.interfaces = world.region.interfaces.filter(({ linkId }) => linkId === undefined);
    change(world);
  };
  checkTable(the('path/security-group'), [
    row(
      'unknown',
      'the zone of each group is not known',
      zoned(() => undefined),
      { says: ['the security group (of sg-link, sg-k)'] },
    ),
    row(
      'fail',
      'one of the two is not a member of the group of the backend',
      zoned((w) => {
        const zones = [
          { subnetId: 'vsw-j', securityGroupId: 'sg-link' },
          { subnetId: 'vsw-k', securityGroupId: 'sg-k' },
        ];
        Object.assign(w.the('links', 'apigateway-hz-1'), { native: { zones } });
      }),
      { says: ['vsw-k'], remedy: ['from 10.0.2.0/24'] },
    ),
  ]);
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
  checkTable(the('path/security-group'), [
    row(
      'pass',
      'the group allows its block',
      conventional((w) => apart(w, { cidrBlock: '100.64.0.0/10' })),
    ),
    row(
      'fail',
      'the group allows other blocks only',
      conventional((w) => apart(w, { cidrBlock: '10.0.0.0/8' })),
      { says: ['100.104.254.0/26'] },
    ),
    row(
      'unknown',
      'the group allows only a part of its block',
      conventional((w) => apart(w, { cidrBlock: '100.104.254.0/27' })),
      { says: ['100.104.254.0/27 is allowed'] },
    ),
  ]);
  checkTable(the('path/link'), [
    row(
      'unknown',
      'the blocks that it calls from are not known',
      conventional((w) => (w.region.egress = [])),
    ),
  ]);
});

/** The target is an address that only a NAT gateway of the network leads to, by such a route. */
function behindNat(world: World, block: string): void {
  world.integration.targets = { orders: { ref: { address: '10.50.0.9', port: 8080 } } };
  const entries = world.region.allowlists[0]?.entries as object[] | undefined;
  entries?.push({ protocol: 'all', fromPort: 0, toPort: 65_535, cidrBlock: '10.50.0.0/24' });
  route(world, 'vtb-1', block, 'nat', 'ngw-1');
}

describe('hunt M12: a route to a NAT gateway', () => {
  checkTable(the('path/route'), [
    row('unknown', 'of a block: it may be that of a VPC NAT gateway, whose DNAT entries forward it', (w) =>
      behindNat(w, '10.50.0.0/24'),
    ),
  ]);
  checkTable(the('path/outside'), [
    row('fail', 'by default: it leads to the internet', (w) => behindNat(w, '0.0.0.0/0')),
  ]);
});
