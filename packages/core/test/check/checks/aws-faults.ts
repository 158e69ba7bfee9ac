import { BALANCER, GROUP, LISTENER } from './aws-region.js';
import { aclOf, behindAcl, ownRoutes, VIA, type Fault } from './faults.js';
import { farTarget } from './far-target.js';
import type { World } from './world.js';
import { edit } from './edits.js';

/** Faults of the AWS world, each small and independent of the others. */
export const AWS_FAULTS: readonly Fault[] = [
  ['nothing', () => undefined],
  ['no outbound rule', edit({ 'securityGroups.sg-link.rules': [] })],
  [
    'outbound rule for one subnet',
    edit({
      'securityGroups.sg-link.rules': [
        { direction: 'out', protocol: 'tcp', fromPort: 443, toPort: 443, cidrBlock: '10.0.11.0/24' },
      ],
    }),
  ],
  [
    'inbound rule for one subnet',
    edit({
      'securityGroups.sg-lb.rules.0': { securityGroupId: undefined, cidrBlock: '10.0.1.0/24' },
    }),
  ],
  [
    'inbound rule for a prefix list',
    edit({
      'prefixLists.+': { id: 'pl-1', cidrBlocks: ['10.0.1.0/24'], raw: null },
      'securityGroups.sg-lb.rules.0': { securityGroupId: undefined, prefixListId: 'pl-1' },
    }),
  ],
  ['custom domain to a stage that does not exist', ({ region }) => mapTo(region, 'v9')],
  ['custom domain with a certificate of another name', edit({ 'customDomains.0.id': 'orders.example.com' })],
  ['no default endpoint, and no custom domain', edit({ 'gateways.api-1.endpoint': 'disabled', customDomains: [] })],
  ['a short deregistration delay', edit({ 'targetGroups.orders.deregistrationDelayMs': 5000 })],
  ['targets allow nothing inbound', edit({ 'securityGroups.sg-app.rules': [] })],
  [
    'return ports allowed in part',
    (world) =>
      behindAcl(
        world,
        'subnet-b',
        aclOf('acl-b', [{ direction: 'out' }, { protocol: '6', fromPort: 32_768, toPort: 65_535 }]),
      ),
  ],
  [
    'ACL on one subnet of the load balancer',
    (world) => behindAcl(world, 'subnet-lb-b', aclOf('acl-lb-b', [{ direction: 'out' }, { cidrBlock: '10.0.1.0/24' }])),
  ],
  ['ACL denies all traffic of one subnet', (world) => behindAcl(world, 'subnet-b', aclOf('acl-b0', []))],
  [
    'blackhole',
    (world) =>
      ownRoutes(world, 'subnet-b', [
        {
          cidrBlock: '10.0.12.0/24',
          nextHop: { kind: 'peering', id: 'pcx-0' },
          state: 'blackhole',
          origin: 'static',
        },
      ]),
  ],
  [
    'a route by a prefix list',
    (world) => {
      world.region.prefixLists?.push({ id: 'pl-2', cidrBlocks: ['10.0.11.0/24'], raw: null });
      ownRoutes(world, 'subnet-b', [{ prefixListId: 'pl-2', nextHop: { kind: 'nat', id: 'nat-1' }, ...VIA }]);
    },
  ],
  ['target over a peering', (world) => farTarget(world, 'peering')],
  [
    'target over a peering, ACL on its subnet',
    (world) => {
      farTarget(world, 'peering');
      behindAcl(world, 'subnet-9', aclOf('acl-9', []));
    },
  ],
  ['target over a transit gateway', (world) => farTarget(world, 'transit')],
  [
    'ACL on the subnet of the transit gateway attachment',
    (world) => {
      farTarget(world, 'transit');
      behindAcl(world, 'subnet-9t', aclOf('acl-9t', [{ direction: 'in' }]));
    },
  ],
  [
    'unhealthy in one zone',
    ({ the }) => {
      the('loadBalancers', BALANCER).crossZone = true;
      const group = the('targetGroups', GROUP);
      group.crossZone = false;
      Object.assign(group.targets?.[1] ?? {}, { health: 'unhealthy' });
    },
  ],
  ['no healthy target', edit({ 'targetGroups.orders.targets.*.health': 'unhealthy' })],
  [
    'tasks fail',
    edit({
      'targetGroups.orders.targets': [],
      registrars: [
        {
          kind: 'service',
          stoppedReason: 'Essential container in task exited',
          id: 'arn:ecs',
          name: 'shop',
          targetGroups: [{ targetGroupId: GROUP, port: 8080 }],
          registries: [],
          desired: 2,
          running: 0,
          raw: null,
        },
      ],
    }),
  ],
  ['balancer failed', edit({ 'loadBalancers.orders-alb': { active: false, state: 'failed' } })],
  ['internet-facing load balancer', edit({ 'loadBalancers.orders-alb.scheme': 'internet-facing' })],
  ['listener for UDP', edit({ 'listeners.orders-alb.protocol': 'UDP' })],
  ['listener redirects', edit({ 'listeners.orders-alb.actions': [{ kind: 'redirect', statusCode: '301' }] })],
  ['certificate expired', edit({ 'certificates.orders': { notAfter: '2026-01-01T00:00:00Z', valid: false } })],
  ['certificate for another name', edit({ 'certificates.orders.names': ['x.internal'] })],
  [
    'balancer without interfaces',
    ({ region }) => void (region.interfaces = region.interfaces.filter(({ attachedTo }) => attachedTo !== BALANCER)),
  ],
  ['V1 link to an ALB', edit({ 'links.vlink-1': { kind: 'vpc-link-v1', subnetIds: [], securityGroupIds: [] } })],
  ['link failed', edit({ 'links.vlink-1': { state: 'failed', nativeState: 'FAILED' } })],
  ['link inactive', edit({ 'links.vlink-1': { state: 'inactive', nativeState: 'INACTIVE' } })],
  ['no free address', edit({ 'subnets.subnet-b.freeAddresses': 0 })],
  ['zone does not serve links', edit({ 'zones.euw1-az2.servesLinks': false })],
  ['one zone', edit({ 'subnets.subnet-b.zone': 'euw1-az1' })],
  ['group of another network', edit({ 'securityGroups.sg-link.networkId': 'vpc-8' })],
  ['subnet of another network', edit({ 'subnets.subnet-b.networkId': 'vpc-8', 'links.vlink-1.networkId': undefined })],
  ['quota used up', edit({ quotas: { 'vpc-links': 1 } })],
  ['no security group', edit({ 'links.vlink-1.securityGroupIds': [] })],
  ['no stage', edit({ 'gateways.api-1.stages': [] })],
  ['open route', edit({ 'gateways.api-1.routes.0.open': true })],
  ['API of another kind', edit({ 'gateways.api-1.kind': 'websocket-api' })],
  [
    'a new link',
    ({ linkSpec, region }) => {
      delete linkSpec.id;
      linkSpec.subnets = ['subnet-a', 'subnet-b'];
      linkSpec.securityGroups = ['sg-link'];
      linkSpec.allowlist = ['10.0.11.0/24', '10.7.0.0/16'];
      region.interfaces = region.interfaces.filter(({ linkId }) => linkId === undefined);
    },
  ],
  [
    'a Cloud Map service with one unhealthy instance',
    ({ region, targetSpec }) => {
      const id = 'arn:aws:servicediscovery:eu-west-1:111122223333:service/srv-1';
      targetSpec.ref = { service: id };
      delete targetSpec.tls;
      region.targets.push({ kind: 'service', id, name: 'orders', resourceType: 'cloud-map', raw: null });
      region.services?.push({
        id,
        name: 'orders',
        healthCheck: 'custom',
        instances: [
          { id: 'one', address: '10.0.11.20', port: 8080, healthy: true },
          { id: 'two', address: '10.0.12.20', healthy: false },
        ],
        raw: null,
      });
    },
  ],
  [
    'a second interface of a target',
    ({ the, copy }) => {
      copy('interfaces', 'eni-app-a', { id: 'eni-more', addresses: ['10.0.11.21'], primary: false });
      Object.assign(the('interfaces', 'eni-app-a'), { primary: true, securityGroupIds: [] });
    },
  ],
  [
    'an NLB before the ALB',
    ({ region, targetSpec, copy }) => {
      const nlb = BALANCER.replace('app/orders-alb', 'net/front');
      const listener = LISTENER.replace('app/orders-alb', 'net/front');
      const group = GROUP.replace('orders', 'front');
      copy('loadBalancers', BALANCER, { id: nlb, name: 'front', kind: 'network', crossZone: false });
      copy('listeners', LISTENER, {
        id: listener,
        loadBalancerId: nlb,
        protocol: 'TCP',
        actions: [{ kind: 'forward', targetGroupIds: [group] }],
      });
      copy('targetGroups', GROUP, {
        id: group,
        name: 'front',
        kind: 'load-balancer',
        port: 443,
        crossZone: false,
        targets: [{ id: BALANCER, port: 443, health: 'healthy' }],
      });
      copy('targets', LISTENER, { id: listener, name: 'front', resourceId: nlb, resourceType: 'network' });
      for (const zone of ['a', 'b']) {
        copy('interfaces', `eni-app-${zone}`, {
          securityGroupIds: ['sg-lb'],
          id: `eni-nlb-${zone}`,
          attachedTo: nlb,
          addresses: [zone === 'a' ? '10.0.11.6' : '10.0.12.6'],
        });
      }
      targetSpec.ref = { listener: { loadBalancer: 'front', port: 443 } };
      region.securityGroups
        .find(({ id }) => id === 'sg-lb')
        ?.rules.push({ direction: 'out', protocol: 'tcp', fromPort: 443, toPort: 443, securityGroupId: 'sg-lb' });
    },
  ],
  ['an on-premises service', (world) => onPremises(world, 'up')],
  ['an on-premises service, connection down', (world) => onPremises(world, 'down')],
  [
    'an on-premises service, by default routes only',
    (world) => {
      onPremises(world, 'up');
      for (const id of ['subnet-a', 'subnet-b'])
        ownRoutes(world, id, [{ cidrBlock: '0.0.0.0/0', nextHop: { kind: 'nat', id: 'nat-1' }, ...VIA }]);
    },
  ],
  [
    'a service at an unassigned address',
    (world) => {
      service(world, '10.0.12.99');
    },
  ],
  [
    'a service over a transit gateway',
    (world) => {
      farTarget(world, 'transit');
      service(world, '10.9.0.10');
      for (const id of ['subnet-a', 'subnet-b'])
        ownRoutes(world, id, [{ cidrBlock: '10.9.0.0/16', nextHop: { kind: 'transit-gateway', id: 'tgw-1' }, ...VIA }]);
      world
        .the('securityGroups', 'sg-link')
        .rules.push({ direction: 'out', protocol: 'tcp', fromPort: 0, toPort: 65_535, cidrBlock: '10.9.0.0/16' });
    },
  ],
  [
    'a transit gateway without a subnet in one zone',
    (world) => {
      farTarget(world, 'transit');
      world.the('transitGateways', 'tgw-1').attachments?.[0]?.subnetIds.pop();
    },
  ],
  [
    'a transit gateway with a blackhole route',
    (world) => {
      farTarget(world, 'transit');
      world.the('transitGateways', 'tgw-1').routeTables?.[0]?.routes?.push({
        cidrBlock: '10.9.0.0/24',
        attachmentIds: [],
        state: 'blackhole',
        origin: 'static',
      });
    },
  ],
  [
    'an NLB that preserves the client address',
    edit({
      'loadBalancers.orders-alb': { kind: 'network', crossZone: false },
      'targetGroups.orders': { preservesClientAddress: true, crossZone: false },
    }),
  ],
];

/** A service of which one instance is at an address. */
function service({ region, targetSpec }: World, address: string): void {
  const id = 'arn:aws:servicediscovery:eu-west-1:111122223333:service/srv-2';
  targetSpec.ref = { service: id };
  delete targetSpec.tls;
  region.targets.push({ kind: 'service', id, name: 'far', resourceType: 'cloud-map', raw: null });
  region.services?.push({
    id,
    name: 'far',
    healthCheck: 'custom',
    instances: [{ id: 'one', address, port: 8080, healthy: true }],
    raw: null,
  });
}

/** The target is behind a virtual private gateway. */
function onPremises(world: World, state: 'up' | 'down'): void {
  service(world, '10.50.0.9');
  world.spec.assume = { returnPaths: ['10.50.0.0/16'] };
  for (const id of ['subnet-a', 'subnet-b']) {
    ownRoutes(world, id, [
      {
        cidrBlock: '10.50.0.0/16',
        nextHop: { kind: 'virtual-gateway', id: 'vgw-1' },
        state: 'active',
        origin: 'propagated',
      },
    ]);
  }
  world
    .the('securityGroups', 'sg-link')
    .rules.push({ direction: 'out', protocol: 'tcp', fromPort: 8080, toPort: 8080, cidrBlock: '10.50.0.0/16' });
  world.region.virtualGateways?.push({
    id: 'vgw-1',
    state: 'available',
    nativeState: 'available',
    networkIds: ['vpc-1'],
    connections: [
      { id: 'vpn-1', kind: 'vpn', state, nativeState: state.toUpperCase(), cidrBlocks: ['10.50.0.0/16'] },
      { id: 'dxvif-1', kind: 'direct-connect', state: 'down', nativeState: 'down' },
    ],
    raw: null,
  });
}

/** The one domain, whatever name another fault gave it. */
function mapTo({ customDomains: [domain] = [] }: World['region'], stage: string): void {
  const [mapping] = domain?.mappings ?? [];
  if (mapping) mapping.stage = stage;
}
