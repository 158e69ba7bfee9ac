import type { Json } from '../../../src/ground/json.js';
import type { IndexedList, ItemOf } from '../../../src/do/world/views.js';
import { RESOURCES } from '../../../src/do/snapshot/resources/resources.js';
import type { IntegrationSpec, LinkSpec, Spec, TargetSpec } from '../../../src/do/spec.js';
import type { Gap, RegionSnapshot, Snapshot, SnapshotList } from '../../../src/do/snapshot/snapshot.js';
import { alibabaRegion } from './alibaba-region.js';
import { awsRegion } from './aws-region.js';
import { type Change, edit, type Edits } from './edits.js';

/** A value of which a test may change everything. */
export type Draft<T> = [Json] extends [T]
  ? T // any JSON: the type is recursive
  : T extends (...args: never[]) => unknown
    ? T
    : T extends object
      ? { -readonly [K in keyof T]: Draft<T[K]> }
      : T;

/** A small network in which every check passes, and its spec; tests change the part that they are about. */
export interface World {
  /** Made of `region` and `spec`; a test changes those. */
  readonly snapshot: Snapshot & { takenAt: string };
  readonly region: Draft<RegionSnapshot>;
  readonly spec: Draft<Spec>;
  /** The spec's one link, its one integration, and that one's target `orders`. */
  readonly linkSpec: Draft<LinkSpec>;
  readonly integration: Draft<IntegrationSpec>;
  readonly targetSpec: Draft<TargetSpec>;
  readonly the: <L extends IndexedList>(list: L, id: string) => Draft<ItemOf<L>>;
  /** Adds a copy of an item, with changes. */
  readonly copy: <L extends IndexedList>(
    list: L,
    id: string,
    changes: Partial<Draft<ItemOf<L>>> & { id: string },
  ) => Draft<ItemOf<L>>;
  /** Removes an item, as if it did not exist. */
  readonly remove: (list: IndexedList, id: string) => void;
  /** A snapshot without a permission: the list is empty or undefined, and a gap names the permission. */
  readonly withhold: (list: SnapshotList, permission: string, id?: string) => void;
}

/** The time of the worlds' snapshots. */
export const TAKEN_AT = '2026-06-01T00:00:00.000Z';

/** The AWS region `eu-west-1`: an HTTP API, a VPC link, an ALB with two instances. */
export function awsWorld(change?: (world: World) => void): World {
  const spec = {
    version: 1,
    project: 'shop',
    spec: 'shop',
    links: { eu: { provider: 'aws', region: 'eu-west-1', id: 'vlink-1', tags: {} } },
    integrations: {
      orders: {
        link: 'eu',
        gateway: { httpApi: 'api-1' },
        targets: {
          orders: {
            ref: { listener: { loadBalancer: 'orders-alb', port: 443 } },
            tls: { serverName: 'orders.internal' },
          },
        },
        routes: { 'ANY /orders': 'orders' },
      },
    },
  } satisfies Spec;
  return worldOf(awsRegion(), spec, change);
}

/** The Alibaba Cloud region `cn-hangzhou`: an API group, an integration instance, an ECS and a CLB instance. */
export function alibabaWorld(change?: (world: World) => void): World {
  const spec = {
    version: 1,
    project: 'shop',
    spec: 'shop',
    links: { eu: { provider: 'alibaba', region: 'cn-hangzhou', id: 'apigateway-hz-1', tags: {} } },
    integrations: {
      orders: {
        link: 'eu',
        gateway: { apiGroup: 'group-1', stages: ['RELEASE'] },
        targets: {
          orders: { ref: { instance: 'i-1', port: 8080 } },
          stock: { ref: { instance: 'lb-1', port: 80 } },
        },
        routes: { 'ANY /orders': 'orders', 'ANY /stock': 'stock' },
      },
    },
    assume: { internalBlocks: { 'cn-hangzhou': ['10.250.0.0/16'] } },
  } satisfies Spec;
  return worldOf(alibabaRegion(), spec, change);
}

export const all =
  (...changes: readonly Change[]) =>
  (world: World): void => {
    for (const change of changes) change(world);
  };

/** What a row of a table says of a world: edits and changes, one after the other. */
export type Changed = <A, B, C>(
  ...changes: readonly [first?: Change | Edits<A>, second?: Change | Edits<B>, third?: Change | Edits<C>, ...Change[]]
) => () => World;

/** Worlds for rows of tables, of a function that makes them. */
export const changed =
  (make: (change: (world: World) => void) => World): Changed =>
  (...changes: readonly (Change | object | undefined)[]) =>
  () =>
    make(all(...changes.map((change = {}) => (typeof change === 'function' ? (change as Change) : edit(change)))));

export const aws = changed(awsWorld);

/** The world of Alibaba Cloud with changes. */
export const alibaba = changed(alibabaWorld);

/** A list was not read, or an item of it: see `World.withhold`. */
export const withhold =
  (...given: Parameters<World['withhold']>): Change =>
  ({ withhold: deny }) =>
    deny(...given);

/** The gap of an operation that these credentials may not call: for `gaps.+`. */
export const denied = (of: SnapshotList, what: string, permission: string, operation: string, id?: string): Gap => ({
  what,
  operation,
  code: 'PERMISSION_DENIED',
  permission,
  of,
  ...(id === undefined ? {} : { id }),
});

/** A copy of an item with changes: see `World.copy`. */
export const copy =
  <L extends IndexedList>(list: L, id: string, changes: Partial<Draft<ItemOf<L>>> & { id: string }): Change =>
  (world) =>
    world.copy(list, id, changes);

function worldOf(given: RegionSnapshot, wanted: Spec, change: ((world: World) => void) | undefined): World {
  const region = given as Draft<RegionSnapshot>;
  const spec = wanted as Draft<Spec>;
  const itemsOf = <L extends IndexedList>(list: L): Draft<ItemOf<L>>[] =>
    ((region[list] as unknown) ??= []) as Draft<ItemOf<L>>[];
  const the: World['the'] = (list, id) => {
    const found = itemsOf(list).find((item) => (item as { id: string }).id === id);
    if (found === undefined) throw new Error(`the world has no ${id} among its ${list}`);
    return found;
  };
  const integration = spec.integrations['orders'];
  const linkSpec = spec.links['eu'];
  const targetSpec = integration?.targets['orders'];
  if (integration === undefined || linkSpec === undefined || targetSpec === undefined) throw new Error('no spec');
  const world: World = {
    region,
    spec,
    linkSpec,
    integration,
    targetSpec,
    snapshot: { version: 1, takenAt: TAKEN_AT, regions: [given] },
    the,
    copy: (list, id, changes) => {
      const made = { ...structuredClone(the(list, id)), ...changes };
      itemsOf(list).push(made);
      return made;
    },
    remove: (list, id) => {
      const items = itemsOf(list) as { id: string }[];
      items.splice(
        items.findIndex((item) => item.id === id),
        1,
      );
    },
    withhold: (list, permission, id) => {
      const gap: Draft<Gap> = {
        what: id === undefined ? list : `${list} ${id}`,
        operation: permission.split(':')[1] ?? permission,
        code: 'PERMISSION_DENIED',
        permission,
        of: list,
      };
      region.gaps.push(id === undefined ? gap : { ...gap, id });
      if (id !== undefined) {
        // Two changes of a world may have created the same item.
        const items = region[list] as { id: string }[];
        items.splice(0, items.length, ...items.filter((item) => item.id !== id));
      } else if (list !== 'quotas' && RESOURCES[list].always) (region[list] as unknown[]).length = 0;
      else Object.assign(region, { [list]: undefined });
    },
  };
  change?.(world);
  return world;
}
