import { strict, type AnyForm, type ValueOf } from '../../forms/form.js';
import { allowlistShape, type Allowlist } from '../../model/allowlist.js';
import { customDomainShape, type CustomDomain } from '../../model/custom-domain.js';
import { gatewayShape, privateDomainShape, type Gateway, type PrivateDomain } from '../../model/gateway.js';
import {
  egressShape,
  linkShape,
  serviceRoleShape,
  type Egress,
  type Link,
  type ServiceRole,
} from '../../model/link.js';
import * as balancing from '../../model/load-balancer.js';
import * as network from '../../model/network.js';
import { registrarShape, type Registrar } from '../../model/registrar.js';
import type { Route } from '../../model/route.js';
import * as routing from '../../model/routing.js';
import { targetShape, type Target } from '../../model/target.js';
import * as words from '../../words/rule-words.js';
import { resource, type Resource } from './resource.js';

const route = { noun: 'route', text: ({ key }: Route): string => key };
const at = (id: string, port: number | undefined): string => (port === undefined ? id : `${id} at port ${port}`);

/**
 * Every list of a region, in the order of its members in a file. The members of `RegionSnapshot`, the form of a
 * file, its order, the differences of two snapshots and the names of lists follow from this table.
 */
export const RESOURCES = {
  links: resource(strict<Link>()(linkShape), { always: true, noun: 'link', diffOrder: 1, holds: 'scope' }),
  gateways: resource(strict<Gateway>()(gatewayShape), {
    always: true,
    by: ['kind', 'id'],
    noun: 'gateway',
    diffOrder: 20,
    holds: 'scope',
    wholeWithGateways: true,
    parts: {
      routes: route,
      // What a stage serves, and its canary, has routes.
      stages: { noun: 'stage', key: ({ name }) => name, parts: { routes: route } },
      integrations: { noun: 'integration', key: ({ id }) => id },
    },
  }),
  targets: resource(strict<Target>()(targetShape), {
    always: true,
    by: ['kind', 'id'],
    noun: 'target',
    diffOrder: 16,
    holds: 'scope',
  }),
  allowlists: resource(strict<Allowlist>()(allowlistShape), {
    always: true,
    key: 'linkId',
    noun: 'allowlist of link',
    nouns: 'allowlists',
    unread: { one: 'allowlist' },
    diffOrder: 21,
    holds: 'scope',
    wholeWithGateways: true,
    parts: { entries: { noun: 'entry', text: words.allowEntryText } },
  }),
  egress: resource(strict<Egress>()(egressShape), {
    always: true,
    key: 'linkId',
    noun: 'egress of link',
    nouns: 'egress of links',
    unread: { one: 'the addresses of link', all: 'addresses of links' },
    diffOrder: 22,
    holds: 'scope',
    wholeWithGateways: true,
  }),
  networks: resource(strict<network.Network>()(network.networkShape), { always: true, noun: 'network', diffOrder: 2 }),
  subnets: resource(strict<network.Subnet>()(network.subnetShape), { always: true, noun: 'subnet', diffOrder: 3 }),
  securityGroups: resource(strict<network.SecurityGroup>()(network.securityGroupShape), {
    always: true,
    noun: 'security group',
    diffOrder: 4,
    parts: { rules: { noun: 'rule', text: words.ruleText, key: ({ id }) => id } },
  }),
  loadBalancers: resource(strict<balancing.LoadBalancer>()(balancing.loadBalancerShape), {
    always: true,
    noun: 'load balancer',
    natural: ['name'],
    diffOrder: 11,
    holds: 'scope',
  }),
  listeners: resource(strict<balancing.Listener>()(balancing.listenerShape), {
    always: true,
    noun: 'listener',
    natural: ['loadBalancerId', 'port'],
    diffOrder: 12,
    holds: 'scope',
    parts: {
      actions: { noun: 'action', text: words.actionLine },
      rules: { noun: 'rule', text: words.ruleLine, key: ({ id }) => id },
    },
  }),
  interfaces: resource(strict<network.NetworkInterface>()(network.networkInterfaceShape), {
    always: true,
    noun: 'network interface',
    natural: ['networkId', 'addresses'],
    diffOrder: 15,
  }),
  routeTables: resource(strict<routing.RouteTable>()(routing.routeTableShape), {
    noun: 'route table',
    diffOrder: 6,
    parts: {
      routes: {
        noun: 'route',
        text: words.routeText,
        key: ({ cidrBlock, prefixListId, origin }) => `${cidrBlock ?? prefixListId ?? ''} (${origin})`,
      },
    },
  }),
  networkAcls: resource(strict<routing.NetworkAcl>()(routing.networkAclShape), {
    noun: 'network ACL',
    diffOrder: 5,
    parts: {
      entries: { noun: 'entry', text: words.aclEntryText, key: ({ direction, order }) => `${direction} ${order}` },
    },
  }),
  prefixLists: resource(strict<routing.PrefixList>()(routing.prefixListShape), { noun: 'prefix list', diffOrder: 7 }),
  peerings: resource(strict<routing.Peering>()(routing.peeringShape), {
    noun: 'peering',
    diffOrder: 8,
    parts: { sides: { noun: 'side', key: ({ networkId }) => networkId } },
  }),
  transitGateways: resource(strict<routing.TransitGateway>()(routing.transitGatewayShape), {
    noun: 'transit gateway',
    diffOrder: 9,
    parts: {
      attachments: { noun: 'attachment', key: ({ id }) => id },
      routeTables: {
        noun: 'route table',
        key: ({ id }) => id,
        parts: { routes: { noun: 'route', text: words.transitRouteText } },
      },
    },
  }),
  virtualGateways: resource(strict<routing.VirtualGateway>()(routing.virtualGatewayShape), {
    noun: 'virtual gateway',
    diffOrder: 10,
    parts: { connections: { noun: 'connection', key: ({ id }) => id } },
  }),
  endpoints: resource(strict<routing.Endpoint>()(routing.endpointShape), { noun: 'endpoint', diffOrder: 27 }),
  endpointServices: resource(strict<routing.EndpointService>()(routing.endpointServiceShape), {
    noun: 'endpoint service',
    diffOrder: 28,
  }),
  instances: resource(strict<network.Instance>()(network.instanceShape), {
    noun: 'instance',
    diffOrder: 14,
    holds: 'scope',
  }),
  targetGroups: resource(strict<balancing.TargetGroup>()(balancing.targetGroupShape), {
    noun: 'target group',
    natural: ['name'],
    diffOrder: 13,
    holds: 'scope',
    parts: {
      targets: {
        noun: 'target',
        text: words.targetText,
        key: ({ id, port, zone }) =>
          `${id}${port === undefined ? '' : `:${port}`}${zone === undefined ? '' : ` in ${zone}`}`,
      },
    },
  }),
  certificates: resource(strict<balancing.Certificate>()(balancing.certificateShape), {
    noun: 'certificate',
    diffOrder: 19,
    holds: 'scope',
  }),
  services: resource(strict<balancing.DiscoveryService>()(balancing.discoveryServiceShape), {
    noun: 'discovery service',
    natural: ['networkId', 'name'],
    diffOrder: 17,
    holds: 'scope',
    parts: { instances: { noun: 'instance', key: ({ id }) => id } },
  }),
  registrars: resource(strict<Registrar>()(registrarShape), {
    noun: 'registrar',
    unread: { one: 'what registers targets', all: 'what registers targets' },
    diffOrder: 26,
    holds: 'scope',
    parts: {
      targetGroups: { noun: 'target group', text: ({ targetGroupId, port }) => at(targetGroupId, port) },
      registries: { noun: 'discovery service', text: ({ serviceId, port }) => at(serviceId, port) },
      weighs: { noun: 'weighed action', text: ({ id, use }) => `${use} ${id}` },
    },
  }),
  zones: resource(strict<network.Zone>()(network.zoneShape), { noun: 'zone', diffOrder: 23, affectsPaths: false }),
  privateDomains: resource(strict<PrivateDomain>()(privateDomainShape), {
    key: 'name',
    repeats: true,
    noun: 'private domain',
    diffOrder: 18,
    holds: 'scope',
  }),
  customDomains: resource(strict<CustomDomain>()(customDomainShape), {
    noun: 'custom domain',
    diffOrder: 25,
    affectsPaths: false,
    holds: 'scope',
    parts: { mappings: { noun: 'mapping', text: words.mappingText } },
  }),
  serviceRoles: resource(strict<ServiceRole>()(serviceRoleShape), {
    key: 'name',
    repeats: true,
    noun: 'service role',
    diffOrder: 24,
    affectsPaths: false,
    holds: 'scope',
  }),
};

/** A list of a region. */
export type ResourceList = keyof typeof RESOURCES;

/** The lists of a region, each with what its rows are. */
export type ResourceTable = Readonly<
  Record<string, { readonly items: AnyForm; readonly key: string; readonly always: boolean }>
>;

/** The lists of a table that every snapshot has. */
export type AlwaysIn<R extends ResourceTable> = { [L in keyof R]: R[L]['always'] extends true ? L : never }[keyof R];

/** The lists of a table whose items have an ID. */
export type IndexedIn<R extends ResourceTable> = { [L in keyof R]: R[L]['key'] extends 'id' ? L : never }[keyof R];

/** The members of a region for a table. */
export type ListsOf<R extends ResourceTable> = { readonly [L in AlwaysIn<R>]: ValueOf<R[L]['items']> } & {
  readonly [L in Exclude<keyof R, AlwaysIn<R>>]?: ValueOf<R[L]['items']> | undefined;
};

/** The lists of a region whose items have an ID. */
export type IndexedList = IndexedIn<typeof RESOURCES>;

/** The lists of a region. One that is undefined was not read at all; one that was read and is incomplete has a gap. */
export type RegionLists = ListsOf<typeof RESOURCES>;

/** The lists of the table, with their names. */
export function resourceEntries(): readonly (readonly [ResourceList, Resource<unknown, string, boolean>])[] {
  return Object.entries(RESOURCES) as readonly (readonly [ResourceList, Resource<unknown, string, boolean>])[];
}
