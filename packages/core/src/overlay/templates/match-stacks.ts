import { entryOf } from '../../ground/json.js';
import { RESOURCES, type IndexedList } from '../../do/snapshot/resources/resources.js';
import type { RegionSnapshot, Snapshot } from '../../do/snapshot/snapshot.js';
import type { PartKind } from '../../do/snapshot/resources/resource.js';
import type { ToolPlan } from '../declared/tool-plan.js';
import type { Instance } from '../declared/values.js';
import { isZoneByOrder } from '../declared/zones.js';
import type { Laid } from '../lay/laid.js';
import type { DefaultPlace } from '../lay/places.js';
import { layPlan } from '../lay/lay-plan.js';
import type { PlanSet } from '../rows/plan-set.js';
import { isTagged, taggedStacks } from '../cloudformation/identity.js';
import type { FoundStack } from './declared-stacks.js';

type Item = { readonly id: string; readonly [member: string]: unknown };

/** The members of items that resources of their own bring: what a template no longer has may be one of them. */
const BROUGHT: ReadonlyMap<string, string> = new Map([
  ['gateways', 'routes'],
  ['securityGroups', 'rules'],
  ['listeners', 'rules'],
  ['targetGroups', 'targets'],
  ['routeTables', 'routes'],
  ['networkAcls', 'entries'],
  ['services', 'instances'],
]);
/** What lives, and no template writes. */
const LIVE: ReadonlySet<string> = new Set(
  (
    'name tags createdAt description reason freeAddresses maxEntries nativeState owner because notAfter deployed deploymentId ' +
    'createdBy configuredBy health state gatewayId account raw peerAccount keepsPath zone ' +
    // What decides who may call, and how long an answer may take.
    'authorizer authorization scopes apiKey open timeoutMs'
  ).split(' '),
);
/** Targets are computed of others. */
const LISTS = (Object.keys(RESOURCES) as IndexedList[]).filter(
  (list) => RESOURCES[list].key === 'id' && list !== 'targets',
);

/** A resource of a template, in the types of the rows. */
interface Resource {
  readonly stack: FoundStack;
  readonly name: string;
  readonly list: IndexedList;
  readonly isPart: boolean;
  readonly address: string;
  readonly instances: readonly Instance[];
}

/** What is matched: the plan is asked for anew whenever more is known. */
export interface MatchOptions {
  readonly stacks: readonly FoundStack[];
  readonly base: Snapshot;
  readonly places: DefaultPlace;
  readonly set: PlanSet;
  readonly plan: () => ToolPlan;
}

const SAID = 'only its change set says';

/**
 * Finds out what of some stacks exists: what CloudFormation tagged, what has a name that a region has once, and what these
 * lead to. What a template declares as it is there is unchanged; what else is not new for certain is lost, with the reason.
 * Returns why it is not known what becomes of things that no template has, by their IDs; of a route that of its gateway
 * stands before its own.
 */
export function matchStacks(options: MatchOptions): ReadonlyMap<string, string> {
  const matching = new Matching(options);
  while (matching.bind());
  matching.decide();
  return matching.doubts();
}

class Matching {
  #plan!: ToolPlan;
  #laid!: Laid;
  #resources: readonly Resource[] = [];
  /** The addresses of what IDs were made up for; empty where it is new, or it would have a tag. */
  readonly #owners = new Map<string, string>();
  /** What is of a stack. */
  readonly #own: Set<string>;
  readonly #doubts = new Map<string, string>();

  constructor(readonly options: MatchOptions) {
    this.#own = new Set(taggedStacks(options.base).flatMap(({ ids }) => [...ids.values()]));
    this.#read();
  }

  /** Finds the IDs of more resources. Whether there were any. */
  bind(): boolean {
    const found = new Map<string, string>();
    for (const [laid, base] of this.#regions())
      for (const list of LISTS)
        for (const item of itemsOf(laid, list)) {
          const same = this.#same(list, item, itemsOf(base, list));
          if (same !== undefined) this.#pair(item, same, list, found);
        }
    let isNew = false;
    for (const { stack, name, address, list, isPart } of this.#resources) {
      const id = found.get(address);
      if (id === undefined || stack.ids.has(name)) continue;

      if (stack.exists) {
        this.#own.add(id);
        stack.ids.set(name, id);
        stack.change(name, 'Modify');
        isNew = true;
      } else if (isPart || naturalOf(list) !== undefined) {
        const because = `the name is in use by ${id}: ${SAID} whether it is this one`;
        stack.change(name, 'Add', because);
        this.#doubts.set(id, because);
      }
    }
    if (isNew) this.#read();
    return isNew;
  }

  /** What becomes of each resource. */
  decide(): void {
    const unchanged = new Set(this.#unchanged(this.#resources.filter((one) => this.#isThere(one))));
    const decided = this.#resources.map((one) => [one, this.#decided(one, unchanged.has(one))] as const);
    for (const [{ stack, name }, [action, lost]] of decided) {
      if (stack.changes.get(name)?.lost !== undefined) continue;

      if (action === 'none') stack.changes.delete(name);
      else stack.change(name, action, lost);
    }
  }

  #decided(resource: Resource, isUnchanged: boolean): readonly ['none' | 'Add' | 'Modify', lost?: string] {
    const { stack, name } = resource;
    if (!stack.exists) return ['Add'];
    if (isUnchanged) return ['none'];
    if (stack.ids.has(name)) return ['Modify', `it differs from what is there: ${SAID} whether it is replaced`];

    return this.#mayExist(resource) ? ['Add', `neither a tag nor a name tells whether it exists: ${SAID} it`] : ['Add'];
  }

  /** The IDs of what a resource is, or is a part of. */
  #ownersOf({ instances }: Resource): readonly string[] {
    return instances
      .flatMap((one) => [one.after?.['id'], ...(this.#laid.owners.get(one.address) ?? [])])
      .filter((id) => typeof id === 'string');
  }

  #isThere(resource: Resource): boolean {
    const { stack, name, list, isPart } = resource;
    const owners = this.#ownersOf(resource);
    const isOwned = (): boolean =>
      isPart && this.#regions().some(([, base]) => itemsOf(base, list).some(({ id }) => owners.includes(id)));
    return stack.exists && owners.length > 0 && (stack.ids.has(name) || isOwned());
  }

  /** Why it is not known what becomes of things that no template has. */
  doubts(): ReadonlyMap<string, string> {
    const doubts = this.#doubts;
    const existing = this.options.stacks.filter(({ exists }) => exists);
    for (const { given, ids, stack } of existing)
      for (const [name, id] of ids)
        if (entryOf(given.template.resources, name) === undefined || stack?.has(name) === false)
          doubts.set(
            id,
            `${name} (${id}) is not in the template: whether it is deleted is in the deployed one (DeletionPolicy)`,
          );
    if (existing.length === 0) return doubts;

    const literal = JSON.stringify(this.#plan.instances.map(({ after }) => after));
    const isNamed = ({ id }: Item): boolean => this.#own.has(id) || literal.includes(id);
    for (const [laid, base] of this.#regions()) {
      const named = LISTS.flatMap((list) => itemsOf(base, list).filter(isNamed));
      const networks = new Set(named.flatMap((one) => networkOf(one, base) ?? []));
      for (const list of LISTS)
        for (const item of itemsOf(base, list)) {
          const { id } = item;
          const network = networkOf(item, base);
          if (network !== undefined && networks.size > 0 && !networks.has(network)) continue;

          const isNatural = naturalOf(list) !== undefined;
          if (isNatural && !isNamed(item))
            doubts.set(id, `${id} is in no template: ${SAID} whether it is of the stack`);
          // What a network has by itself is of no template.
          if (!this.#own.has(id) && !isTagged(list) && !isNatural) continue;

          for (const part of this.#uncovered(laid, list, item)) {
            const isRoute = list === 'gateways';
            const what = isRoute ? `route ${String(part['key'])}` : `all ${BROUGHT.get(list)} of ${id}`;
            doubts.set(
              isRoute ? `${id} ${part.id}` : id,
              `the template does not have ${what} as it is there: ${SAID} whether the stack takes it away`,
            );
          }
          if (list === 'gateways' && this.#isDeployed(item))
            doubts.set(id, `${id} is served as it was deployed: ${SAID} whether it is deployed again`);
        }
    }
    return doubts;
  }

  /** The parts of an item that no resource declares as they are. */
  #uncovered(laid: RegionSnapshot, list: IndexedList, item: Item): readonly Item[] {
    const declared = itemsOf(laid, list).find(({ id }) => id === item.id);
    const covering = partsOf(list, declared);
    return partsOf(list, item).filter((part) => !covering.some((one) => this.#says(one, part, new Map())));
  }

  /** Whether something of a gateway may change of which a stage serves what was deployed. */
  #isDeployed({ id, stages = [] }: Item): boolean {
    const isChanged = ({ stack, name, address }: Resource): boolean =>
      stack.changes.has(name) && this.#laid.owners.get(address)?.includes(id) === true;
    return (stages as readonly Item[]).some(({ served }) => served !== undefined) && this.#resources.some(isChanged);
  }

  /** What is not new for certain: without a tag where CloudFormation gives none, and something of its list may be it. */
  #mayExist(resource: Resource): boolean {
    const { list, isPart, address, instances } = resource;
    if (isTagged(list) && !isPart) return false;

    const owners = this.#ownersOf(resource);
    const name = instances[0]?.after?.['name'];
    const hasRoute = ({ id }: Item): boolean =>
      [...this.#laid.routes].some(([route, of]) => of === address && route.startsWith(`${id} `));
    return this.#regions().some(([laid, base]) =>
      itemsOf(base, list).some((item) =>
        isPart
          ? owners.includes(item.id) && !hasRoute(item) && this.#uncovered(laid, list, item).length > 0
          : !this.#own.has(item.id) &&
            (typeof name !== 'string' || item['name'] === undefined || item['name'] === name),
      ),
    );
  }

  /** Those of some resources that change nothing of what they belong to, laid over what is there without the others. */
  #unchanged(some: readonly Resource[]): readonly Resource[] {
    const own = new Set(some.flatMap((one) => this.#ownersOf(one)));
    const laid = new Set(some.flatMap(({ instances }) => instances));
    const others = this.#plan.instances.filter((one) => !laid.has(one) && one.before !== undefined);
    const alone = [...others.map((one) => ({ ...one, actions: ['no-op'], before: one.after })), ...laid];
    const lists = [...new Set(some.map(({ list }) => list))];
    if (this.#changedBy(alone, lists)?.every(({ id }) => !own.has(id)) === true) return some;

    const half = some.length >> 1;
    return half === 0 ? [] : [some.slice(0, half), some.slice(half)].flatMap((part) => this.#unchanged(part));
  }

  /** What instances change of what is there. Undefined: not all is known of them. */
  #changedBy(instances: readonly Instance[], lists: readonly IndexedList[]): readonly Item[] | undefined {
    const { snapshot, unknownRoutes, lostRoutes } = this.#lay(this.options.base, instances);
    const pairs = pairsOf(snapshot, this.options.base);
    const isOpen = pairs.some(([laid, base]) => laid.gaps.length > base.gaps.length);
    if (isOpen || unknownRoutes.length > 0 || lostRoutes.length > 0) return undefined;

    return pairs.flatMap(([laid, base]) =>
      lists.flatMap((list) => {
        const all = new Map(itemsOf(laid, list).map((one) => [one.id, one] as const));
        return itemsOf(base, list).filter((item) => !this.#says(all.get(item.id), item, new Map(), naturalOf(list)));
      }),
    );
  }

  /** Lays all resources over what is there without the parts that resources bring. */
  #read(): void {
    const { stacks, set, plan } = this.options;
    this.#plan = plan();
    this.#laid = this.#lay();
    this.#owners.clear();
    this.#resources = stacks.flatMap((stack) =>
      [...stack.changes].flatMap(([name, { ResourceType = '' }]): readonly Resource[] => {
        const { type = '', ids = ['id'] } = set.cloudFormation.of(ResourceType) ?? {};
        const { list, isPart = false } = set.row(type) ?? {};
        if (list === undefined) return [];

        const address = stack.address(name);
        const instances = this.#plan.instances.filter((one) => one.address === address);
        const [first] = instances;
        const id = first && !stack.ids.has(name) ? this.#laid.idOf(first, ids[0] ?? 'id') : undefined;
        if (id !== undefined) this.#owners.set(id, isTagged(list) && !isPart ? '' : address);
        return [{ stack, name, address, instances, list: list as IndexedList, isPart }];
      }),
    );
  }

  #lay(over: Snapshot = withoutParts(this.options.base), instances = this.#plan.instances): Laid {
    const { places, set } = this.options;
    return layPlan(this.#plan, instances, over, places, ({ alternatives }) => alternatives[0] ?? [], set);
  }

  #regions(): readonly (readonly [RegionSnapshot, RegionSnapshot])[] {
    return pairsOf(this.#laid.snapshot, this.options.base);
  }

  /** The item that is the same for certain: by its ID, or by what a region has once. */
  #same(list: IndexedList, item: Item, all: readonly Item[]): Item | undefined {
    const natural = naturalOf(list);
    const known = all.find(({ id }) => id === item.id);
    if (known !== undefined || natural === undefined || natural.some((name) => item[name] === undefined)) return known;

    return all.find(
      ({ id, ...one }) =>
        !this.#own.has(id) && natural.every((name) => JSON.stringify(item[name]) === JSON.stringify(one[name])),
    );
  }

  /** The IDs that one thing has where another one, which is the same, names what is not known yet. */
  #pair(laid: Item, base: Item, list: IndexedList | undefined, found: Map<string, string>): void {
    for (const [member, value] of Object.entries(laid)) {
      const parts = Array.isArray(value) && value.some((one) => typeof one === 'object');
      if (!parts) {
        this.#says(value, base[member], found);
        continue;
      }
      for (const part of value as readonly Item[]) {
        const all = (base[member] ?? []) as readonly Item[];
        const saying = all.filter((one) => this.#says(part, one, new Map(found)));
        const keyed =
          list === undefined ? [] : all.filter((one) => keyOf(list, member, one) === keyOf(list, member, part));
        const [only, ...others] = saying.length > 0 ? saying : keyed;
        if (only !== undefined && others.length === 0) this.#pair(part, only, undefined, found);
      }
    }
  }

  /** Whether what is there is what is laid; `found` is what IDs that were made up stand for. */
  #says(laid: unknown, base: unknown, found: Map<string, string>, natural: readonly string[] = []): boolean {
    if (typeof laid === 'string' && typeof base === 'string') return this.#isText(laid, base, found);
    if (isNothing(laid) || isNothing(base)) return isNothing(laid) === isNothing(base);
    if (Array.isArray(laid) && Array.isArray(base)) {
      const left = [...(base as readonly unknown[])];
      const isSame = (one: unknown): boolean => {
        const at = left.findIndex((other) => {
          const tried = new Map(found);
          if (!this.#says(one, other, tried)) return false;

          for (const [owner, id] of tried) found.set(owner, id);
          return true;
        });
        return at >= 0 && left.splice(at, 1).length === 1;
      };
      return (
        laid.length === base.length &&
        (laid as readonly unknown[])
          .toSorted((a, b) => Number(this.#laid.symbols.has(String(a))) - Number(this.#laid.symbols.has(String(b))))
          .every(isSame)
      );
    }
    if (typeof laid !== 'object' || typeof base !== 'object') return laid === base;

    const [one, other] = [laid as Item, base as Item];
    const members = new Set(
      [...Object.keys(one), ...Object.keys(other)].filter((name) => !LIVE.has(name) || natural.includes(name)),
    );
    return [...members].every(
      (name) => (name === 'id' && one.id === undefined) || this.#says(one[name], other[name], found),
    );
  }

  #isText(laid: string, base: string, found: Map<string, string>): boolean {
    if (laid === base || isZoneByOrder(laid)) return true;

    const made = [...this.#owners.keys()].find((id) => laid.includes(id));
    if (made === undefined) return [...this.#laid.symbols.keys()].some((id) => laid.includes(id));

    const [start = '', end = ''] = laid.split(made);
    if (!base.startsWith(start) || !base.endsWith(end)) return false;

    const id = base.slice(start.length, base.length - end.length);
    const owner = this.#owners.get(made) ?? '';
    if (found.has(owner)) return found.get(owner) === id;
    if (owner === '' || this.#own.has(id)) return false;

    found.set(owner, id);
    return true;
  }
}

/** The items of a list that are no parts of others: the interface of an instance, or of a link. */
function itemsOf(region: RegionSnapshot, list: IndexedList): readonly Item[] {
  const all = (region[list] ?? []) as unknown as readonly Item[];
  return all.filter(({ attachedTo, linkId }) => (attachedTo ?? linkId) === undefined);
}

function partsOf(list: IndexedList, item: Item | undefined): readonly Item[] {
  const parts = (item?.[BROUGHT.get(list) ?? ''] ?? []) as readonly Item[];
  return parts.filter(({ origin = 'static' }) => origin === 'static');
}

function withoutParts(base: Snapshot): Snapshot {
  const bare = (region: RegionSnapshot): object =>
    Object.fromEntries(
      [...BROUGHT].flatMap(([list, member]) => {
        const without = (one: Item): Item => {
          const gone = partsOf(list as IndexedList, one);
          return gone.length === 0
            ? one
            : { ...one, [member]: (one[member] as readonly Item[]).filter((part) => !gone.includes(part)) };
        };
        const items = region[list as IndexedList] as unknown as readonly Item[] | undefined;
        return items === undefined ? [] : [[list, items.map(without)]];
      }),
    );
  return { ...base, regions: base.regions.map((region) => ({ ...region, ...bare(region) })) };
}

/** The regions of what is laid, each with that of the base. */
function pairsOf(laid: Snapshot, base: Snapshot): readonly (readonly [RegionSnapshot, RegionSnapshot])[] {
  return laid.regions.flatMap((one) => {
    const same = base.regions.find(
      ({ provider, region, account }) => provider === one.provider && region === one.region && account === one.account,
    );
    return same === undefined ? [] : [[one, same] as const];
  });
}

function networkOf({ id, networkId, loadBalancerId }: Item, region: RegionSnapshot): string | undefined {
  if (region.networks.some((one) => one.id === id)) return id;

  return (networkId ?? region.loadBalancers.find((one) => one.id === loadBalancerId)?.networkId) as string | undefined;
}

function naturalOf(list: IndexedList): readonly string[] | undefined {
  return (RESOURCES[list] as { readonly natural?: readonly string[] }).natural;
}

function keyOf(list: IndexedList, member: string, part: Item): string | undefined {
  return (RESOURCES[list].parts as Readonly<Record<string, PartKind | undefined>>)[member]?.key(part);
}

function isNothing(value: unknown): boolean {
  return (value ?? false) === false || (typeof value === 'object' && Object.keys(value ?? {}).length === 0);
}
