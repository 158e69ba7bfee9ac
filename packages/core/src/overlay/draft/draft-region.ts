import { defined } from '../../ground/defined.js';
import { parsePrefix } from '../../cidr/prefix.js';
import type { KeptInSubnets } from '../../cidr/reserved-ranges.js';
import { usableCount } from '../../cidr/reserved.js';
import type { ItemOf } from '../../do/world/views.js';
import type { Allowlist } from '../../do/model/allowlist.js';
import type { NetworkInterface } from '../../do/model/network.js';
import type { IndexedList, ResourceList } from '../../do/snapshot/resources/resources.js';
import type { Gap, RegionSnapshot } from '../../do/snapshot/snapshot.js';
import { DraftRoutes } from './draft-routes.js';
import { Registrations, type MemberList, type Placement } from './registrations.js';
import type { View } from './view.js';

type Item = { readonly id: string };

/** Where the members of a registrar will be, once all of the plan is laid. */
export type PlaceMembers = (draft: DraftRegion) => Placement;

type OnlyInterface = Pick<NetworkInterface, 'id' | 'subnetId' | 'addresses' | 'securityGroupIds' | 'attachedTo'> & {
  readonly networkId?: string | undefined;
};

/** A region that is changed list by list. What is not changed is shared with the base. */
export class DraftRegion {
  readonly #lists = new Map<IndexedList, Map<string, Item>>();
  readonly #gaps: Gap[] = [];
  readonly #changed = new Set<string>();
  readonly #completed = new Set<string>();
  readonly #inBase = new Map<IndexedList, ReadonlySet<string>>();
  readonly #lostLists = new Set<ResourceList>();
  /** The servers that the plan registers, by the ID of a load balancer or of a group of servers. */
  readonly servers = new Map<string, readonly { readonly id: string; readonly port?: number }[]>();
  /** What registers members in groups and services. */
  readonly registrations = new Registrations<PlaceMembers>();
  /** IDs that were made up for members, and the address of what registers them. */
  readonly symbols = new Map<string, string>();
  /** What registrars use that no list has, by their IDs. */
  readonly uses = new Map<string, readonly string[]>();
  /** What tells the members of lists apart that grow one by one. */
  readonly keys = new WeakMap<object, Set<string>>();
  readonly routes = new DraftRoutes({
    get: (id) => this.get('gateways', id),
    readBy: () => `\`postern snapshot --provider ${this.base.provider} --region ${this.base.region}\``,
    patch: (id, change) => {
      this.patch('gateways', id, change);
    },
  });
  #allowlists: readonly Allowlist[] | undefined;

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

  /** The only interface of something in a subnet. */
  putInterface(given: OnlyInterface): void {
    const one = { prefixes: [], inUse: true, primary: true, sourceDestinationCheck: true, account: this.base.account };
    this.put('interfaces', { ...one, ...given } as unknown as NetworkInterface);
  }

  /** How many addresses of a subnet can be used. @throws {UnknownAttribute} for a text that is not a block */
  usable(view: Pick<View, 'unknown'>, block: string): number {
    try {
      return Number(usableCount(parsePrefix(block), this.kept));
    } catch {
      throw view.unknown('cidr_block', [`${block} is not a block of addresses`]);
    }
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
    for (const { id, routes } of this.all('gateways')) this.routes.former.set(id, routes);
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
    this.#gaps.push({ what, operation: 'the plan', code: 'INCOMPLETE_LIST', of, ...defined({ id }) });
  }

  /** A member of an item is not known, and is left out: the checks that need it say why. The item itself stays. */
  unread(of: IndexedList, id: string, what: string): void {
    this.#gaps.push({ what, operation: 'the plan', code: 'INCOMPLETE_LIST', of, id });
  }

  /** Which members an item has is not known. The item itself stays. `operation`: what registers them. */
  doubt(of: MemberList, id: string, what: string, operation: 'the plan' | 'the deployment' = 'the plan'): void {
    if (of === 'services') this.patch(of, id, () => ({ instances: undefined }));
    else this.patch(of, id, () => ({ targets: undefined }));
    this.#gaps.push({ what, operation, code: 'INCOMPLETE_LIST', of, id });
  }

  /** Changes what a link may reach. */
  allowed(linkId: string, change: (list: Allowlist) => Partial<Allowlist>): void {
    this.#allowlists = (this.#allowlists ?? this.base.allowlists).map((one) =>
      one.linkId === linkId ? { ...one, ...change(one) } : one,
    );
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
