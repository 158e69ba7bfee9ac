import type { ResourceList } from '../../do/snapshot/resources/resources.js';
import type { ActValues } from '../acts/act.js';

/** Where a snapshot has what a type of resource is. */
export interface Held {
  /** What is not known of a resource is a gap there. */
  readonly list: ResourceList;
  /** Of a part, the attribute that names the item to which it belongs: the group of a rule; or which IDs of the list are its items. */
  readonly of?: string | ((values: ActValues, ids: readonly string[]) => readonly string[]) | undefined;
  /** It is a route: the IDs of its gateway and of itself, and its key where the resource has it. */
  readonly route?: ((values: ActValues) => readonly [gatewayId: unknown, routeId: unknown, key?: unknown]) | undefined;
  /** What is not known of it concerns the routes that use it, and no other route of its gateway. */
  readonly isUsedByRoutes?: true | undefined;
}

/** A resource that is an item of a list. */
export const item = (list: ResourceList): Held => ({ list });

/** A resource that is a part of an item. */
export const part = (list: ResourceList, of?: string): Held => ({ list, of: of ?? '' });
