import { GROUP } from './aws-region.js';
import { groupLike, ownRoutes, VIA } from './faults.js';
import type { World } from './world.js';

/** The load balancer's targets are in another network, at 10.9.0.10. */
export function farTarget(world: World, hop: 'peering' | 'transit'): void {
  world.copy('networks', 'vpc-1', { id: 'vpc-9', cidrBlocks: ['10.9.0.0/16'] });
  world.region.routeTables?.push({
    id: 'rtb-9',
    networkId: 'vpc-9',
    main: true,
    routes: [
      { cidrBlock: '10.9.0.0/16', nextHop: { kind: 'local' }, state: 'active', origin: 'local' },
      {
        cidrBlock: '10.0.0.0/16',
        nextHop: hop === 'peering' ? { kind: 'peering', id: 'pcx-1' } : { kind: 'transit-gateway', id: 'tgw-1' },
        ...VIA,
      },
    ],
    raw: null,
  });
  world.copy('subnets', 'subnet-a', {
    id: 'subnet-9',
    networkId: 'vpc-9',
    cidrBlock: '10.9.0.0/24',
    routeTableId: 'rtb-9',
  });
  world.copy('subnets', 'subnet-a', {
    id: 'subnet-9t',
    networkId: 'vpc-9',
    cidrBlock: '10.9.1.0/28',
    routeTableId: 'rtb-9',
  });
  groupLike(world, 'sg-9', 'sg-app', {
    networkId: 'vpc-9',
    rules: [{ direction: 'in', protocol: 'tcp', fromPort: 8080, toPort: 8080, cidrBlock: '10.0.0.0/16' }],
  });
  world.copy('interfaces', 'eni-app-a', {
    id: 'eni-9',
    networkId: 'vpc-9',
    subnetId: 'subnet-9',
    addresses: ['10.9.0.10'],
    prefixes: [],
    securityGroupIds: ['sg-9'],
  });
  for (const id of ['subnet-lb-a', 'subnet-lb-b']) {
    ownRoutes(world, id, [
      {
        cidrBlock: '10.9.0.0/16',
        nextHop: hop === 'peering' ? { kind: 'peering', id: 'pcx-1' } : { kind: 'transit-gateway', id: 'tgw-1' },
        ...VIA,
      },
    ]);
  }
  world.the('securityGroups', 'sg-lb').rules.push({
    direction: 'out',
    protocol: '-1',
    fromPort: -1,
    toPort: -1,
    cidrBlock: '10.9.0.0/16',
  });
  Object.assign(world.the('targetGroups', GROUP), {
    kind: 'address',
    targets: [{ id: '10.9.0.10', port: 8080, zone: 'all', health: 'healthy' }],
  });
  if (hop === 'peering') {
    world.region.peerings?.push({
      id: 'pcx-1',
      state: 'active',
      nativeState: 'active',
      sides: [
        { networkId: 'vpc-1', cidrBlocks: ['10.0.0.0/16'] },
        { networkId: 'vpc-9', cidrBlocks: ['10.9.0.0/16'] },
      ],
      raw: null,
    });
    return;
  }
  const attachment = (id: string, resourceId: string, subnetIds: string[]) => ({
    id,
    kind: 'network' as const,
    resourceId,
    subnetIds,
    state: 'available' as const,
    nativeState: 'available',
    routeTableId: 'tgw-rtb-1',
    securityGroupReferences: true,
  });
  world.region.transitGateways?.push({
    id: 'tgw-1',
    state: 'available',
    nativeState: 'available',
    securityGroupReferences: true,
    attachments: [
      attachment('tgw-attach-1', 'vpc-1', ['subnet-a', 'subnet-b']),
      attachment('tgw-attach-9', 'vpc-9', ['subnet-9t']),
    ],
    routeTables: [
      {
        id: 'tgw-rtb-1',
        routes: [
          { cidrBlock: '10.0.0.0/16', attachmentIds: ['tgw-attach-1'], state: 'active', origin: 'propagated' },
          { cidrBlock: '10.9.0.0/16', attachmentIds: ['tgw-attach-9'], state: 'active', origin: 'propagated' },
        ],
      },
    ],
    raw: null,
  });
}
