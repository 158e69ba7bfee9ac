import { describe } from 'vitest';
import { networkOverlap } from '../../../../src/check/checks/cidr/network-overlap.js';
import { outsideNetwork } from '../../../../src/check/checks/cidr/outside-network.js';
import { targetOutside } from '../../../../src/check/checks/cidr/target-outside.js';
import type { RouteEntry } from '../../../../src/do/model/routing.js';
import { checkTable } from '../run-check.js';
import { useConventional } from '../target/backends.js';
import { alibabaWorld, awsWorld, type World } from '../world.js';

/** A block that exists on the cloud. */
const allowed = (cidrBlock: string) => (world: World) => {
  world.region.allowlists[0]?.entries.push({ cidrBlock, protocol: 'all', fromPort: 0, toPort: 65_535 });
};
/** What the spec lists. */
const listed =
  (...allowlist: string[]) =>
  (world: World) => {
    Object.assign(world.linkSpec, { allowlist });
  };
const route = (entry: Partial<RouteEntry>) => (world: World) => {
  const base = { nextHop: { kind: 'vpn-gateway', id: 'vpn-1' }, state: 'active', origin: 'static' } as const;
  world.region.routeTables?.[0]?.routes?.push({ ...base, ...entry });
};
/** The table of a NAT gateway's own subnet. */
const natTable = (cidrBlock: string) => (world: World) => {
  const nextHop = { kind: 'peering', id: 'pcx-9' } as const;
  const [first] = world.region.routeTables ?? [];
  const routes = [{ cidrBlock, nextHop, state: 'active', origin: 'static' } as const];
  world.copy('routeTables', first?.id ?? '', { id: 'table-nat', main: false, routes });
};
const all =
  (...changes: ((world: World) => void)[]) =>
  (world: World) => {
    for (const change of changes) change(world);
  };

describe('cidr/outside-network', () => {
  checkTable(outsideNetwork, [
    { why: 'inside', world: () => alibabaWorld(), verdict: 'pass', subject: 'link eu, 10.0.20.0/24' },
    { why: 'no allowlist', world: () => awsWorld(), verdict: 'nothing' },
    {
      why: 'outside, and routed',
      world: () => alibabaWorld(all(allowed('172.20.0.0/24'), route({ cidrBlock: '172.20.0.0/16' }))),
      verdict: 'pass',
    },
    {
      why: 'outside, and not routed',
      world: () => alibabaWorld(allowed('172.20.0.0/24')),
      verdict: 'fail',
      severity: 'error',
      subject: 'link eu, 172.20.0.0/24',
      evidence: ['172.20.0.0/24', 'vpc-h', 'vtb-1'],
      remedy: ['add a route for 172.20.0.0/24 to vtb-1', 'or run `postern revoke eu'],
    },
    {
      why: 'Show 5: a declared target is in it, so that it must not be removed',
      world: () =>
        alibabaWorld((world) => {
          allowed('172.20.0.0/24')(world);
          world.targetSpec.ref = { address: '172.20.0.9', port: 8080 };
        }),
      verdict: 'fail',
      remedy: ['add a route for 172.20.0.0/24 to vtb-1: target orders is in this block.'],
    },
    {
      why: 'outside, in a spec of AWS',
      world: () => awsWorld(listed('10.9.0.0/16')),
      verdict: 'fail',
      remedy: ['remove 10.9.0.0/16 from links.eu.allowlist'],
    },
    {
      why: 'on AWS, a wider block that contains the network, which is reached',
      world: () => awsWorld(listed('10.0.0.0/8')),
      verdict: 'fail',
      severity: 'warning',
      says: ['wider than what link eu can reach'],
      evidence: ['10.0.0.0/8', 'vpc-1', 'rtb-1'],
      remedy: ['Write the blocks that the backends are in instead, and remove 10.0.0.0/8'],
    },
    {
      why: 'on AWS, a wider block that contains a routed block',
      world: () => awsWorld(all(listed('172.20.0.0/15'), route({ cidrBlock: '172.20.0.0/16' }))),
      verdict: 'fail',
      severity: 'warning',
    },
    {
      why: 'routed in part',
      world: () => alibabaWorld(all(allowed('172.20.0.0/15'), route({ cidrBlock: '172.20.0.0/16' }))),
      verdict: 'fail',
      severity: 'error',
    },
    {
      why: 'a blackhole route does not reach it',
      world: () =>
        alibabaWorld(all(allowed('172.20.0.0/24'), route({ cidrBlock: '172.20.0.0/16', state: 'blackhole' }))),
      verdict: 'fail',
    },
    {
      why: 'a blackhole route within a wider route',
      world: () =>
        alibabaWorld(
          all(
            allowed('172.20.0.0/24'),
            route({ cidrBlock: '172.16.0.0/12' }),
            route({ cidrBlock: '172.20.0.0/25', state: 'blackhole' }),
          ),
        ),
      verdict: 'fail',
    },
    {
      why: 'a route within a wider blackhole route',
      world: () =>
        alibabaWorld(
          all(
            allowed('172.20.0.0/24'),
            route({ cidrBlock: '172.16.0.0/12', state: 'blackhole' }),
            route({ cidrBlock: '172.20.0.0/16' }),
          ),
        ),
      verdict: 'pass',
    },
    {
      why: 'a blackhole route that a default route to an on-premises connection does not replace',
      world: () =>
        alibabaWorld(
          all(
            allowed('172.20.0.0/24'),
            route({ cidrBlock: '0.0.0.0/0' }),
            route({ cidrBlock: '172.16.0.0/12', state: 'blackhole' }),
          ),
        ),
      verdict: 'fail',
    },
    {
      why: 'a default route to the internet does not reach private blocks',
      world: () =>
        alibabaWorld(
          all(allowed('172.20.0.0/24'), route({ cidrBlock: '0.0.0.0/0', nextHop: { kind: 'nat', id: 'ngw-1' } })),
        ),
      verdict: 'fail',
    },
    {
      why: 'hunt M12: a route to a NAT gateway, which may be a VPC NAT gateway that has these addresses',
      world: () =>
        alibabaWorld(
          all(allowed('172.20.0.0/24'), route({ cidrBlock: '172.20.0.0/16', nextHop: { kind: 'nat', id: 'ngw-1' } })),
        ),
      verdict: 'pass',
    },
    {
      why: 'hunt M12: a default route to a NAT gateway, in whose network another table routes the block on',
      world: () =>
        alibabaWorld(
          all(
            allowed('172.20.0.0/24'),
            route({ cidrBlock: '0.0.0.0/0', nextHop: { kind: 'nat', id: 'ngw-1' } }),
            natTable('172.20.0.0/16'),
          ),
        ),
      verdict: 'pass',
    },
    {
      why: 'hunt M12: a default route to a NAT gateway, and a blackhole route before it',
      world: () =>
        alibabaWorld(
          all(
            allowed('172.20.0.0/24'),
            route({ cidrBlock: '0.0.0.0/0', nextHop: { kind: 'nat', id: 'ngw-1' } }),
            route({ cidrBlock: '172.16.0.0/12', state: 'blackhole' }),
            natTable('172.20.0.0/16'),
          ),
        ),
      verdict: 'fail',
    },
    {
      why: 'hunt M12: a private NAT gateway, behind which a route leads on',
      world: () =>
        awsWorld(
          all(
            listed('10.9.0.0/16'),
            route({ cidrBlock: '10.8.0.0/15', nextHop: { kind: 'nat', id: 'nat-1' } }),
            natTable('10.9.0.0/16'),
          ),
        ),
      verdict: 'pass',
    },
    {
      why: 'hunt M12: a private NAT gateway, behind which a route leads on to another part of the block',
      world: () =>
        awsWorld(
          all(
            listed('10.9.0.0/16'),
            route({ cidrBlock: '10.8.0.0/15', nextHop: { kind: 'nat', id: 'nat-1' } }),
            natTable('10.8.0.0/16'),
          ),
        ),
      verdict: 'fail',
    },
    {
      why: 'routed by a prefix list',
      world: () =>
        awsWorld(
          all(
            listed('10.9.0.0/16'),
            route({ prefixListId: 'pl-1', nextHop: { kind: 'transit-gateway', id: 'tgw-1' } }),
            ({ region }) => {
              region.prefixLists = [{ id: 'pl-1', cidrBlocks: ['10.8.0.0/15'], raw: null }];
            },
          ),
        ),
      verdict: 'pass',
    },
    {
      why: 'routed by a prefix list that could not be read',
      world: () =>
        awsWorld(
          all(listed('10.9.0.0/16'), route({ prefixListId: 'pl-1' }), ({ withhold }) =>
            withhold('prefixLists', 'ec2:GetManagedPrefixListEntries'),
          ),
        ),
      verdict: 'unknown',
      evidence: ['ec2:GetManagedPrefixListEntries'],
    },
    {
      why: 'routes could not be read',
      world: () =>
        alibabaWorld(
          all(allowed('172.20.0.0/24'), ({ withhold }) => withhold('routeTables', 'vpc:DescribeRouteEntryList')),
        ),
      verdict: 'unknown',
      evidence: ['vpc:DescribeRouteEntryList'],
    },
    {
      why: 'the VPC could not be read',
      world: () => alibabaWorld(({ withhold }) => withhold('networks', 'vpc:DescribeVpcs')),
      verdict: 'unknown',
      evidence: ['vpc:DescribeVpcs'],
    },
  ]);
});

describe('cidr/target-outside', () => {
  const at = (address: string, subnetId: string) => (world: World) => {
    Object.assign(world.the('instances', 'i-1'), { addresses: [address], subnetId });
  };
  checkTable(targetOutside, [
    { why: 'inside', world: () => alibabaWorld(), verdict: 'pass' },
    {
      why: "outside: the service's own message, and the block of its vSwitch",
      world: () => alibabaWorld(at('10.0.3.7', 'vsw-i')),
      verdict: 'fail',
      severity: 'error',
      subject: 'target orders',
      says: ['instance cannot connect the backend 10.0.3.7'],
      evidence: ['10.0.3.7', '10.0.20.0/24', '10.0.1.0/24'],
      remedy: ['Add 10.0.3.0/24 to links.eu.allowlist', 'postern apply'],
    },
    {
      why: 'the spec lists it already: apply adds it',
      world: () => alibabaWorld(all(at('10.0.3.7', 'vsw-i'), listed('10.0.3.0/24', '10.0.20.0/24'))),
      verdict: 'fail',
      remedy: ['Run `postern apply`: it adds'],
    },
    {
      why: 'a CLB instance',
      world: () =>
        alibabaWorld(({ the }) =>
          Object.assign(the('loadBalancers', 'lb-1'), { addresses: ['10.0.3.9'], subnetIds: ['vsw-i'] }),
        ),
      verdict: 'fail',
      subject: 'target stock',
      remedy: ['10.0.3.0/24'],
    },
    {
      why: 'a plain on-premises address',
      world: () =>
        alibabaWorld(({ integration }) => {
          integration.targets = { orders: { ref: { address: '172.30.0.5', port: 80 } } };
        }),
      verdict: 'fail',
      remedy: ['172.30.0.5/32'],
    },
    {
      why: 'in the block of the instance, which the accessible blocks also contain: unreachable',
      world: () => alibabaWorld(all(at('192.168.5.10', 'vsw-i'), allowed('192.168.5.0/24'))),
      verdict: 'fail',
      severity: 'error',
      subject: 'target orders',
      says: ['192.168.5.10', 'in 192.168.0.0/16, the instance CIDR block of link eu', 'never reached'],
      evidence: ['192.168.5.10', '192.168.0.0/16'],
      remedy: ['outside of 192.168.0.0/16', 'instanceCidr: 172.16.0.0/12'],
    },
    {
      why: 'a plain address in the block of the instance',
      world: () =>
        alibabaWorld(
          all(allowed('192.168.5.0/24'), ({ integration }) => {
            integration.targets = { orders: { ref: { address: '192.168.5.10', port: 80 } } };
          }),
        ),
      verdict: 'fail',
      says: ['the instance CIDR block of link eu'],
    },
    {
      why: 'in a block that the instance may have, and the instance does not report its block',
      world: () =>
        alibabaWorld(
          all(at('192.168.5.10', 'vsw-i'), allowed('192.168.5.0/24'), ({ the }) => {
            Object.assign(the('links', 'apigateway-hz-1'), { native: {} });
          }),
        ),
      verdict: 'unknown',
      says: ['the instance CIDR block of'],
    },
    {
      why: 'outside of both blocks that an instance can have',
      world: () => alibabaWorld(({ the }) => void Object.assign(the('links', 'apigateway-hz-1'), { native: {} })),
      verdict: 'pass',
    },
    {
      why: 'an IPv6 address cannot be in a list',
      world: () =>
        alibabaWorld(({ integration }) => {
          integration.targets = { orders: { ref: { address: 'fd00::1', port: 80 } } };
        }),
      verdict: 'fail',
      remedy: ['Name an IPv4 address of fd00::1'],
    },
    {
      why: 'a public address cannot be in a list',
      world: () =>
        alibabaWorld(({ integration }) => {
          integration.targets = { orders: { ref: { address: '8.8.8.8', port: 80 } } };
        }),
      verdict: 'fail',
      remedy: ['Name a private address'],
    },
    {
      why: 'an address reserved by the cloud cannot be in a list',
      world: () =>
        alibabaWorld(({ integration }) => {
          integration.targets = { orders: { ref: { address: '100.100.2.136', port: 80 } } };
        }),
      verdict: 'fail',
      remedy: ['Name an address of the network'],
    },
    {
      why: 'inside an existing block that the spec no longer lists',
      world: () => alibabaWorld(listed('10.0.30.0/24')),
      verdict: 'fail',
      severity: 'error',
      says: ['no longer lists', 'refuses'],
      remedy: ['Add 10.0.20.0/24 to links.eu.allowlist'],
    },
    {
      why: 'inside a wider block that the spec lists',
      world: () => alibabaWorld(listed('10.0.0.0/16')),
      verdict: 'pass',
    },
    {
      why: 'an external link keeps its blocks',
      world: () =>
        alibabaWorld((world) => {
          listed('10.0.30.0/24')(world);
          world.linkSpec.owner = 'external';
        }),
      verdict: 'pass',
    },
    {
      why: 'instances could not be read',
      world: () => alibabaWorld(({ withhold }) => withhold('instances', 'ecs:DescribeInstances')),
      verdict: 'unknown',
      evidence: ['ecs:DescribeInstances'],
    },
    {
      why: 'the accessible blocks could not be read',
      world: () => alibabaWorld(({ withhold }) => withhold('allowlists', 'apigateway:DescribeInstances')),
      verdict: 'unknown',
      evidence: ['apigateway:DescribeInstances'],
    },
    {
      why: 'a conventional instance has no such blocks',
      world: () => alibabaWorld(useConventional),
      verdict: 'nothing',
    },
    { why: 'AWS has no such blocks', world: () => awsWorld(), verdict: 'nothing' },
  ]);
});

describe('cidr/network-overlap', () => {
  const peered =
    (cidrBlocks: string[] | undefined, state: 'active' | 'deleted' = 'active') =>
    (world: World) => {
      world.region.peerings = [
        {
          id: 'pcx-1',
          state,
          nativeState: state,
          sides: [
            { networkId: 'vpc-1', account: '111122223333' },
            { networkId: 'vpc-2', account: '444455556666', cidrBlocks },
          ],
          raw: null,
        },
      ];
    };
  const transit = (world: World) => {
    world.copy('networks', 'vpc-1', { id: 'vpc-3', cidrBlocks: ['10.0.128.0/17'] });
    const attachment = (id: string, resourceId: string) => ({
      id,
      kind: 'network' as const,
      resourceId,
      subnetIds: [],
      state: 'available' as const,
      nativeState: 'available',
    });
    world.region.transitGateways = [
      {
        id: 'tgw-1',
        state: 'available',
        nativeState: 'available',
        attachments: [attachment('tgw-attach-1', 'vpc-1'), attachment('tgw-attach-3', 'vpc-3')],
        raw: null,
      },
    ];
  };
  checkTable(networkOverlap, [
    { why: 'connected to nothing', world: () => awsWorld(), verdict: 'pass' },
    {
      why: 'a peer that does not overlap',
      world: () => awsWorld(peered(['10.8.0.0/16'])),
      verdict: 'pass',
      subject: 'network vpc-1',
    },
    {
      why: 'a peer with the same block: it is reported once',
      world: () => awsWorld(peered(['10.0.0.0/16'])),
      verdict: 'fail',
      says: ['there: 10.0.0.0/16 is also a block of vpc-2 (through pcx-1)'],
    },
    {
      why: 'a peer that overlaps: a free block is proposed',
      world: () => awsWorld(peered(['10.0.32.0/20', '10.1.0.0/16'])),
      verdict: 'fail',
      severity: 'warning',
      subject: 'network vpc-1',
      says: ['10.0.32.0/20 of vpc-2 (through pcx-1) overlaps its own 10.0.0.0/16'],
      evidence: ['vpc-1', 'vpc-2'],
      remedy: ['such as 10.2.0.0/20'],
    },
    { why: 'a deleted peering', world: () => awsWorld(peered(['10.0.32.0/20'], 'deleted')), verdict: 'pass' },
    {
      why: 'another network of the transit gateway',
      world: () => awsWorld(transit),
      verdict: 'fail',
      evidence: ['vpc-3'],
      says: ['tgw-1'],
    },
    {
      why: 'the blocks of another account are not known',
      world: () => awsWorld(peered(undefined)),
      verdict: 'unknown',
      evidence: ['vpc-1'],
    },
    {
      why: 'transit gateways are not read on this cloud, and no route leads to one',
      world: () => alibabaWorld(({ region }) => delete region.transitGateways),
      verdict: 'pass',
    },
    {
      why: 'transit gateways were not read, and a route leads to one',
      world: () =>
        alibabaWorld(
          all(route({ cidrBlock: '10.9.0.0/16', nextHop: { kind: 'transit-gateway', id: 'tr-1' } }), ({ region }) => {
            delete region.transitGateways;
          }),
        ),
      verdict: 'unknown',
    },
    {
      why: 'peerings could not be read',
      world: () => awsWorld(({ withhold }) => withhold('peerings', 'ec2:DescribeVpcPeeringConnections')),
      verdict: 'unknown',
      evidence: ['ec2:DescribeVpcPeeringConnections'],
    },
  ]);
});
