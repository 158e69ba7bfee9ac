import { describe } from 'vitest';
import { checkTable } from '../run-check.js';
import { awsWorld, type World, aws } from '../world.js';
import { onPremises, peered, route, service, the, transit } from './aws-rows.js';

/** Two prefix lists with the block of the second network, each with its own next hop. */
function twoLists(world: World, hops: readonly (readonly ['peering' | 'internet', string])[]): void {
  peered(world);
  world.the('routeTables', 'rtb-1').routes?.pop();
  world.region.prefixLists = hops.map((_, at) => ({
    id: `pl-${at}`,
    name: `list ${at}`,
    cidrBlocks: ['10.1.0.0/16'],
    raw: null,
  }));
  for (const [at, [kind, id]] of hops.entries()) {
    world.the('routeTables', 'rtb-1').routes?.push({
      prefixListId: `pl-${at}`,
      nextHop: { kind, id },
      state: 'active',
      origin: 'static',
    });
  }
}

const toAttachment = (cidrBlock: string, id: string) => ({
  cidrBlock,
  attachmentIds: [id],
  state: 'active' as const,
  origin: 'static' as const,
});

/** The transit gateway routes to a VPC that does not have the address; `onward` is the route of that VPC for it. */
function inspected(world: World, onward: 'endpoint' | 'interface' | undefined): void {
  transit(world);
  service(world, '10.77.0.9');
  route(world, 'rtb-1', '10.77.0.0/16', 'transit-gateway', 'tgw-1');
  world.the('transitGateways', 'tgw-1').routeTables?.[0]?.routes?.push(toAttachment('10.77.0.0/16', 'tgw-attach-2'));
  if (onward !== undefined) route(world, 'rtb-2', '10.77.0.0/16', onward, `${onward}-1`);
}

/** The gateway has another table for the VPC that routes back to it. */
function backByTable(world: World, routes: readonly ReturnType<typeof toAttachment>[]): void {
  inspected(world, undefined);
  route(world, 'rtb-2', '10.77.0.0/16', 'transit-gateway', 'tgw-1');
  const gateway = world.the('transitGateways', 'tgw-1');
  Object.assign(gateway.attachments?.[1] ?? {}, { routeTableId: 'tgw-rtb-2' });
  gateway.routeTables?.push({ id: 'tgw-rtb-2', routes: [...routes] });
}

/** The gateway routes the second network back to the first one, whose attachment subnets have their own table. */
function backHome(world: World): void {
  transit(world);
  world.the('transitGateways', 'tgw-1').routeTables?.[0]?.routes?.push(toAttachment('10.1.1.0/24', 'tgw-attach-1'));
  world.copy('routeTables', 'rtb-1', { id: 'rtb-gate', main: false, routes: [] });
  for (const gate of ['subnet-gate-a', 'subnet-gate-b']) world.the('subnets', gate).routeTableId = 'rtb-gate';
  route(world, 'rtb-gate', '10.1.0.0/16', 'transit-gateway', 'tgw-1');
}

/** The two networks are peered, and the second one has no route back. */
function noReturnRoute(world: World): void {
  peered(world);
  world.the('routeTables', 'rtb-2').routes?.pop();
}

/** The two networks are peered, and the second one routes answers to an on-premises connection. */
function backOverLine(world: World): void {
  onPremises(world);
  peered(world);
  const connection = {
    id: 'vpn-2',
    kind: 'vpn' as const,
    state: 'up' as const,
    nativeState: 'UP',
    cidrBlocks: ['10.0.0.0/16'],
  };
  const [gateway] = world.region.virtualGateways ?? [];
  if (gateway === undefined) throw new Error('no virtual gateway');
  world.region.virtualGateways?.push({ ...gateway, id: 'vgw-2', networkIds: ['vpc-2'], connections: [connection] });
  world.the('routeTables', 'rtb-2').routes?.pop();
  route(world, 'rtb-2', '10.0.0.0/16', 'virtual-gateway', 'vgw-2');
}

/** Calls to the second network go to a NAT gateway; the table of its subnet has a route over the peering, or none. */
function behindNat(world: World, leadsOn: boolean): void {
  peered(world);
  world.the('routeTables', 'rtb-1').routes?.pop();
  world.copy('routeTables', 'rtb-1', { id: 'rtb-nat', main: false, routes: [] });
  route(world, 'rtb-1', '10.1.0.0/16', 'nat', 'nat-1');
  if (leadsOn) route(world, 'rtb-nat', '10.1.0.0/16', 'peering', 'pcx-1');
}

describe('next hops that forward to private addresses', () => {
  checkTable(the('path/route'), {
    'the local route': [aws(), 'pass PASSED'],
    'the endpoint of a firewall or of a Gateway Load Balancer, within the network': [
      aws((w) => route(w, 'rtb-1', '10.0.11.0/24', 'endpoint', 'vpce-1')),
      'unknown NOT_FOLLOWED',
      'vpce-1',
    ],
    'a NAT gateway, which may be a private one': [aws((w) => behindNat(w, true)), 'unknown NOT_FOLLOWED', 'nat-1'],
    'a NAT gateway on the path within the network': [
      aws((w) => {
        behindNat(w, false);
        w.the('routeTables', 'rtb-nat').routes = w.the('routeTables', 'rtb-1').routes?.slice(0, 1);
        route(w, 'rtb-1', '10.0.11.0/24', 'nat', 'nat-1');
        service(w, '10.0.11.9');
      }),
      'unknown NOT_FOLLOWED',
    ],
    'a NAT gateway of a network without a route to the target': [
      aws((w) => behindNat(w, false)),
      'error ROUTE_LEADS_AWAY',
      'nat-1',
    ],
    'two prefix lists with one block, of which one does not reach it': [
      aws((w) =>
        twoLists(w, [
          ['peering', 'pcx-1'],
          ['internet', 'igw-1'],
        ]),
      ),
      'unknown SEVERAL_NEXT_HOPS',
      ['pl-0 and pl-1', 'at random'],
    ],
    'two prefix lists with one block, listed in the other order': [
      aws((w) =>
        twoLists(w, [
          ['internet', 'igw-1'],
          ['peering', 'pcx-1'],
        ]),
      ),
      'unknown SEVERAL_NEXT_HOPS',
      'at random',
    ],
    'two prefix lists with routes to different networks': [
      aws((w) => {
        twoLists(w, [
          ['peering', 'pcx-1'],
          ['peering', 'pcx-2'],
        ]);
        const [first] = w.region.peerings ?? [];
        const sides = first?.sides.map((side) => (side.networkId === 'vpc-2' ? { ...side, networkId: 'vpc-3' } : side));
        w.copy('networks', 'vpc-2', { id: 'vpc-3' });
        if (first !== undefined) w.region.peerings?.push({ ...first, id: 'pcx-2', sides: sides as typeof first.sides });
      }),
      'unknown SEVERAL_NEXT_HOPS',
      ['pl-0 and pl-1', 'at random'],
    ],
    'two prefix lists of which neither reaches the target': [
      aws((w) =>
        twoLists(w, [
          ['internet', 'igw-1'],
          ['internet', 'igw-2'],
        ]),
      ),
      'error ROUTE_LEADS_AWAY',
    ],
    'two prefix lists with one next hop': [
      aws((w) =>
        twoLists(w, [
          ['peering', 'pcx-1'],
          ['peering', 'pcx-1'],
        ]),
      ),
      'pass PASSED',
    ],
  });

  checkTable(the('path/return'), {
    'path/return: no return route, and the only peering of the two networks is named': [
      aws(noReturnRoute),
      'error NO_ROUTE',
      { remedy: 'to rtb-2 with the next hop pcx-1.' },
    ],
    'path/return: no return route, and several peerings are possible': [
      aws((w) => {
        noReturnRoute(w);
        const [first] = w.region.peerings ?? [];
        if (first !== undefined) w.region.peerings?.push({ ...first, id: 'pcx-2' });
      }),
      'error NO_ROUTE',
      { remedy: 'to rtb-2.' },
    ],
    'path/return: the answer leaves the cloud by a connection, and whether it returns is not known': [
      aws(backOverLine),
      'unknown NOT_READ',
      { says: 'behind vgw-2', remedy: 'Route subnet-a (10.0.1.0/24) back to vpc-1' },
    ],
    'path/return: the network of the link was not read, and a transit gateway routes the answer to it': [
      aws(transit, { 'networks.vpc-1': undefined }),
      'unknown NOT_READ',
      'the path behind tgw-attach-1 in vpc-1',
    ],
  });

  checkTable(the('path/transit'), {
    'into an inspection VPC, whose firewall forwards what it allows': [
      aws((w) => inspected(w, 'endpoint')),
      'unknown NOT_READ',
    ],
    'into an inspection VPC with its own appliance': [aws((w) => inspected(w, 'interface')), 'unknown NOT_READ'],
    'into a VPC with an interface that accepts packets for its own addresses only': [
      aws((w) => {
        inspected(w, 'interface');
        w.copy('interfaces', 'eni-app-a', { id: 'interface-1', networkId: 'vpc-2', sourceDestinationCheck: true });
      }),
      'error TRANSIT_LEADS_ELSEWHERE',
      {
        says: 'interface-1, whose source/destination check',
        remedy: 'Disable the source/destination check of interface-1',
      },
    ],
    'into a VPC that also has no route for the address': [
      aws((w) => inspected(w, undefined)),
      'error TRANSIT_LEADS_ELSEWHERE',
    ],
    'back into the first network, whose routes lead to the gateway: a loop': [
      aws(backHome),
      'error TRANSIT_LEADS_ELSEWHERE',
      {
        says: 'tgw-1, in a loop',
        evidence: 'tgw-attach-1',
        remedy: 'Add a route for 10.1.1.9 to the attachment of its network',
      },
    ],
    'back into the first network, where a firewall before the gateway may route it': [
      aws((w) => {
        backHome(w);
        route(w, 'rtb-gate', '10.1.1.0/24', 'endpoint', 'vpce-1');
      }),
      'unknown NOT_READ',
    ],
    'back into the first network, where one of two equal routes leads to a firewall': [
      aws((w) => {
        backHome(w);
        route(w, 'rtb-gate', '10.1.0.0/16', 'endpoint', 'vpce-1');
      }),
      'unknown NOT_READ',
    ],
    'back into the first network, by subnets whose routes were not read': [
      aws(backHome, { 'routeTables.rtb-gate': undefined }),
      'unknown NOT_READ',
    ],
    'into a VPC that routes it to the gateway, which has another table for that VPC': [
      aws((w) => backByTable(w, [toAttachment('10.77.0.0/16', 'tgw-attach-3')])),
      'unknown NOT_READ',
    ],
    'into a VPC that routes it to the gateway, which drops it': [
      aws((w) => backByTable(w, [])),
      'error TRANSIT_LEADS_ELSEWHERE',
    ],
  });
});

/** The route to a subnet has a host of it as next hop, which drops packets for other addresses. */
function toOwner(world: World, kind: 'interface' | 'instance', address = '10.0.11.20'): void {
  service(world, address);
  const all = { protocol: 'tcp', fromPort: 0, toPort: 65_535, cidrBlock: '10.0.0.0/16' } as const;
  world.the('securityGroups', 'sg-link').rules.push({ id: 'sgr-all-out', direction: 'out', ...all });
  world.the('securityGroups', 'sg-app').rules.push({ id: 'sgr-all-in', direction: 'in', ...all });
  Object.assign(world.the('interfaces', 'eni-app-a'), { sourceDestinationCheck: true, primary: true });
  route(world, 'rtb-1', '10.0.11.0/24', kind, kind === 'interface' ? 'eni-app-a' : 'i-1');
}

describe('a route to the host that has the address', () => {
  checkTable(the('path/route'), {
    'by its interface': [aws((w) => toOwner(w, 'interface')), 'pass PASSED'],
    'by its instance': [aws((w) => toOwner(w, 'instance')), 'pass PASSED'],
    'by an interface that drops packets for the address': [
      aws((w) => toOwner(w, 'interface', '10.0.11.21')),
      'error NEXT_HOP_DROPS',
      ['eni-app-a', '10.0.11.21'],
    ],
    'the address is one of a block that was delegated to the interface': [
      aws((w) => {
        toOwner(w, 'interface', '10.0.11.35');
        w.the('interfaces', 'eni-app-a').prefixes = ['10.0.11.32/28'];
      }),
      'pass PASSED',
    ],
    // Its other addresses would be dropped, and it gets another one at any time.
    'a load balancer, one of whose addresses the interface has not': [
      aws((w) => {
        Object.assign(w.the('interfaces', 'eni-app-a'), { sourceDestinationCheck: true });
        route(w, 'rtb-1', '10.0.11.0/24', 'interface', 'eni-app-a');
      }),
      'error NEXT_HOP_DROPS',
    ],
  });
});

/** The targets are in subnets of their own, to which an endpoint of a firewall is the next hop; their network ACL denies answers. */
function targetsBehindEndpoint(world: World): void {
  for (const zone of ['a', 'b']) {
    const cidrBlock = zone === 'a' ? '10.0.21.0/24' : '10.0.22.0/24';
    world.copy('subnets', `subnet-lb-${zone}`, { id: `subnet-app-${zone}`, cidrBlock, networkAclId: 'acl-app' });
    const own = world.the('interfaces', `eni-app-${zone}`);
    own.subnetId = `subnet-app-${zone}`;
    own.addresses = [zone === 'a' ? '10.0.21.20' : '10.0.22.20'];
    route(world, 'rtb-1', cidrBlock, 'endpoint', 'vpce-1');
  }
  const acl = world.copy('networkAcls', 'acl-1', { id: 'acl-app' });
  acl.entries = acl.entries?.filter(({ direction }) => direction === 'in');
}

/** The load balancer forwards to one address, with or without the addresses of its clients. */
function balanced(world: World, id: string): void {
  const { ref } = awsWorld().targetSpec;
  world.targetSpec.ref = ref;
  const targets = [{ id, port: 8080, zone: 'all', health: 'healthy' }];
  for (const group of world.region.targetGroups ?? []) Object.assign(group, { kind: 'address', targets });
  const all = { direction: 'out', protocol: 'tcp', fromPort: 0, toPort: 65_535, cidrBlock: '0.0.0.0/0' } as const;
  world.the('securityGroups', 'sg-lb').rules.push({ id: 'sgr-lb-out', ...all });
}

describe('between a load balancer and its targets', () => {
  /** Through a transit gateway with an inspection VPC, which leads on. */
  const through = (onward: 'endpoint' | 'interface') =>
    aws(
      (w) => inspected(w, onward),
      (w) => balanced(w, '10.77.0.9'),
    );
  const nat = (leadsOn: boolean) =>
    aws(
      (w) => behindNat(w, leadsOn),
      (w) => balanced(w, '10.1.1.9'),
    );
  checkTable(the('path/load-balancer'), {
    'a firewall on the way, whose own address the answers may go to': [
      aws(targetsBehindEndpoint),
      'unknown NOT_FOLLOWED',
      'vpce-1',
    ],
    'an inspection VPC, which leads on by its endpoint': [through('endpoint'), 'unknown NOT_READ'],
    'an inspection VPC, which leads on by its interface': [through('interface'), 'unknown NOT_READ'],
    'a private NAT gateway, behind which a route leads on': [nat(true), 'unknown NOT_FOLLOWED'],
    'a private NAT gateway, behind which no route leads on': [nat(false), 'error ROUTE_LEADS_AWAY'],
  });
});
