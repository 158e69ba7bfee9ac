import { describe } from 'vitest';
import { named } from '../all-checks.js';
import { checkTable } from '../run-check.js';
import { type World, alibaba, withhold } from '../world.js';
import { edit } from '../edits.js';

const instanceBlockRoutes = named('cidr/instance-block-routes');

describe('cidr/instance-block-routes', () => {
  const route = (cidrBlock: string) =>
    edit({
      'routeTables.vtb-1.routes.+': {
        cidrBlock,
        nextHop: { kind: 'vpn-gateway', id: 'vpn-1' },
        state: 'active',
        origin: 'static',
      },
    });
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
  checkTable(instanceBlockRoutes, {
    'no overlap': [alibaba(route('172.20.0.0/16'), peering(['10.8.0.0/16'])), 'pass ROUTES_APART'],
    'a default route contains every block': [alibaba(route('0.0.0.0/0')), 'pass ROUTES_APART'],
    'a route to a data center': [
      alibaba(route('192.168.100.0/24')),
      'warning ROUTES_OVERLAP',
      { says: '192.168.100.0/24 → vpn-1', evidence: 'vtb-1', remedy: 'such as in 10.0.0.0/16' },
    ],
    'a route to a data center by a prefix list': [
      alibaba({
        prefixLists: [{ id: 'pl-1', cidrBlocks: ['192.168.3.0/24'], raw: null }],
        'routeTables.0.routes.+': {
          prefixListId: 'pl-1',
          nextHop: { kind: 'express-connect', id: 'ri-1' },
          state: 'active',
          origin: 'static',
        },
      }),
      'warning ROUTES_OVERLAP',
      '192.168.3.0/24 of pl-1',
    ],
    'the block of a peer': [alibaba(peering(['192.168.0.0/24'])), 'warning ROUTES_OVERLAP', { evidence: 'pcc-1' }],
    'a peer whose blocks are not reported': [
      alibaba(peering(undefined)),
      'unknown ROUTES_NOT_READ',
      { remedy: 'vpc-far' },
    ],
    'routes could not be read': [
      alibaba(withhold('routeTables', 'vpc:DescribeRouteTableList')),
      'unknown ROUTES_NOT_READ',
      { evidence: 'vpc:DescribeRouteTableList' },
    ],
  });
});
