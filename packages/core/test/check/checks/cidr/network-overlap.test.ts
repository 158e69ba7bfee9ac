import { describe } from 'vitest';
import { networkOverlap } from '../../../../src/check/checks/cidr/network-overlap.js';
import { route } from './reach.js';
import { checkTable } from '../run-check.js';
import { type World, aws, alibaba } from '../world.js';

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
    { why: 'connected to nothing', world: aws(), verdict: 'pass' },
    {
      why: 'a peer that does not overlap',
      world: aws(peered(['10.8.0.0/16'])),
      verdict: 'pass',
      subject: 'network vpc-1',
    },
    {
      why: 'a peer with the same block: it is reported once',
      world: aws(peered(['10.0.0.0/16'])),
      verdict: 'fail',
      says: ['there: 10.0.0.0/16 is also a block of vpc-2 (through pcx-1)'],
    },
    {
      why: 'a peer that overlaps: a free block is proposed',
      world: aws(peered(['10.0.32.0/20', '10.1.0.0/16'])),
      verdict: 'fail',
      severity: 'warning',
      subject: 'network vpc-1',
      says: ['10.0.32.0/20 of vpc-2 (through pcx-1) overlaps its own 10.0.0.0/16'],
      evidence: ['vpc-1', 'vpc-2'],
      remedy: ['such as 10.2.0.0/20'],
    },
    { why: 'a deleted peering', world: aws(peered(['10.0.32.0/20'], 'deleted')), verdict: 'pass' },
    {
      why: 'another network of the transit gateway',
      world: aws(transit),
      verdict: 'fail',
      evidence: ['vpc-3'],
      says: ['tgw-1'],
    },
    {
      why: 'the blocks of another account are not known',
      world: aws(peered(undefined)),
      verdict: 'unknown',
      code: 'CONNECTIONS_NOT_READ',
      evidence: ['vpc-1'],
    },
    {
      why: 'transit gateways are not read on this cloud, and no route leads to one',
      world: alibaba(({ region }) => delete region.transitGateways),
      verdict: 'pass',
    },
    {
      why: 'transit gateways were not read, and a route leads to one',
      world: alibaba(
        route({ cidrBlock: '10.9.0.0/16', nextHop: { kind: 'transit-gateway', id: 'tr-1' } }),
        ({ region }) => {
          delete region.transitGateways;
        },
      ),
      verdict: 'unknown',
      code: 'CONNECTIONS_NOT_READ',
    },
    {
      why: 'peerings could not be read',
      world: aws(({ withhold }) => withhold('peerings', 'ec2:DescribeVpcPeeringConnections')),
      verdict: 'unknown',
      code: 'CONNECTIONS_NOT_READ',
      evidence: ['ec2:DescribeVpcPeeringConnections'],
    },
  ]);
});
