import { outsideNetwork } from '../../../../src/check/checks/cidr/outside-network.js';
import { allowed, route, listed } from './reach.js';
import { checkTable } from '../run-check.js';
import { type World, alibaba, aws, withhold } from '../world.js';
import { edit } from '../edits.js';

/** The table of a NAT gateway's own subnet. */
const natTable = (cidrBlock: string) => (world: World) => {
  const nextHop = { kind: 'peering', id: 'pcx-9' } as const;
  const [first] = world.region.routeTables ?? [];
  const routes = [{ cidrBlock, nextHop, state: 'active', origin: 'static' } as const];
  world.copy('routeTables', first?.id ?? '', { id: 'table-nat', main: false, routes });
};

checkTable(outsideNetwork, {
  inside: [alibaba(), 'pass INSIDE_NETWORK', { subject: 'link eu, 10.0.20.0/24' }],
  'no allowlist': [aws(), 'nothing'],
  'outside, and routed': [
    alibaba(allowed('172.20.0.0/24'), route({ cidrBlock: '172.20.0.0/16' })),
    'pass INSIDE_NETWORK',
  ],
  'outside, and not routed': [
    alibaba(allowed('172.20.0.0/24')),
    'error BLOCK_NOT_ROUTED',
    {
      subject: 'link eu, 172.20.0.0/24',
      evidence: ['172.20.0.0/24', 'vpc-h', 'vtb-1'],
      remedy: ['add a route for 172.20.0.0/24 to vtb-1', 'or run `postern revoke eu'],
    },
  ],
  'a declared target is in it, so that it must not be removed': [
    alibaba(allowed('172.20.0.0/24'), { 'targetSpec.ref': { address: '172.20.0.9', port: 8080 } }),
    'error BLOCK_NOT_ROUTED',
    { remedy: 'add a route for 172.20.0.0/24 to vtb-1: target orders is in this block.' },
  ],
  'outside, in a spec of AWS': [
    aws(listed('10.9.0.0/16')),
    'error BLOCK_NOT_ROUTED',
    { remedy: 'remove 10.9.0.0/16 from links.eu.allowlist' },
  ],
  'on AWS, a wider block that contains the network, which is reached': [
    aws(listed('10.0.0.0/8')),
    'warning BLOCK_TOO_WIDE',
    {
      evidence: ['10.0.0.0/8', 'vpc-1', 'rtb-1'],
      remedy: 'Write the blocks that the backends are in instead, and remove 10.0.0.0/8',
    },
  ],
  'on AWS, a wider block that contains a routed block': [
    aws(listed('172.20.0.0/15'), route({ cidrBlock: '172.20.0.0/16' })),
    'warning BLOCK_TOO_WIDE',
  ],
  'routed in part': [
    alibaba(allowed('172.20.0.0/15'), route({ cidrBlock: '172.20.0.0/16' })),
    'error BLOCK_NOT_ROUTED',
  ],
  'a blackhole route does not reach it': [
    alibaba(allowed('172.20.0.0/24'), route({ cidrBlock: '172.20.0.0/16', state: 'blackhole' })),
    'error BLOCK_NOT_ROUTED',
  ],
  'a blackhole route within a wider route': [
    alibaba(
      allowed('172.20.0.0/24'),
      route({ cidrBlock: '172.16.0.0/12' }),
      route({ cidrBlock: '172.20.0.0/25', state: 'blackhole' }),
    ),
    'error BLOCK_NOT_ROUTED',
  ],
  'a route within a wider blackhole route': [
    alibaba(
      allowed('172.20.0.0/24'),
      route({ cidrBlock: '172.16.0.0/12', state: 'blackhole' }),
      route({ cidrBlock: '172.20.0.0/16' }),
    ),
    'pass INSIDE_NETWORK',
  ],
  'a blackhole route that a default route to an on-premises connection does not replace': [
    alibaba(
      allowed('172.20.0.0/24'),
      route({ cidrBlock: '0.0.0.0/0' }),
      route({ cidrBlock: '172.16.0.0/12', state: 'blackhole' }),
    ),
    'error BLOCK_NOT_ROUTED',
  ],
  'a default route to the internet does not reach private blocks': [
    alibaba(allowed('172.20.0.0/24'), route({ cidrBlock: '0.0.0.0/0', nextHop: { kind: 'nat', id: 'ngw-1' } })),
    'error BLOCK_NOT_ROUTED',
  ],
  'a route to a NAT gateway, which may be a VPC NAT gateway that has these addresses': [
    alibaba(allowed('172.20.0.0/24'), route({ cidrBlock: '172.20.0.0/16', nextHop: { kind: 'nat', id: 'ngw-1' } })),
    'pass INSIDE_NETWORK',
  ],
  'a default route to a NAT gateway, in whose network another table routes the block on': [
    alibaba(
      allowed('172.20.0.0/24'),
      route({ cidrBlock: '0.0.0.0/0', nextHop: { kind: 'nat', id: 'ngw-1' } }),
      natTable('172.20.0.0/16'),
    ),
    'pass INSIDE_NETWORK',
  ],
  'a default route to a NAT gateway, and a blackhole route before it': [
    alibaba(
      allowed('172.20.0.0/24'),
      route({ cidrBlock: '0.0.0.0/0', nextHop: { kind: 'nat', id: 'ngw-1' } }),
      route({ cidrBlock: '172.16.0.0/12', state: 'blackhole' }),
      natTable('172.20.0.0/16'),
    ),
    'error BLOCK_NOT_ROUTED',
  ],
  'a private NAT gateway, behind which a route leads on': [
    aws(
      listed('10.9.0.0/16'),
      route({ cidrBlock: '10.8.0.0/15', nextHop: { kind: 'nat', id: 'nat-1' } }),
      natTable('10.9.0.0/16'),
    ),
    'pass BLOCK_ROUTED',
  ],
  'a private NAT gateway, behind which a route leads on to another part of the block': [
    aws(
      listed('10.9.0.0/16'),
      route({ cidrBlock: '10.8.0.0/15', nextHop: { kind: 'nat', id: 'nat-1' } }),
      natTable('10.8.0.0/16'),
    ),
    'error BLOCK_NOT_ROUTED',
  ],
  'routed by a prefix list': [
    aws(listed('10.9.0.0/16'), route({ prefixListId: 'pl-1', nextHop: { kind: 'transit-gateway', id: 'tgw-1' } }), {
      prefixLists: [{ id: 'pl-1', cidrBlocks: ['10.8.0.0/15'], raw: null }],
    }),
    'pass BLOCK_ROUTED',
  ],
  'routed by a prefix list that could not be read': [
    aws(
      listed('10.9.0.0/16'),
      route({ prefixListId: 'pl-1' }),
      withhold('prefixLists', 'ec2:GetManagedPrefixListEntries'),
    ),
    'unknown BLOCK_ROUTES_NOT_READ',
    { evidence: 'ec2:GetManagedPrefixListEntries' },
  ],
  'routed by a prefix list, beside one that could not be read': [
    aws(
      listed('10.9.0.0/16'),
      route({ prefixListId: 'pl-1', nextHop: { kind: 'transit-gateway', id: 'tgw-1' } }),
      route({ prefixListId: 'pl-2' }),
      edit({ 'prefixLists.+': { id: 'pl-1', cidrBlocks: ['10.8.0.0/15'], raw: null } }),
      withhold('prefixLists', 'ec2:GetManagedPrefixListEntries', 'pl-2'),
    ),
    'pass BLOCK_ROUTED',
  ],
  'routes could not be read': [
    alibaba(allowed('172.20.0.0/24'), withhold('routeTables', 'vpc:DescribeRouteEntryList')),
    'unknown BLOCK_ROUTES_NOT_READ',
    { evidence: 'vpc:DescribeRouteEntryList' },
  ],
  'the VPC could not be read': [
    alibaba(withhold('networks', 'vpc:DescribeVpcs')),
    'unknown NETWORK_NOT_READ',
    { evidence: 'vpc:DescribeVpcs' },
  ],
});
