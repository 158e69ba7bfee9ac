import type { KeptInSubnets } from '../../cidr/reserved-ranges.js';
import type { ItemOf } from '../../do/world/views.js';
import { sentMethod, type Route } from '../../do/model/route.js';
import type { Wanted } from '../declared/open.js';
import type { Allowlist } from '../../do/model/allowlist.js';
import type { IndexedList, ResourceList } from '../../do/snapshot/resources/resources.js';
import type { Gap, RegionSnapshot } from '../../do/snapshot/snapshot.js';
import { Registrations, type MemberList, type Placement } from './registrations.js';

type Item = { readonly id: string };

/**
 * Where an integration leads, in the members of a route; empty: not into a network. `method` is the one that the integration
 * has, whatever the route's.
 */
export type Lead = Pick<
  Partial<Route>,
  | 'linkId'
  | 'targetId'
  | 'tls'
  | 'path'
  | 'keepsPath'
  | 'writtenPath'
  | 'method'
  | 'settings'
  | 'anyAuthority'
  | 'variables'
  | 'unfilled'
>;

/** The variables of a stage, by which integrations name links, load balancers and hosts. */
export interface StageValues {
  readonly has: (name: string) => boolean;
  /** Undefined: the text is not known. */
  readonly text: (name: string) => string | undefined;
  /** What a variable names. @throws {UnknownAttribute} */
  readonly ref: (name: string, wanted: Wanted) => string | undefined;
}

/** A route that cannot be followed after the plan. Without a key: any route of the gateway. */
export interface LostRoute {
  readonly gatewayId: string;
  readonly routeId: string;
  readonly key: string;
  readonly what: string;
}

/** The last part of a path, below the path of another resource. */
export interface PathBelow {
  readonly parent: string;
  readonly part: string;
}

/** A path has fewer parts than this: more are a circle. */
const DEEPEST = 100;

const NO_LEAD: Required<{ readonly [M in keyof Lead]: undefined }> = {
  linkId: undefined,
  targetId: undefined,
  tls: undefined,
  path: undefined,
  keepsPath: undefined,
  writtenPath: undefined,
  method: undefined,
  settings: undefined,
  anyAuthority: undefined,
  variables: undefined,
  unfilled: undefined,
};

/** Where the members of a registrar will be, once all of the plan is laid. */
export type PlaceMembers = (draft: DraftRegion) => Placement;

/** A region that is changed list by list. What is not changed is shared with the base. */
export class DraftRegion {
  readonly #lists = new Map<IndexedList, Map<string, Item>>();
  readonly #gaps: Gap[] = [];
  readonly #changed = new Set<string>();
  readonly #completed = new Set<string>();
  readonly #inBase = new Map<IndexedList, ReadonlySet<string>>();
  readonly #lostLists = new Set<ResourceList>();
  readonly #lost = new Map<string, string>();
  readonly #leads = new Map<string, Lead>();
  readonly #paths = new Map<string, string | PathBelow>();
  /** Routes that cannot be followed. */
  readonly lostRoutes: LostRoute[] = [];
  /** The servers that the plan registers, by the ID of a load balancer or of a group of servers. */
  readonly servers = new Map<string, readonly { readonly id: string; readonly port?: number }[]>();
  /** What registers members in groups and services. */
  readonly registrations = new Registrations<PlaceMembers>();
  /** IDs that were made up for members, and the address of what registers them. */
  readonly symbols = new Map<string, string>();
  /** What registrars use that no list has, by their IDs. */
  readonly uses = new Map<string, readonly string[]>();
  #allowlists: readonly Allowlist[] | undefined;
  /** Gateways whose routes a document replaces. */
  readonly imported = new Set<string>();
  /** The variables of stages that the plan has, by gateway and name. */
  readonly stageValues = new Map<string, Map<string, StageValues>>();
  /** By gateway the one stage that is judged, of several whose variables differ. */
  readonly onlyStages = new Map<string, string>();
  /** Why integrations answer no call, by gateway and ID. */
  readonly broken = new Map<string, string>();
  /** Lays again where an integration leads that variables name, by gateway and ID. */
  readonly named = new Map<string, () => void>();
  /** The addresses of routes, by gateway and ID. */
  readonly addresses = new Map<string, string>();

  constructor(
    readonly base: RegionSnapshot,
    /** The addresses that the cloud keeps in each subnet. */
    readonly kept: KeptInSubnets,
  ) {}

  get<L extends IndexedList>(list: L, id: string): ItemOf<L> | undefined {
    return this.#list(list).get(id) as ItemOf<L> | undefined;
  }

  all<L extends IndexedList>(list: L): readonly ItemOf<L>[] {
    return [...this.#list(list).values()] as unknown as readonly ItemOf<L>[];
  }

  put<L extends IndexedList>(list: L, item: ItemOf<L>): void {
    if (this.#lostLists.has(list)) return;
    const { id } = item as unknown as Item;
    this.#list(list).set(id, item as unknown as Item);
    this.#changed.add(`${list} ${id}`);
  }

  /** Changes members of an item. One that is neither in the snapshot nor laid before is not known. */
  patch<L extends IndexedList>(list: L, id: string, change: (item: ItemOf<L>) => Partial<ItemOf<L>>): void {
    const item = this.get(list, id);
    if (this.#lostLists.has(list)) return;
    if (item !== undefined) this.put(list, { ...item, ...change(item) });
    else if (!this.isChanged(list, id))
      this.gap(list, id, `${id}, which the plan changes and the snapshot does not have,`);
  }

  remove(list: IndexedList, id: string): void {
    this.#list(list).delete(id);
    this.#changed.add(`${list} ${id}`);
  }

  /** What was laid so far is as if the snapshot had it. */
  forgetChanges(): void {
    for (const one of this.#changed) this.#completed.add(one);
    this.#changed.clear();
  }

  /** Whether the base lacks what exists already: a state has it. */
  isFromState(list: IndexedList, id: string): boolean {
    return this.#completed.has(`${list} ${id}`);
  }

  /** What completes the base: it follows what is laid, as changes do. */
  isCompleted(list: IndexedList, id: string): boolean {
    return this.isChanged(list, id) || this.#completed.has(`${list} ${id}`);
  }

  /** Whether the snapshot has an item. */
  inBase(list: IndexedList, id: string): boolean {
    let ids = this.#inBase.get(list);
    if (ids === undefined) {
      ids = new Set(((this.base[list] ?? []) as readonly Item[]).map((one) => one.id));
      this.#inBase.set(list, ids);
    }
    return ids.has(id);
  }

  /** Whether the plan created, changed or removed an item. */
  isChanged(list: IndexedList, id: string): boolean {
    return this.#changed.has(`${list} ${id}`);
  }

  /**
   * Something is not known: with an ID this item alone, else any item of the list. What may be another is taken out of the list, so that
   * its verdict is unknown. Gateways stay: their routes are what is judged.
   */
  gap(of: ResourceList, id: string | undefined, what: string): void {
    const items = this.#list(of as IndexedList);
    if (of !== 'gateways' && id !== undefined) items.delete(id);
    else if (of !== 'gateways') {
      items.clear();
      this.#lostLists.add(of);
    }
    this.#gaps.push({ what, operation: 'the plan', code: 'INCOMPLETE_LIST', of, ...(id === undefined ? {} : { id }) });
  }

  /** A member of an item is not known, and is left out: the checks that need it say why. The item itself stays. */
  unread(of: IndexedList, id: string, what: string): void {
    this.#gaps.push({ what, operation: 'the plan', code: 'INCOMPLETE_LIST', of, id });
  }

  /** Which members an item has is not known. The item itself stays. */
  doubt(of: MemberList, id: string, what: string): void {
    if (of === 'services') this.patch(of, id, () => ({ instances: undefined }));
    else this.patch(of, id, () => ({ targets: undefined }));
    this.#gaps.push({ what, operation: 'the plan', code: 'INCOMPLETE_LIST', of, id });
  }

  /** Changes what a link may reach. */
  allowed(linkId: string, change: (list: Allowlist) => Partial<Allowlist>): void {
    this.#allowlists = (this.#allowlists ?? this.base.allowlists).map((one) =>
      one.linkId === linkId ? { ...one, ...change(one) } : one,
    );
  }

  /** An integration of a gateway leads there, and so do the routes that use it. */
  lead(gatewayId: string, id: string, lead: Lead): void {
    this.patch('gateways', gatewayId, ({ routes, integrations = [] }) => ({
      integrations: [
        ...integrations.filter((one) => one.id !== id),
        { id, linkId: lead.linkId, targetId: lead.targetId },
      ],
      routes: routes.map((one) => (one.integrationId === id ? led(one, lead) : one)),
    }));
    this.#leads.set(`${gatewayId} ${id}`, lead);
  }

  /** Stages serve an integration where it leads now, without a deployment: the values of variables count at once. */
  serveLead(gatewayId: string, id: string): void {
    const lead = this.#leads.get(`${gatewayId} ${id}`) ?? {};
    this.patch('gateways', gatewayId, ({ stages, routes }) => {
      const ids = new Set(routes.flatMap((one) => (one.integrationId === id ? one.id : [])));
      return {
        stages: stages.map((stage) => {
          if (stage.served === undefined) return stage;
          const served = stage.served.routes.map((one) => (ids.has(one.id) ? led(one, lead) : one));
          return { ...stage, served: { ...stage.served, routes: served } };
        }),
      };
    });
  }

  /** The variables of a stage. */
  stage(gatewayId: string, name: string, values: StageValues): void {
    const known = this.stageValues.get(gatewayId) ?? new Map<string, StageValues>();
    this.stageValues.set(gatewayId, known.set(name, values));
  }

  /** Whether the plan says where an integration leads. */
  isLed(gatewayId: string, id: string): boolean {
    return this.#leads.has(`${gatewayId} ${id}`);
  }

  dropLead(gatewayId: string, id: string): void {
    this.patch('gateways', gatewayId, ({ integrations = [] }) => ({
      integrations: integrations.filter((one) => one.id !== id),
    }));
    this.#leads.delete(`${gatewayId} ${id}`);
  }

  /** It is not known where an integration leads, and so with the routes that use it. */
  loseLead(gatewayId: string, id: string, what: string): void {
    this.#lost.set(`${gatewayId} ${id}`, what);
    this.patch('gateways', gatewayId, ({ routes }) => {
      for (const one of routes)
        if (one.integrationId === id) this.lostRoutes.push({ gatewayId, routeId: one.id, key: one.key, what });
      return { routes: routes.filter((one) => one.integrationId !== id) };
    });
  }

  /** It is not known which routes a gateway will have. */
  loseRoutes(gatewayId: string, what: string): void {
    const routes = this.get('gateways', gatewayId)?.routes ?? [];
    for (const one of routes) this.lostRoutes.push({ gatewayId, routeId: one.id, key: one.key, what });
    if (routes.length === 0) this.lostRoutes.push({ gatewayId, routeId: '', key: '', what });
    this.patch('gateways', gatewayId, () => ({ routes: [] }));
    this.imported.add(gatewayId);
  }

  /** Why it is not known where an integration leads. */
  lostLead(gatewayId: string, id: string): string | undefined {
    return this.#lost.get(`${gatewayId} ${id}`);
  }

  /** A route, with where its integration leads: as the plan says, or as a route of the snapshot with the same integration. */
  route(gatewayId: string, route: Route): void {
    const { integrationId = '' } = route;
    this.patch('gateways', gatewayId, ({ routes, integrations = [] }) => {
      const same = routes.find((one) => one.integrationId === integrationId);
      const listed = integrations.find(({ id }) => id === integrationId);
      const lead = this.#leads.get(`${gatewayId} ${integrationId}`) ??
        leadOf(same) ?? { linkId: listed?.linkId, targetId: listed?.targetId };
      return { routes: [...routes.filter((one) => one.id !== route.id), led(route, lead)] };
    });
  }

  dropRoute(gatewayId: string, id: string): void {
    this.patch('gateways', gatewayId, ({ routes }) => ({ routes: routes.filter((one) => one.id !== id) }));
  }

  /** The path of a resource of a REST API. One below another is known once that one is: the order does not matter. */
  path(gatewayId: string, resource: string, path: string | PathBelow): void {
    this.#paths.set(`${gatewayId} ${resource}`, path);
  }

  pathOf(gatewayId: string, resource: string, depth = 0): string | undefined {
    const known = this.#paths.get(`${gatewayId} ${resource}`);
    if (typeof known === 'object' && depth < DEEPEST) {
      const parent = this.pathOf(gatewayId, known.parent, depth + 1);
      if (parent !== undefined) return parent === '/' ? `/${known.part}` : `${parent}/${known.part}`;
    } else if (typeof known === 'string') return known;
    const route = this.get('gateways', gatewayId)?.routes.find(({ id }) => id.startsWith(`${resource}/`));
    return route?.key.split(' ')[1];
  }

  /** The address of a route in the plan. */
  address(gatewayId: string, route: string, address: string): void {
    this.addresses.set(`${gatewayId} ${route}`, address);
  }

  get gaps(): readonly Gap[] {
    return this.#gaps;
  }

  region(more: Partial<RegionSnapshot>): RegionSnapshot {
    const lists = Object.fromEntries([...this.#lists].map(([list, items]) => [list, [...items.values()]]));
    const allowlists = this.#allowlists ?? this.base.allowlists;
    return { ...this.base, ...lists, allowlists, ...more, gaps: [...this.base.gaps, ...this.#gaps] };
  }

  #list(list: IndexedList): Map<string, Item> {
    let items = this.#lists.get(list);
    if (items === undefined) {
      items = new Map(((this.base[list] ?? []) as readonly Item[]).map((one) => [one.id, one] as const));
      this.#lists.set(list, items);
    }
    return items;
  }
}

/** A route where an integration leads. */
function led(route: Route, lead: Lead): Route {
  const method = sentMethod(route.key, lead.method);
  const { method: _method, ...rest } = { ...route, ...NO_LEAD, ...lead };
  return Object.fromEntries(
    Object.entries({ ...rest, method }).filter(([, value]) => value !== undefined),
  ) as unknown as Route;
}

function leadOf(route: Route | undefined): Lead | undefined {
  if (route?.linkId === undefined) return undefined;
  const { linkId, targetId, tls, path, settings, anyAuthority, method, variables } = route;
  return { linkId, targetId, tls, path, settings, anyAuthority, method, variables };
}
