import type { Retirement } from '../model/traits.js';
import type { AllowEntry, Allowlist } from '../model/allowlist.js';
import type { Egress, SeenBy } from '../model/egress.js';
import type {
  Gateway,
  GatewayDomain,
  GatewayIntegration,
  GatewaySettings,
  GatewayUse,
  ServedRoutes,
  Stage,
  StageCanary,
} from '../model/gateway.js';
import type { Link } from '../model/link.js';
import type {
  AccessControl,
  Certificate,
  DiscoveryService,
  GroupTarget,
  GroupWeight,
  Listener,
  ListenerAction,
  ListenerRule,
  LoadBalancer,
  RuleCondition,
  ServiceInstance,
  TargetGroup,
} from '../model/load-balancer.js';
import type {
  Instance,
  Network,
  NetworkInterface,
  SecurityGroup,
  SecurityGroupRule,
  Subnet,
  Zone,
} from '../model/network.js';
import type { Route, RouteSettings } from '../model/route.js';
import type {
  NetworkAcl,
  NetworkAclEntry,
  Peering,
  PeeringSide,
  PrefixList,
  RemoteConnection,
  RouteEntry,
  RouteTable,
  TransitAttachment,
  TransitGateway,
  TransitRoute,
  TransitRouteTable,
  VirtualGateway,
} from '../model/routing.js';
import type { Target } from '../model/target.js';
import { arranged, inOrder, sortedBy } from './arrange.js';
import type { Access, Asked, Gap, PrivateDomain, RegionSnapshot, ServiceRole, Snapshot } from './snapshot.js';

/** The first action that does not only check who calls decides, so their order means something. */
const actions = inOrder<ListenerAction>()({
  targetGroupIds: 'set',
  weights: sortedBy<GroupWeight>()(['targetGroupId'], {}),
});

const routes = sortedBy<Route>()(['key', 'id'], {
  stages: 'set',
  publishedOn: 'set',
  variables: 'set',
  settings: inOrder<RouteSettings>()({ scopes: 'set' }),
});

const served = inOrder<ServedRoutes>()({ routes });

const region = sortedBy<RegionSnapshot>()(['provider', 'product', 'region', 'account'], {
  links: sortedBy<Link>()(['id'], { subnetIds: 'set', securityGroupIds: 'set', loadBalancerIds: 'set' }),
  gateways: sortedBy<Gateway>()(['kind', 'id'], {
    stages: sortedBy<Stage>()(['name'], { served, canary: inOrder<StageCanary>()({ served }) }),
    routes,
    integrations: sortedBy<GatewayIntegration>()(['id', 'linkId', 'targetId'], {}),
    uses: sortedBy<GatewayUse>()(['kind', 'id', 'stage', 'linkId', 'targetId', 'host', 'port'], { routeIds: 'set' }),
    settings: inOrder<GatewaySettings>()({ domains: sortedBy<GatewayDomain>()(['kind', 'name'], {}) }),
  }),
  targets: sortedBy<Target>()(['kind', 'id'], { subnetIds: 'set', securityGroupIds: 'set' }),
  allowlists: sortedBy<Allowlist>()(['linkId'], {
    entries: sortedBy<AllowEntry>()(['cidrBlock', 'protocol', 'fromPort', 'toPort', 'ruleId'], {}),
    wider: 'set',
    unmanaged: 'set',
  }),
  egress: sortedBy<Egress>()(['linkId'], {
    addresses: 'set',
    prefixes: 'set',
    securityGroupIds: 'set',
    seenBy: sortedBy<SeenBy>()(['target', 'source', 'because'], {}),
  }),
  networks: sortedBy<Network>()(['id'], { cidrBlocks: 'head', ipv6CidrBlocks: 'set' }),
  subnets: sortedBy<Subnet>()(['id'], { ipv6CidrBlocks: 'set' }),
  securityGroups: sortedBy<SecurityGroup>()(['id'], {
    rules: sortedBy<SecurityGroupRule>()(['direction', 'priority', 'id'], {}),
  }),
  loadBalancers: sortedBy<LoadBalancer>()(['id'], {
    subnetIds: 'set',
    securityGroupIds: 'set',
    addresses: 'set',
    zones: 'set',
  }),
  listeners: sortedBy<Listener>()(['id'], {
    actions,
    rules: sortedBy<ListenerRule>()(['priority', 'id'], {
      conditions: sortedBy<RuleCondition>()(['kind'], { values: 'set' }),
      actions,
    }),
    ruleActions: actions,
    certificateIds: 'head', // the first is shown to callers that name no server
    accessControl: inOrder<AccessControl>()({ ids: 'set', cidrBlocks: 'set' }),
  }),
  interfaces: sortedBy<NetworkInterface>()(['id'], {
    addresses: 'head',
    prefixes: 'set',
    securityGroupIds: 'set',
  }),
  routeTables: sortedBy<RouteTable>()(['id'], {
    routes: sortedBy<RouteEntry>()(['cidrBlock', 'prefixListId', 'origin', 'state'], {}),
  }),
  networkAcls: sortedBy<NetworkAcl>()(['id'], {
    entries: sortedBy<NetworkAclEntry>()(['direction', 'order', 'id'], {}),
    exempt: 'set',
  }),
  prefixLists: sortedBy<PrefixList>()(['id'], { cidrBlocks: 'set' }),
  peerings: sortedBy<Peering>()(['id'], { sides: inOrder<PeeringSide>()({ cidrBlocks: 'set' }) }),
  transitGateways: sortedBy<TransitGateway>()(['id'], {
    attachments: sortedBy<TransitAttachment>()(['id'], { subnetIds: 'set' }),
    routeTables: sortedBy<TransitRouteTable>()(['id'], {
      routes: sortedBy<TransitRoute>()(['cidrBlock', 'origin', 'state'], { attachmentIds: 'set' }),
    }),
  }),
  virtualGateways: sortedBy<VirtualGateway>()(['id'], {
    networkIds: 'set',
    connections: sortedBy<RemoteConnection>()(['id'], { cidrBlocks: 'set' }),
  }),
  instances: sortedBy<Instance>()(['id'], { addresses: 'head', securityGroupIds: 'set' }),
  targetGroups: sortedBy<TargetGroup>()(['id'], {
    loadBalancerIds: 'set',
    targets: sortedBy<GroupTarget>()(['id', 'port', 'zone'], {}),
  }),
  certificates: sortedBy<Certificate>()(['id'], { names: 'head' }),
  services: sortedBy<DiscoveryService>()(['id'], { instances: sortedBy<ServiceInstance>()(['id'], {}) }),
  zones: sortedBy<Zone>()(['id'], {}),
  privateDomains: sortedBy<PrivateDomain>()(['name'], { addresses: 'set', linkIds: 'set' }),
  serviceRoles: sortedBy<ServiceRole>()(['name'], {}),
  retirement: sortedBy<Retirement>()(['at', 'what'], {}),
  whole: 'set',
  asked: inOrder<Asked>()({ networks: 'set', subnets: 'set', securityGroups: 'set' }),
  gaps: sortedBy<Gap>()(['of', 'id', 'operation', 'what'], {}),
  access: sortedBy<Access>()(['account', 'profile', 'assumeRole'], {}),
});

/**
 * The snapshot with every list in a fixed order where its order has no meaning. Files contain it, and checks
 * of a live observation use it as well, so that they report the same results in the same order. Lists that
 * are sorted already are shared, not copied.
 */
export function sortSnapshot(snapshot: Snapshot): Snapshot {
  return arranged(snapshot, inOrder<Snapshot>()({ regions: region }));
}
