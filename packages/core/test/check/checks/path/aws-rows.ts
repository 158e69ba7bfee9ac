import type { RouteEntry } from '../../../../src/do/model/routing.js';
import { pathChecks } from '../../../../src/check/checks/path/index.js';
import type { Judged } from '../run-check.js';
import type { World } from '../world.js';

/** One of the checks of this family. */
export const the = (id: string): Judged => {
  const found = pathChecks.find((one) => one.id === id);
  if (found === undefined) throw new Error(`no check ${id}`);
  return found;
};

/** The link is declared with an allowlist and no groups, and does not exist; the load balancer allows its subnets. */
export const planned =
  (allowlist: readonly string[]) =>
  ({ linkSpec, remove, region, the: named }: World): void => {
    remove('links', region.links[0]?.id ?? '');
    delete linkSpec.id;
    Object.assign(linkSpec, { subnets: ['subnet-a', 'subnet-b'], allowlist });
    const rule = { direction: 'in', protocol: 'tcp', fromPort: 0, toPort: 65_535, cidrBlock: '10.0.0.0/16' } as const;
    named('securityGroups', 'sg-lb').rules.push(rule);
  };
/** Every port. */
export const allPorts = { fromPort: 0, toPort: 65_535 } as const;

/** A second network with one host, and a Cloud Map service with the address of that host. */
export function secondNetwork(world: World, address = '10.1.1.9'): void {
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
    prefixes: [],
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
export function service(world: World, address: string, port = 8080): void {
  const id = 'arn:aws:servicediscovery:eu-west-1:111122223333:service/srv-1';
  world.region.services = [
    { id, name: 'far', healthCheck: 'none', instances: [{ id: 'one', address, port }], raw: null },
  ];
  world.region.targets.push({ kind: 'service', id, name: 'far', resourceType: 'cloud-map', raw: null });
  world.targetSpec.ref = { service: id };
}

/** Adds a route to a table. */
export function route(
  world: World,
  table: string,
  cidrBlock: string,
  kind: RouteEntry['nextHop']['kind'],
  id: string,
): void {
  world.the('routeTables', table).routes?.push({ cidrBlock, nextHop: { kind, id }, state: 'active', origin: 'static' });
}

/** The two networks, connected by a peering with routes in both directions. */
export function peered(world: World): void {
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

/** The two networks, connected by a transit gateway with routes in both directions. */
export function transit(world: World): void {
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

/** A data center behind Direct Connect: 10.8.0.0/16. */
export function onPremises(world: World): void {
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
