import type { AnyForm, ValueOf } from '../../forms/form.js';
import type { Resource } from './resource.js';
import {
  links,
  gateways,
  customDomains,
  allowlists,
  egress,
  privateDomains,
  serviceRoles,
  targets,
} from './gateways.js';
import {
  networks,
  endpoints,
  endpointServices,
  interfaces,
  transitGateways,
  instances,
  networkAcls,
  peerings,
  prefixLists,
  routeTables,
  securityGroups,
  subnets,
  virtualGateways,
  zones,
} from './network.js';
import { loadBalancers, listeners, certificates, registrars, services, targetGroups } from './balancers.js';

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
  endpoints,
  endpointServices,
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
