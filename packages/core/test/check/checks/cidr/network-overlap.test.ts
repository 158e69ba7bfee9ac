import { networkOverlap } from '../../../../src/check/checks/cidr/network-overlap.js';
import { route } from './reach.js';
import { checkTable } from '../run-check.js';
import { type World, aws, alibaba, withhold } from '../world.js';

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
checkTable(networkOverlap, {
  'connected to nothing': [aws(), 'pass NETWORKS_APART'],
  'a peer that does not overlap': [aws(peered(['10.8.0.0/16'])), 'pass NETWORKS_APART', { subject: 'network vpc-1' }],
  'a peer with the same block: it is reported once': [
    aws(peered(['10.0.0.0/16'])),
    'warning NETWORKS_OVERLAP',
    'there: 10.0.0.0/16 is also a block of vpc-2 (through pcx-1)',
  ],
  'a peer that overlaps: a free block is proposed': [
    aws(peered(['10.0.32.0/20', '10.1.0.0/16'])),
    'warning NETWORKS_OVERLAP',
    {
      subject: 'network vpc-1',
      says: '10.0.32.0/20 of vpc-2 (through pcx-1) overlaps its own 10.0.0.0/16',
      evidence: ['vpc-1', 'vpc-2'],
      remedy: 'such as 10.2.0.0/20',
    },
  ],
  'a deleted peering': [aws(peered(['10.0.32.0/20'], 'deleted')), 'pass NETWORKS_APART'],
  'another network of the transit gateway': [
    aws(transit),
    'warning NETWORKS_OVERLAP',
    { says: 'tgw-1', evidence: 'vpc-3' },
  ],
  'the blocks of another account are not known': [
    aws(peered(undefined)),
    'unknown CONNECTIONS_NOT_READ',
    { evidence: 'vpc-1' },
  ],
  'transit gateways are not read on this cloud, and no route leads to one': [
    alibaba({ transitGateways: undefined }),
    'pass NETWORKS_APART',
  ],
  'transit gateways were not read, and a route leads to one': [
    alibaba(route({ cidrBlock: '10.9.0.0/16', nextHop: { kind: 'transit-gateway', id: 'tr-1' } }), {
      transitGateways: undefined,
    }),
    'unknown CONNECTIONS_NOT_READ',
  ],
  'peerings could not be read': [
    aws(withhold('peerings', 'ec2:DescribeVpcPeeringConnections')),
    'unknown CONNECTIONS_NOT_READ',
    { evidence: 'ec2:DescribeVpcPeeringConnections' },
  ],
});
