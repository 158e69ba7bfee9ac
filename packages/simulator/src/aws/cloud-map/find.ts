import { raise } from '../../simulation/raise.js';
import type { InstanceRow, NamespaceRow, ServiceRow } from './state.js';
import type { RegionState } from '../state/aws-state.js';
import { instanceNotFound, namespaceNotFound, serviceNotFound } from './request.js';

/** Ids may be given as ARNs, whose last part is the id. */
function idOf(idOrArn: string): string {
  return idOrArn.startsWith('arn:') ? (idOrArn.split('/').at(-1) ?? idOrArn) : idOrArn;
}

function findService(state: RegionState, idOrArn: string): ServiceRow | undefined {
  const row = state.cloudMap.services.get(idOf(idOrArn));
  return row !== undefined && idOrArn.startsWith('arn:') && row.fields.Arn !== idOrArn ? undefined : row;
}

/** @throws {ServiceError} `NamespaceNotFound`. */
export function getNamespace(state: RegionState, id: string): NamespaceRow {
  return state.cloudMap.namespaces.get(idOf(id)) ?? raise(namespaceNotFound(id));
}

/** @throws {ServiceError} `ServiceNotFound`. */
export function getService(state: RegionState, id: string): ServiceRow {
  return findService(state, id) ?? raise(serviceNotFound(id));
}

/** @throws {ServiceError} `InstanceNotFound`. */
export function getInstance(state: RegionState, service: ServiceRow, id: string): InstanceRow {
  return state.cloudMap.instances.get(`${service.fields.Id}/${id}`) ?? raise(instanceNotFound(id));
}

/** A namespace's services, in the order in which they were made. */
export function servicesOf(state: RegionState, namespaceId: string): ServiceRow[] {
  return [...state.cloudMap.services.values()].filter((row) => row.fields.NamespaceId === namespaceId);
}

/** A service's instances, in the order in which they were registered. */
export function instancesOf(state: RegionState, serviceId: string): InstanceRow[] {
  return [...state.cloudMap.instances.values()].filter((row) => row.serviceId === serviceId);
}
