import { describe } from 'vitest';
import { named } from '../all-checks.js';
import { checkTable } from '../run-check.js';
import { type World, alibaba } from '../world.js';

const instanceBlockRoutes = named('cidr/instance-block-routes');

describe('cidr/instance-block-routes', () => {
  const route = (cidrBlock: string) => (world: World) => {
    world.the('routeTables', 'vtb-1').routes?.push({
      cidrBlock,
      nextHop: { kind: 'vpn-gateway', id: 'vpn-1' },
      state: 'active',
      origin: 'static',
    });
  };
  const peering = (cidrBlocks: string[] | undefined) => (world: World) => {
    world.region.peerings = [
      {
        id: 'pcc-1',
        state: 'active',
        nativeState: 'Activated',
        sides: [{ networkId: 'vpc-h' }, { networkId: 'vpc-far', cidrBlocks }],
        raw: null,
      },
    ];
  };
  checkTable(instanceBlockRoutes, [
    { why: 'no overlap', world: alibaba(route('172.20.0.0/16'), peering(['10.8.0.0/16'])), verdict: 'pass' },
    { why: 'a default route contains every block', world: alibaba(route('0.0.0.0/0')), verdict: 'pass' },
    {
      why: 'a route to a data center',
      world: alibaba(route('192.168.100.0/24')),
      verdict: 'fail',
      severity: 'warning',
      says: ['192.168.100.0/24 → vpn-1'],
      evidence: ['vtb-1'],
      remedy: ['such as in 10.0.0.0/16'],
    },
    {
      why: 'a route to a data center by a prefix list',
      world: alibaba(({ region }) => {
        region.prefixLists = [{ id: 'pl-1', cidrBlocks: ['192.168.3.0/24'], raw: null }];
        const nextHop = { kind: 'express-connect', id: 'ri-1' } as const;
        region.routeTables?.[0]?.routes?.push({ prefixListId: 'pl-1', nextHop, state: 'active', origin: 'static' });
      }),
      verdict: 'fail',
      says: ['192.168.3.0/24 of pl-1'],
    },
    { why: 'the block of a peer', world: alibaba(peering(['192.168.0.0/24'])), verdict: 'fail', evidence: ['pcc-1'] },
    {
      why: 'a peer whose blocks are not reported',
      world: alibaba(peering(undefined)),
      verdict: 'unknown',
      remedy: ['vpc-far'],
    },
    {
      why: 'routes could not be read',
      world: alibaba(({ withhold }) => withhold('routeTables', 'vpc:DescribeRouteTableList')),
      verdict: 'unknown',
      evidence: ['vpc:DescribeRouteTableList'],
    },
  ]);
});
