import { strict } from '../../forms/form.js';
import {
  endpointServiceShape,
  endpointShape,
  type Endpoint,
  type EndpointService,
  transitGatewayShape,
  type TransitAttachment,
  type TransitGateway,
  type TransitRoute,
  networkAclShape,
  type NetworkAcl,
  type NetworkAclEntry,
  peeringShape,
  type Peering,
  prefixListShape,
  type PrefixList,
  routeTableShape,
  type RouteEntry,
  type RouteTable,
  virtualGatewayShape,
  type RemoteConnection,
  type VirtualGateway,
} from '../../model/routing.js';
import { part, resource } from './resource.js';
import {
  instanceShape,
  type Instance,
  networkInterfaceShape,
  type NetworkInterface,
  networkShape,
  type Network,
  securityGroupShape,
  type SecurityGroup,
  type SecurityGroupRule,
  subnetShape,
  type Subnet,
  zoneShape,
  type Zone,
} from '../../model/network.js';
import { aclEntryText, routeText, ruleText } from '../../words/rule-words.js';

const transitRoute = part<TransitRoute>(
  'route',
  ({ cidrBlock, attachmentIds, state, origin }) =>
    `${cidrBlock} → ${attachmentIds.join(', ') || state} (${origin}${state === 'active' ? '' : `, ${state}`})`,
);

/** See {@link TransitGateway}. */
export const transitGateways = resource(strict<TransitGateway>()(transitGatewayShape), {
  key: 'id',
  noun: 'transit gateway',
  diffOrder: 9,
  parts: {
    attachments: part<TransitAttachment>('attachment', ({ id }) => id),
    routeTables: { noun: 'route table', key: ({ id }) => String(id), parts: { routes: transitRoute } },
  },
});

/** See {@link Endpoint}. */
export const endpoints = resource(strict<Endpoint>()(endpointShape), { key: 'id', noun: 'endpoint', diffOrder: 27 });

/** See {@link EndpointService}. */
export const endpointServices = resource(strict<EndpointService>()(endpointServiceShape), {
  key: 'id',
  noun: 'endpoint service',
  diffOrder: 28,
});

/** See {@link Instance}. */
export const instances = resource(strict<Instance>()(instanceShape), {
  key: 'id',
  noun: 'instance',
  diffOrder: 14,
  holds: 'scope',
});

/** See {@link NetworkInterface}. */
export const interfaces = resource(strict<NetworkInterface>()(networkInterfaceShape), {
  always: true,
  key: 'id',
  noun: 'network interface',
  diffOrder: 15,
});

/** See {@link NetworkAcl}. */
export const networkAcls = resource(strict<NetworkAcl>()(networkAclShape), {
  key: 'id',
  noun: 'network ACL',
  diffOrder: 5,
  parts: { entries: part<NetworkAclEntry>('entry', aclEntryText, ({ direction, order }) => `${direction} ${order}`) },
});

/** See {@link Network}. */
export const networks = resource(strict<Network>()(networkShape), {
  always: true,
  key: 'id',
  noun: 'network',
  diffOrder: 2,
});

/** See {@link Peering}. */
export const peerings = resource(strict<Peering>()(peeringShape), {
  key: 'id',
  noun: 'peering',
  diffOrder: 8,
  parts: { sides: { noun: 'side', key: ({ networkId }) => String(networkId) } },
});

/** See {@link PrefixList}. */
export const prefixLists = resource(strict<PrefixList>()(prefixListShape), {
  key: 'id',
  noun: 'prefix list',
  diffOrder: 7,
});

/** See {@link RouteTable}. */
export const routeTables = resource(strict<RouteTable>()(routeTableShape), {
  key: 'id',
  noun: 'route table',
  diffOrder: 6,
  parts: {
    routes: part<RouteEntry>(
      'route',
      routeText,
      ({ cidrBlock, prefixListId, origin }) => `${cidrBlock ?? prefixListId ?? ''} (${origin})`,
    ),
  },
});

/** See {@link SecurityGroup}. */
export const securityGroups = resource(strict<SecurityGroup>()(securityGroupShape), {
  always: true,
  key: 'id',
  noun: 'security group',
  diffOrder: 4,
  parts: { rules: part<SecurityGroupRule>('rule', ruleText, ({ id }) => id) },
});

/** See {@link Subnet}. */
export const subnets = resource(strict<Subnet>()(subnetShape), {
  always: true,
  key: 'id',
  noun: 'subnet',
  diffOrder: 3,
});

/** See {@link VirtualGateway}. */
export const virtualGateways = resource(strict<VirtualGateway>()(virtualGatewayShape), {
  key: 'id',
  noun: 'virtual gateway',
  diffOrder: 10,
  parts: { connections: part<RemoteConnection>('connection', ({ id }) => id) },
});

/** See {@link Zone}. */
export const zones = resource(strict<Zone>()(zoneShape), {
  key: 'id',
  noun: 'zone',
  diffOrder: 23,
  affectsPaths: false,
});
