import { describe } from 'vitest';
import type { Check } from '../../../src/checks/check.js';
import { pathChecks } from '../../../src/checks/path/index.js';
import { checkTable, type Row } from '../run-check.js';
import { BALANCER, GROUP, LISTENER } from '../aws-region.js';
import { awsWorld, type World } from '../world.js';

const the = (id: string): Check => {
  const found = pathChecks.find((one) => one.id === id);
  if (found === undefined) throw new Error(`no check ${id}`);
  return found;
};

/** A row about the AWS world, changed. */
const row = (
  verdict: Row['verdict'],
  why: string,
  change: (world: World) => void,
  more: Omit<Row, 'verdict' | 'why' | 'world'> = {},
): Row => ({ verdict, why, world: () => awsWorld(change), ...more });

const nothing = (): void => undefined;

/** The link is declared with an allowlist and without groups, and not there yet; the load balancer lets its subnets in. */
const planned =
  (allowlist: readonly string[]) =>
  ({ linkSpec, remove, region, the: named }: World): void => {
    remove('links', region.links[0]?.id ?? '');
    delete linkSpec.id;
    Object.assign(linkSpec, { subnets: ['subnet-a', 'subnet-b'], allowlist });
    const rule = { direction: 'in', protocol: 'tcp', fromPort: 0, toPort: 65_535, cidrBlock: '10.0.0.0/16' } as const;
    named('securityGroups', 'sg-lb').rules.push(rule);
  };
const allPorts = { fromPort: 0, toPort: 65_535 } as const;

/** A second network with one host, and a Cloud Map service that answers with an address of it. */
function secondNetwork(world: World, address = '10.1.1.9'): void {
  const { region } = world;
  world.copy('networks', 'vpc-1', { id: 'vpc-2', cidrBlocks: ['10.1.0.0/16'] });
  world.copy('subnets', 'subnet-a', {
    id: 'subnet-far',
    networkId: 'vpc-2',
    cidrBlock: '10.1.1.0/24',
    routeTableId: 'rtb-2',
    networkAclId: 'acl-2',
  });
  world.copy('routeTables', 'rtb-1', {
    id: 'rtb-2',
    networkId: 'vpc-2',
    routes: [{ cidrBlock: '10.1.0.0/16', nextHop: { kind: 'local' }, state: 'active', origin: 'local' }],
  });
  world.copy('networkAcls', 'acl-1', { id: 'acl-2', networkId: 'vpc-2' });
  world.copy('securityGroups', 'sg-app', {
    id: 'sg-far',
    networkId: 'vpc-2',
    rules: [
      { id: 'sgr-far', direction: 'in', protocol: 'tcp', fromPort: 8080, toPort: 8080, securityGroupId: 'sg-link' },
    ],
  });
  world.copy('interfaces', 'eni-app-a', {
    id: 'eni-far',
    networkId: 'vpc-2',
    subnetId: 'subnet-far',
    addresses: ['10.1.1.9'],
    securityGroupIds: ['sg-far'],
    attachedTo: 'i-far',
  });
  world.the('securityGroups', 'sg-link').rules.push({
    id: 'sgr-far-out',
    direction: 'out',
    protocol: 'tcp',
    fromPort: 8080,
    toPort: 8080,
    cidrBlock: '10.0.0.0/8',
  });
  service(world, address);
  region.whole ??= [];
}

/** Turns the target into a Cloud Map service with one instance. */
function service(world: World, address: string, port = 8080): void {
  const id = 'arn:aws:servicediscovery:eu-west-1:111122223333:service/srv-1';
  world.region.services = [
    { id, name: 'far', healthCheck: 'none', instances: [{ id: 'one', address, port }], raw: null },
  ];
  world.region.targets.push({ kind: 'service', id, name: 'far', resourceType: 'cloud-map', raw: null });
  world.targetSpec.ref = { service: id };
}

function route(
  world: World,
  table: string,
  cidrBlock: string,
  kind: 'peering' | 'transit-gateway' | 'virtual-gateway' | 'nat' | 'interface',
  id: string,
): void {
  world.the('routeTables', table).routes?.push({ cidrBlock, nextHop: { kind, id }, state: 'active', origin: 'static' });
}

function peered(world: World): void {
  secondNetwork(world);
  world.region.peerings = [
    {
      id: 'pcx-1',
      state: 'active',
      nativeState: 'active',
      sides: [
        { networkId: 'vpc-1', account: '111122223333', region: 'eu-west-1', cidrBlocks: ['10.0.0.0/16'] },
        { networkId: 'vpc-2', account: '111122223333', region: 'eu-west-1', cidrBlocks: ['10.1.0.0/16'] },
      ],
      raw: null,
    },
  ];
  route(world, 'rtb-1', '10.1.0.0/16', 'peering', 'pcx-1');
  route(world, 'rtb-2', '10.0.0.0/16', 'peering', 'pcx-1');
}

function transit(world: World): void {
  secondNetwork(world);
  world.copy('subnets', 'subnet-a', { id: 'subnet-gate-a', cidrBlock: '10.0.101.0/28' });
  world.copy('subnets', 'subnet-b', { id: 'subnet-gate-b', cidrBlock: '10.0.102.0/28' });
  const attachment = (id: string, resourceId: string, subnetIds: string[]) =>
    ({
      id,
      kind: 'network',
      resourceId,
      subnetIds,
      state: 'available',
      nativeState: 'available',
      routeTableId: 'tgw-rtb-1',
      securityGroupReferences: true,
    }) as const;
  world.region.transitGateways = [
    {
      id: 'tgw-1',
      state: 'available',
      nativeState: 'available',
      securityGroupReferences: true,
      attachments: [
        { ...attachment('tgw-attach-1', 'vpc-1', ['subnet-gate-a', 'subnet-gate-b']) },
        { ...attachment('tgw-attach-2', 'vpc-2', ['subnet-far']) },
      ],
      routeTables: [
        {
          id: 'tgw-rtb-1',
          routes: [
            { cidrBlock: '10.0.0.0/16', attachmentIds: ['tgw-attach-1'], state: 'active', origin: 'propagated' },
            { cidrBlock: '10.1.0.0/16', attachmentIds: ['tgw-attach-2'], state: 'active', origin: 'propagated' },
          ],
        },
      ],
      raw: null,
    },
  ];
  route(world, 'rtb-1', '10.1.0.0/16', 'transit-gateway', 'tgw-1');
  route(world, 'rtb-2', '10.0.0.0/16', 'transit-gateway', 'tgw-1');
}

/** A data centre behind Direct Connect: 10.8.0.0/16. */
function onPremises(world: World): void {
  service(world, '10.8.1.7', 8080);
  world
    .the('securityGroups', 'sg-link')
    .rules.push({ direction: 'out', protocol: 'tcp', fromPort: 8080, toPort: 8080, cidrBlock: '10.8.0.0/16' });
  world.region.virtualGateways = [
    {
      id: 'vgw-1',
      state: 'available',
      nativeState: 'available',
      networkIds: ['vpc-1'],
      connections: [
        {
          id: 'dxvif-1',
          kind: 'direct-connect',
          state: 'up',
          nativeState: 'available',
          cidrBlocks: ['10.8.0.0/16'],
          via: 'dxgw-1',
        },
      ],
      raw: null,
    },
  ];
  world.the('routeTables', 'rtb-1').routes?.push({
    cidrBlock: '10.8.0.0/16',
    nextHop: { kind: 'virtual-gateway', id: 'vgw-1' },
    state: 'active',
    origin: 'propagated',
  });
}

describe('on AWS', () => {
  checkTable(the('path/link'), [
    row('pass', 'it is ready', nothing, { evidence: ['vlink-1'] }),
    row('fail', 'nobody has used it for sixty days', (w) => (w.the('links', 'vlink-1').state = 'inactive'), {
      remedy: ['Send a request'],
    }),
    row('unknown', 'it is being made', (w) => (w.the('links', 'vlink-1').state = 'pending')),
    row('unknown', 'a subnet could not be read', (w) => w.withhold('subnets', 'ec2:DescribeSubnets', 'subnet-a'), {
      remedy: ['ec2:DescribeSubnets'],
    }),
    row('unknown', 'the target has IPv6 addresses only', (w) => service(w, '2001:db8::7')),
  ]);

  checkTable(the('path/security-group'), [
    row('pass', 'a link that is not there yet gets a group that lets its allowlist out', planned(['10.0.0.0/16'])),
    row('fail', 'a link that is not there yet, and an allowlist without the backend', planned(['10.9.0.0/16']), {
      severity: 'error',
      says: ['no rule of the allowlist of link eu'],
    }),
    row('pass', 'both sides let it through', nothing, { evidence: ['sgr-link-out', 'sgr-lb-in'] }),
    row('fail', 'the link has no outbound rule', (w) => (w.the('securityGroups', 'sg-link').rules = []), {
      evidence: ['sg-link'],
      remedy: ['Add an outbound rule to sg-link: tcp 443 to sg-lb'],
    }),
    row('fail', 'the outbound rule is about another port', (w) =>
      Object.assign(w.the('securityGroups', 'sg-link').rules[0] ?? {}, { fromPort: 80, toPort: 80 }),
    ),
    row(
      'fail',
      'the load balancer lets another group in',
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
    row('pass', 'two blocks together hold the subnet', (w) => {
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
      'a rule holds only a part of the subnet, and the addresses are not known',
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
      { says: ['10.0.2.0/25 gets through, 10.0.2.128/25 does not'] },
    ),
    row('pass', 'a rule holds only a part of the subnet, and the address is in it', (w) => {
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
    row('fail', 'a rule holds only a part of the subnet, and the address is not in it', (w) => {
      w.the('securityGroups', 'sg-lb').rules[0] = {
        direction: 'in',
        protocol: 'tcp',
        fromPort: 443,
        toPort: 443,
        cidrBlock: '10.0.1.0/29',
      };
    }),
    row('pass', 'a prefix list holds the subnets', (w) => {
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
    row('pass', 'the load balancer has no groups, which filters nothing', (w) => {
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
        says: ['entry 50 of acl-1 denies tcp 443'],
        remedy: ['before 50: out allow tcp 443 to 10.0.11.0/24'],
      },
    ),
    row('pass', 'an entry behind it denies', (w) =>
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
      'no entry is about the way in',
      (w) =>
        (w.the('networkAcls', 'acl-1').entries = w
          .the('networkAcls', 'acl-1')
          .entries?.filter(({ direction }) => direction === 'out')),
      { says: ['no entry of acl-1 lets tcp 443 in'] },
    ),
    row('pass', 'a subnet without an ACL', (w) => w.region.subnets.forEach((one) => (one.networkAclId = null))),
    row('nothing', 'within one subnet none is met', (w) => {
      w.the('links', 'vlink-1').subnetIds = ['subnet-lb-a'];
      w.region.interfaces = w.region.interfaces.filter(({ id }) => id !== 'eni-lb-b');
      w.the('networkAcls', 'acl-1').entries = [];
    }),
    row('unknown', 'ACLs could not be read', (w) => w.withhold('networkAcls', 'ec2:DescribeNetworkAcls'), {
      remedy: ['ec2:DescribeNetworkAcls'],
    }),
  ]);

  checkTable(the('path/route'), [
    row('pass', 'the local route', nothing, { evidence: ['rtb-1'] }),
    row(
      'fail',
      'a blackhole is more specific',
      (w) =>
        w.the('routeTables', 'rtb-1').routes?.push({
          cidrBlock: '10.0.11.0/24',
          nextHop: { kind: 'interface', id: 'eni-gone' },
          state: 'blackhole',
          origin: 'static',
        }),
      { says: ['blackhole'] },
    ),
    row('pass', 'what is propagated never goes before a local route', (w) =>
      w.the('routeTables', 'rtb-1').routes?.push({
        cidrBlock: '10.0.11.0/24',
        nextHop: { kind: 'virtual-gateway', id: 'vgw-1' },
        state: 'blackhole',
        origin: 'propagated',
      }),
    ),
    row('unknown', 'a machine forwards', (w) => {
      w.copy('interfaces', 'eni-app-a', { id: 'eni-box', addresses: ['10.0.11.99'], sourceDestinationCheck: false });
      route(w, 'rtb-1', '10.0.11.0/24', 'interface', 'eni-box');
    }),
    row(
      'fail',
      'a machine drops what is not for itself',
      (w) => {
        w.copy('interfaces', 'eni-app-a', { id: 'eni-box', addresses: ['10.0.11.99'], sourceDestinationCheck: true });
        route(w, 'rtb-1', '10.0.11.0/24', 'interface', 'eni-box');
      },
      { remedy: ['source/destination check'] },
    ),
    row(
      'fail',
      'the peer is there, the route is not',
      (w) => {
        peered(w);
        w.the('routeTables', 'rtb-1').routes?.pop();
      },
      { remedy: ['Add a route for 10.1.1.9/32 to rtb-1'] },
    ),
    row(
      'fail',
      'nobody has the address',
      (w) => {
        peered(w);
        service(w, '10.1.1.10');
      },
      { says: ['10.1.1.10'] },
    ),
    row('unknown', 'route tables could not be read', (w) => w.withhold('routeTables', 'ec2:DescribeRouteTables'), {
      remedy: ['ec2:DescribeRouteTables'],
    }),
  ]);

  checkTable(the('path/outside'), [
    row('nothing', 'the target is in the network', nothing),
    row('fail', 'nothing leads there', (w) => service(w, '172.31.4.4'), {
      remedy: ['VPN gateway or peering, not a link'],
    }),
    row(
      'fail',
      'only the internet leads there',
      (w) => {
        service(w, '172.31.4.4');
        route(w, 'rtb-1', '0.0.0.0/0', 'nat', 'nat-1');
      },
      { remedy: ['not a link'] },
    ),
    row('pass', 'a peer has it', peered),
    row('pass', 'a peer has it, without a route', (w) => {
      peered(w);
      w.the('routeTables', 'rtb-1').routes?.pop();
    }),
    row('nothing', 'peerings could not be read', (w) => {
      service(w, '172.31.4.4');
      w.withhold('peerings', 'ec2:DescribeVpcPeeringConnections');
    }),
  ]);

  checkTable(the('path/peering'), [
    row('pass', 'it is active', peered, { evidence: ['pcx-1'] }),
    row(
      'fail',
      'nobody has accepted it',
      (w) => {
        peered(w);
        Object.assign(w.the('peerings', 'pcx-1'), { state: 'pending', nativeState: 'pending-acceptance' });
      },
      { says: ['pending-acceptance'] },
    ),
    row(
      'fail',
      'it carries nothing onward',
      (w) => {
        peered(w);
        service(w, '10.9.0.1');
        route(w, 'rtb-1', '10.9.0.0/16', 'peering', 'pcx-1');
      },
      { remedy: ['carries nothing onward'] },
    ),
    row('unknown', "the network behind it is another account's", (w) => {
      peered(w);
      w.the('peerings', 'pcx-1').sides[1].account = '999900001111';
      w.remove('networks', 'vpc-2');
    }),
    row(
      'unknown',
      'peerings could not be read',
      (w) => {
        peered(w);
        w.withhold('peerings', 'ec2:DescribeVpcPeeringConnections');
      },
      { remedy: ['ec2:DescribeVpcPeeringConnections'] },
    ),
  ]);

  checkTable(the('path/transit'), [
    row('pass', 'it leads there', transit, { evidence: ['tgw-rtb-1'] }),
    row(
      'fail',
      'no subnet of the attachment is in the zone',
      (w) => {
        transit(w);
        const [one] = w.the('transitGateways', 'tgw-1').attachments ?? [];
        if (one) one.subnetIds = ['subnet-gate-a'];
      },
      { remedy: ['Add a subnet of vpc-1 in euw1-az2'] },
    ),
    row(
      'fail',
      'the route is a blackhole',
      (w) => {
        transit(w);
        w.the('transitGateways', 'tgw-1').routeTables?.[0]?.routes?.push({
          cidrBlock: '10.1.1.0/24',
          attachmentIds: [],
          state: 'blackhole',
          origin: 'static',
        });
      },
      { says: ['blackhole'] },
    ),
    row(
      'fail',
      'no route leads there',
      (w) => {
        transit(w);
        w.the('transitGateways', 'tgw-1').routeTables?.[0]?.routes?.pop();
      },
      { remedy: ['Add a route for 10.1.1.9'] },
    ),
    row(
      'fail',
      'the attachment has no route table',
      (w) => {
        transit(w);
        const [one] = w.the('transitGateways', 'tgw-1').attachments ?? [];
        if (one) delete one.routeTableId;
      },
      { remedy: ['Associate'] },
    ),
    row(
      'unknown',
      'its route tables could not be read',
      (w) => {
        transit(w);
        delete w.the('transitGateways', 'tgw-1').routeTables;
        w.region.gaps.push({
          what: 'route tables of tgw-1',
          operation: 'SearchTransitGatewayRoutes',
          code: 'PERMISSION_DENIED',
          permission: 'ec2:SearchTransitGatewayRoutes',
          of: 'transitGateways',
          id: 'tgw-1',
        });
      },
      { remedy: ['ec2:SearchTransitGatewayRoutes'] },
    ),
  ]);

  checkTable(the('path/on-premises'), [
    row('pass', 'the line is up and leads there', onPremises, { evidence: ['vgw-1'] }),
    row(
      'fail',
      'the gateway is not attached',
      (w) => {
        onPremises(w);
        w.the('virtualGateways', 'vgw-1').networkIds = [];
      },
      { says: ['not attached to vpc-1'] },
    ),
    row(
      'fail',
      'the line is down',
      (w) => {
        onPremises(w);
        Object.assign(w.the('virtualGateways', 'vgw-1').connections?.[0] ?? {}, { state: 'down', nativeState: 'down' });
      },
      { remedy: ['Bring dxvif-1 up'] },
    ),
    row('fail', 'no line leads there', (w) => {
      onPremises(w);
      Object.assign(w.the('virtualGateways', 'vgw-1').connections?.[0] ?? {}, { cidrBlocks: ['10.9.0.0/16'] });
    }),
    row('pass', 'what lies behind the line is only known by the route that it propagates', (w) => {
      onPremises(w);
      delete w.the('virtualGateways', 'vgw-1').connections?.[0]?.cidrBlocks;
    }),
    row('unknown', 'what lies behind the line is not known', (w) => {
      onPremises(w);
      delete w.the('virtualGateways', 'vgw-1').connections?.[0]?.cidrBlocks;
      for (const one of w.the('routeTables', 'rtb-1').routes ?? [])
        if (one.origin === 'propagated') one.origin = 'static';
    }),
  ]);

  checkTable(the('path/return'), [
    row('pass', 'answers come back', nothing),
    row(
      'fail',
      'some of the ports are denied',
      (w) =>
        w.the('networkAcls', 'acl-1').entries?.push({
          direction: 'out',
          order: 50,
          action: 'deny',
          protocol: 'tcp',
          fromPort: 5_000,
          toPort: 5_100,
          cidrBlock: '10.0.1.0/24',
        }),
      {
        says: ['denies tcp 5000-5100'],
        remedy: ['before 50: out allow tcp 1024-65535 to 10.0.1.0/24'],
      },
    ),
    row(
      'fail',
      'only the port that is called is open',
      (w) =>
        (w.the('networkAcls', 'acl-1').entries = [
          {
            direction: 'out',
            order: 100,
            action: 'allow',
            protocol: 'tcp',
            fromPort: 443,
            toPort: 443,
            cidrBlock: '0.0.0.0/0',
          },
          {
            direction: 'out',
            order: 110,
            action: 'allow',
            protocol: 'tcp',
            fromPort: 8080,
            toPort: 65_535,
            cidrBlock: '0.0.0.0/0',
          },
          { direction: 'in', order: 100, action: 'allow', protocol: 'all', ...allPorts, cidrBlock: '0.0.0.0/0' },
        ]),
      { says: ['tcp 1024-8079'] },
    ),
    row(
      'fail',
      'the peer has no route back',
      (w) => {
        peered(w);
        w.the('routeTables', 'rtb-2').routes?.pop();
      },
      { evidence: ['rtb-2'], remedy: ['to rtb-2'] },
    ),
    row('unknown', 'routers outside the cloud', onPremises, { says: ['behind vgw-1'], remedy: ['assume.returnPaths'] }),
    row(
      'pass',
      'routers outside the cloud, of which the spec says it',
      (w) => {
        onPremises(w);
        w.spec.assume = { returnPaths: ['10.8.0.0/16'] };
      },
      { evidence: ['assume.returnPaths[0]'] },
    ),
    row('unknown', 'the spec says it of other ones', (w) => {
      onPremises(w);
      w.spec.assume = { returnPaths: ['10.9.0.0/16'] };
    }),
  ]);

  checkTable(the('path/load-balancer'), [
    row('pass', 'it hands calls on', nothing, { evidence: [LISTENER, GROUP] }),
    row('fail', 'it is not active', (w) =>
      Object.assign(w.the('loadBalancers', BALANCER), { active: false, state: 'failed' }),
    ),
    row(
      'fail',
      'nobody is healthy',
      (w) =>
        w
          .the('targetGroups', GROUP)
          .targets?.forEach((one) => Object.assign(one, { health: 'unhealthy', reason: 'Target.Timeout' })),
      { says: ['Target.Timeout'] },
    ),
    row('pass', 'one is healthy', (w) =>
      Object.assign(w.the('targetGroups', GROUP).targets?.[0] ?? {}, { health: 'unhealthy' }),
    ),
    row(
      'fail',
      'nobody in the zone is healthy',
      (w) => {
        Object.assign(w.the('targetGroups', GROUP).targets?.[0] ?? {}, { health: 'unhealthy' });
        Object.assign(w.the('targetGroups', GROUP), { crossZone: false });
      },
      { says: ['euw1-az1'], remedy: ['cross-zone'] },
    ),
    row('unknown', 'whether it balances across zones is not known', (w) => {
      Object.assign(w.the('targetGroups', GROUP).targets?.[0] ?? {}, { health: 'unhealthy' });
      delete w.the('targetGroups', GROUP).crossZone;
      delete w.the('loadBalancers', BALANCER).crossZone;
    }),
    row('fail', 'its targets do not let it in', (w) => (w.the('securityGroups', 'sg-app').rules = []), {
      remedy: ['Add an inbound rule to sg-app: tcp 8080 from sg-lb'],
    }),
    row(
      'fail',
      'its targets see the caller, and do not let it in',
      (w) =>
        Object.assign(w.the('targetGroups', GROUP), { preservesClientAddress: true }) &&
        Object.assign(w.the('securityGroups', 'sg-app').rules[0] ?? {}, { securityGroupId: 'sg-link' }),
    ),
    row('pass', 'its targets see the caller, and let its subnets in', (w) => {
      Object.assign(w.the('targetGroups', GROUP), { preservesClientAddress: true });
      w.the('securityGroups', 'sg-app').rules[0] = {
        direction: 'in',
        protocol: 'tcp',
        fromPort: 8080,
        toPort: 8080,
        cidrBlock: '10.0.0.0/22',
      };
    }),
    row(
      'unknown',
      'the health of targets could not be read',
      (w) => {
        delete w.the('targetGroups', GROUP).targets;
        w.region.gaps.push({
          what: 'health',
          operation: 'DescribeTargetHealth',
          code: 'PERMISSION_DENIED',
          permission: 'elasticloadbalancing:DescribeTargetHealth',
          of: 'targetGroups',
          id: GROUP,
        });
      },
      { remedy: ['elasticloadbalancing:DescribeTargetHealth'] },
    ),
    row(
      'unknown',
      'target groups could not be read',
      (w) => w.withhold('targetGroups', 'elasticloadbalancing:DescribeTargetGroups'),
      { remedy: ['DescribeTargetGroups'] },
    ),
  ]);
});
