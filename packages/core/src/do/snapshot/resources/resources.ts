import type { AnyForm, ValueOf } from '../../forms/form.js';
import type { Resource } from './resource.js';
import { links } from './gateways/links.js';
import { gateways } from './gateways/gateways.js';
import { targets } from './gateways/targets.js';
import { allowlists } from './gateways/allowlists.js';
import { egress } from './gateways/egress.js';
import { networks } from './network/networks.js';
import { subnets } from './network/subnets.js';
import { securityGroups } from './network/security-groups.js';
import { loadBalancers } from './balancers/load-balancers.js';
import { listeners } from './balancers/listeners.js';
import { interfaces } from './network/interfaces.js';
import { routeTables } from './network/route-tables.js';
import { networkAcls } from './network/network-acls.js';
import { prefixLists } from './network/prefix-lists.js';
import { peerings } from './network/peerings.js';
import { transitGateways } from './network/transit-gateways.js';
import { virtualGateways } from './network/virtual-gateways.js';
import { instances } from './network/instances.js';
import { targetGroups } from './balancers/target-groups.js';
import { certificates } from './balancers/certificates.js';
import { services } from './balancers/services.js';
import { registrars } from './balancers/registrars.js';
import { zones } from './network/zones.js';
import { privateDomains } from './gateways/private-domains.js';
import { customDomains } from './gateways/custom-domains.js';
import { serviceRoles } from './gateways/service-roles.js';

/**
 * Every list of a region, in the order of its members in a file. The members of `RegionSnapshot`, the form of a
 * file, its order, the differences of two snapshots and the names of lists follow from this table.
 */
export const RESOURCES = {
  links,
  gateways,
  targets,
  allowlists,
  egress,
  networks,
  subnets,
  securityGroups,
  loadBalancers,
  listeners,
  interfaces,
  routeTables,
  networkAcls,
  prefixLists,
  peerings,
  transitGateways,
  virtualGateways,
  instances,
  targetGroups,
  certificates,
  services,
  registrars,
  zones,
  privateDomains,
  customDomains,
  serviceRoles,
};

/** A list of a region. */
export type ResourceList = keyof typeof RESOURCES;

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
