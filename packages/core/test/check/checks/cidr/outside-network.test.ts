import { describe } from 'vitest';
import { outsideNetwork } from '../../../../src/check/checks/cidr/outside-network.js';
import { allowed, route, listed } from './reach.js';
import { checkTable } from '../run-check.js';
import { type World, alibaba, aws } from '../world.js';

/** The table of a NAT gateway's own subnet. */
const natTable = (cidrBlock: string) => (world: World) => {
  const nextHop = { kind: 'peering', id: 'pcx-9' } as const;
  const [first] = world.region.routeTables ?? [];
  const routes = [{ cidrBlock, nextHop, state: 'active', origin: 'static' } as const];
  world.copy('routeTables', first?.id ?? '', { id: 'table-nat', main: false, routes });
};

describe('cidr/outside-network', () => {
  checkTable(outsideNetwork, [
    { why: 'inside', world: alibaba(), verdict: 'pass', subject: 'link eu, 10.0.20.0/24' },
    { why: 'no allowlist', world: aws(), verdict: 'nothing' },
    {
      why: 'outside, and routed',
      world: alibaba(allowed('172.20.0.0/24'), route({ cidrBlock: '172.20.0.0/16' })),
      verdict: 'pass',
    },
    {
      why: 'outside, and not routed',
      world: alibaba(allowed('172.20.0.0/24')),
      verdict: 'fail',
      severity: 'error',
      subject: 'link eu, 172.20.0.0/24',
      evidence: ['172.20.0.0/24', 'vpc-h', 'vtb-1'],
      remedy: ['add a route for 172.20.0.0/24 to vtb-1', 'or run `postern revoke eu'],
    },
    {
      why: 'Show 5: a declared target is in it, so that it must not be removed',
      world: alibaba((world) => {
        allowed('172.20.0.0/24')(world);
        world.targetSpec.ref = { address: '172.20.0.9', port: 8080 };
      }),
      verdict: 'fail',
      remedy: ['add a route for 172.20.0.0/24 to vtb-1: target orders is in this block.'],
    },
    {
      why: 'outside, in a spec of AWS',
      world: aws(listed('10.9.0.0/16')),
      verdict: 'fail',
      remedy: ['remove 10.9.0.0/16 from links.eu.allowlist'],
    },
    {
      why: 'on AWS, a wider block that contains the network, which is reached',
      world: aws(listed('10.0.0.0/8')),
      verdict: 'fail',
      code: 'BLOCK_TOO_WIDE',
      severity: 'warning',
      evidence: ['10.0.0.0/8', 'vpc-1', 'rtb-1'],
      remedy: ['Write the blocks that the backends are in instead, and remove 10.0.0.0/8'],
    },
    {
      why: 'on AWS, a wider block that contains a routed block',
      world: aws(listed('172.20.0.0/15'), route({ cidrBlock: '172.20.0.0/16' })),
      verdict: 'fail',
      code: 'BLOCK_TOO_WIDE',
      severity: 'warning',
    },
    {
      why: 'routed in part',
      world: alibaba(allowed('172.20.0.0/15'), route({ cidrBlock: '172.20.0.0/16' })),
      verdict: 'fail',
      code: 'BLOCK_NOT_ROUTED',
      severity: 'error',
    },
    {
      why: 'a blackhole route does not reach it',
      world: alibaba(allowed('172.20.0.0/24'), route({ cidrBlock: '172.20.0.0/16', state: 'blackhole' })),
      verdict: 'fail',
      code: 'BLOCK_NOT_ROUTED',
    },
    {
      why: 'a blackhole route within a wider route',
      world: alibaba(
        allowed('172.20.0.0/24'),
        route({ cidrBlock: '172.16.0.0/12' }),
        route({ cidrBlock: '172.20.0.0/25', state: 'blackhole' }),
      ),
      verdict: 'fail',
      code: 'BLOCK_NOT_ROUTED',
    },
    {
      why: 'a route within a wider blackhole route',
      world: alibaba(
        allowed('172.20.0.0/24'),
        route({ cidrBlock: '172.16.0.0/12', state: 'blackhole' }),
        route({ cidrBlock: '172.20.0.0/16' }),
      ),
      verdict: 'pass',
    },
    {
      why: 'a blackhole route that a default route to an on-premises connection does not replace',
      world: alibaba(
        allowed('172.20.0.0/24'),
        route({ cidrBlock: '0.0.0.0/0' }),
        route({ cidrBlock: '172.16.0.0/12', state: 'blackhole' }),
      ),
      verdict: 'fail',
      code: 'BLOCK_NOT_ROUTED',
    },
    {
      why: 'a default route to the internet does not reach private blocks',
      world: alibaba(
        allowed('172.20.0.0/24'),
        route({ cidrBlock: '0.0.0.0/0', nextHop: { kind: 'nat', id: 'ngw-1' } }),
      ),
      verdict: 'fail',
      code: 'BLOCK_NOT_ROUTED',
    },
    {
      why: 'hunt M12: a route to a NAT gateway, which may be a VPC NAT gateway that has these addresses',
      world: alibaba(
        allowed('172.20.0.0/24'),
        route({ cidrBlock: '172.20.0.0/16', nextHop: { kind: 'nat', id: 'ngw-1' } }),
      ),
      verdict: 'pass',
    },
    {
      why: 'hunt M12: a default route to a NAT gateway, in whose network another table routes the block on',
      world: alibaba(
        allowed('172.20.0.0/24'),
        route({ cidrBlock: '0.0.0.0/0', nextHop: { kind: 'nat', id: 'ngw-1' } }),
        natTable('172.20.0.0/16'),
      ),
      verdict: 'pass',
    },
    {
      why: 'hunt M12: a default route to a NAT gateway, and a blackhole route before it',
      world: alibaba(
        allowed('172.20.0.0/24'),
        route({ cidrBlock: '0.0.0.0/0', nextHop: { kind: 'nat', id: 'ngw-1' } }),
        route({ cidrBlock: '172.16.0.0/12', state: 'blackhole' }),
        natTable('172.20.0.0/16'),
      ),
      verdict: 'fail',
      code: 'BLOCK_NOT_ROUTED',
    },
    {
      why: 'hunt M12: a private NAT gateway, behind which a route leads on',
      world: aws(
        listed('10.9.0.0/16'),
        route({ cidrBlock: '10.8.0.0/15', nextHop: { kind: 'nat', id: 'nat-1' } }),
        natTable('10.9.0.0/16'),
      ),
      verdict: 'pass',
    },
    {
      why: 'hunt M12: a private NAT gateway, behind which a route leads on to another part of the block',
      world: aws(
        listed('10.9.0.0/16'),
        route({ cidrBlock: '10.8.0.0/15', nextHop: { kind: 'nat', id: 'nat-1' } }),
        natTable('10.8.0.0/16'),
      ),
      verdict: 'fail',
      code: 'BLOCK_NOT_ROUTED',
    },
    {
      why: 'routed by a prefix list',
      world: aws(
        listed('10.9.0.0/16'),
        route({ prefixListId: 'pl-1', nextHop: { kind: 'transit-gateway', id: 'tgw-1' } }),
        ({ region }) => {
          region.prefixLists = [{ id: 'pl-1', cidrBlocks: ['10.8.0.0/15'], raw: null }];
        },
      ),
      verdict: 'pass',
    },
    {
      why: 'routed by a prefix list that could not be read',
      world: aws(listed('10.9.0.0/16'), route({ prefixListId: 'pl-1' }), ({ withhold }) =>
        withhold('prefixLists', 'ec2:GetManagedPrefixListEntries'),
      ),
      verdict: 'unknown',
      code: 'BLOCK_ROUTES_NOT_READ',
      evidence: ['ec2:GetManagedPrefixListEntries'],
    },
    {
      why: 'routes could not be read',
      world: alibaba(allowed('172.20.0.0/24'), ({ withhold }) => withhold('routeTables', 'vpc:DescribeRouteEntryList')),
      verdict: 'unknown',
      code: 'BLOCK_ROUTES_NOT_READ',
      evidence: ['vpc:DescribeRouteEntryList'],
    },
    {
      why: 'the VPC could not be read',
      world: alibaba(({ withhold }) => withhold('networks', 'vpc:DescribeVpcs')),
      verdict: 'unknown',
      code: 'NETWORK_NOT_READ',
      evidence: ['vpc:DescribeVpcs'],
    },
  ]);
});
