import { entryOf, isObject } from '../../ground/json.js';
import { RESOURCES, type IndexedList } from '../../do/snapshot/resources/resources.js';
import type { RegionSnapshot, Snapshot } from '../../do/snapshot/snapshot.js';
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

/** What a part is found by though the rest of it differs: an owner has it once. */
const KEYS: Readonly<Record<string, string>> = { gateways: 'key', listeners: 'priority' };
/** The members of items that resources of their own bring: what a template no longer has may be one of them. */
const BROUGHT: ReadonlyMap<IndexedList, string> = new Map([
  ['gateways', 'routes'],
  ['securityGroups', 'rules'],
  ['listeners', 'rules'],
  ['targetGroups', 'targets'],
  ['routeTables', 'routes'],
  ['networkAcls', 'entries'],
  ['services', 'instances'],
]);
/** What lives, and no template writes; who may call, and how long an answer may take. */
const LIVE: ReadonlySet<string> = new Set(
  (
    'tags createdAt description reason freeAddresses maxEntries nativeState owner because notAfter deployed deploymentId ' +
    'createdBy configuredBy health state gatewayId account raw peerAccount keepsPath zone ' +
    'authorizer authorization scopes apiKey open timeoutMs'
  ).split(' '),
);
/** What CloudFormation gives where a template does not write it. */
const GIVEN: ReadonlySet<string> = new Set(['id', 'name']);
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

/** What IDs that were made up stand for, by the address. */
type Found = ReadonlyMap<string, string>;

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
  /** Until all is read again: the parts of items that nothing declares, and the IDs that were made up in texts. */
  readonly #bare = new Map<Item, readonly Item[]>();
  readonly #madeIn = new Map<string, string | undefined>();

  constructor(readonly options: MatchOptions) {
    this.#own = new Set(taggedStacks(options.base).flatMap(({ ids }) => [...ids.values()]));
    this.#read();
  }

  /** Finds the IDs of more resources. Whether there were any. */
  bind(): boolean {
    let found: Found = new Map();
    for (const [laid, base] of this.#regions()) {
      for (const list of LISTS)
        for (const item of itemsOf(laid, list)) {
          const twin = this.#twin(list, item, base);
          if (twin !== undefined) found = this.#keyed(list, item, twin, this.#paired(item, twin, found));
        }
      found = this.#attached(laid, base, found);
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
      } else if (!stack.isNew && (isPart || RESOURCES[list].natural !== undefined)) {
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
    for (const one of this.#resources) {
      const { stack, name } = one;
      if (stack.changes.get(name)?.lost !== undefined) continue;

      if (unchanged.has(one)) stack.changes.delete(name);
      else if (stack.ids.has(name))
        stack.change(name, 'Modify', `it differs from what is there: ${SAID} whether it is replaced`);
      else if (this.#mayExist(one))
        stack.change(name, 'Add', `neither a tag nor a name tells whether it exists: ${SAID} it`);
    }
  }

  /** The IDs of what a resource is, or is a part of. */
  #ownersOf({ instances }: Resource): readonly string[] {
    return instances
      .flatMap((one) => [one.after?.['id'], ...(this.#laid.owners.get(one.address) ?? [])])
      .filter((id) => typeof id === 'string');
  }

  /** What is there of what a resource is, or is a part of. */
  #thereOf(resource: Resource): readonly (readonly [Item, RegionSnapshot])[] {
    const owners = this.#ownersOf(resource);
    return this.#regions().flatMap(([laid, base]) =>
      itemsOf(base, resource.list).flatMap((item) => (owners.includes(item.id) ? [[item, laid] as const] : [])),
    );
  }

  #isThere(resource: Resource): boolean {
    const { stack, name, isPart } = resource;
    return stack.exists && (stack.ids.has(name) || (isPart && this.#thereOf(resource).length > 0));
  }

  /** Why it is not known what becomes of things that no template has. */
  doubts(): ReadonlyMap<string, string> {
    const doubts = this.#doubts;
    const existing = this.options.stacks.filter(({ exists }) => exists);
    for (const stack of existing)
      for (const [name, id] of stack.ids)
        if (entryOf(stack.given.template.resources, name) === undefined || stack.has(name) === false)
          doubts.set(
            id,
            `${name} (${id}) is not in the template: whether it is deleted is in the deployed one (DeletionPolicy)`,
          );
    if (existing.length === 0) return doubts;

    const literal = JSON.stringify(this.#plan.instances.map(({ after }) => after));
    for (const [laid, base] of this.#regions())
      for (const list of LISTS)
        for (const item of itemsOf(base, list)) {
          const { id } = item;
          const isNatural = RESOURCES[list].natural !== undefined;
          if (isNatural && !this.#own.has(id) && !literal.includes(id))
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
    return doubts;
  }

  /** The parts of an item that no resource declares as they are. */
  #uncovered(laid: RegionSnapshot, list: IndexedList, item: Item): readonly Item[] {
    const covering = partsOf(list, itemIn(laid, list, item.id));
    const isBare = (part: Item): boolean => !covering.some((one) => this.#same(one, part) !== undefined);
    const bare = this.#bare.get(item) ?? partsOf(list, item).filter(isBare);
    this.#bare.set(item, bare);
    return bare;
  }

  /** Whether something of a gateway may change of which a stage serves what was deployed. */
  #isDeployed({ id, stages = [] }: Item): boolean {
    const isChanged = ({ stack, name, address }: Resource): boolean =>
      stack.changes.has(name) && this.#laid.owners.get(address)?.includes(id) === true;
    return (stages as readonly Item[]).some(({ served }) => served !== undefined) && this.#resources.some(isChanged);
  }

  /** What is not new for certain: without a tag where CloudFormation gives none, and something of its list may be it. */
  #mayExist(resource: Resource): boolean {
    const { stack, list, isPart } = resource;
    if (!stack.exists || (isTagged(list) && !isPart)) return false;
    if (isPart) return this.#thereOf(resource).some(([item, laid]) => this.#uncovered(laid, list, item).length > 0);

    return this.#regions().some(([laid, base]) => {
      const isMachine = machinesOf(laid).some(({ of }) => this.#owners.get(of) === resource.address);
      const ids = isMachine ? machinesOf(base).map(({ of }) => of) : itemsOf(base, list).map(({ id }) => id);
      return ids.some((id) => !this.#own.has(id));
    });
  }

  /** Those of some resources that change nothing of what they belong to, laid over what is there without the others. */
  #unchanged(some: readonly Resource[]): readonly Resource[] {
    const { base } = this.options;
    const own = new Set(some.flatMap((one) => this.#ownersOf(one)));
    const laid = new Set(some.flatMap(({ instances }) => instances));
    const others = this.#plan.instances.filter((one) => !laid.has(one) && one.before !== undefined);
    const alone = [...others.map((one) => ({ ...one, actions: ['no-op'], before: one.after })), ...laid];
    const { snapshot, unknownRoutes, lostRoutes } = this.#lay(base, alone);
    const isKept =
      unknownRoutes.length + lostRoutes.length === 0 &&
      pairsOf(snapshot, base).every(
        ([now, was]) =>
          now.gaps.length <= was.gaps.length &&
          LISTS.every((list) =>
            itemsOf(was, list).every(
              (one) => !own.has(one.id) || this.#same(itemIn(now, list, one.id), one) !== undefined,
            ),
          ),
      );
    if (isKept) return some;

    const half = some.length >> 1;
    return half === 0 ? [] : [some.slice(0, half), some.slice(half)].flatMap((part) => this.#unchanged(part));
  }

  /** Lays all resources over what is there without the parts that resources bring. */
  #read(): void {
    const { stacks, set, plan } = this.options;
    this.#plan = plan();
    this.#laid = this.#lay();
    for (const known of [this.#owners, this.#bare, this.#madeIn]) known.clear();
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

  /** The item that is there: by its ID, or by what a region has once. */
  #twin(list: IndexedList, item: Item, base: RegionSnapshot): Item | undefined {
    const { natural } = RESOURCES[list];
    const known = itemIn(base, list, item.id);
    if (known !== undefined || natural === undefined || natural.some((name) => item[name] === undefined)) return known;

    return itemsOf(base, list).find(
      (one) =>
        !this.#own.has(one.id) && natural.every((name) => JSON.stringify(item[name]) === JSON.stringify(one[name])),
    );
  }

  /** What made-up IDs in an item stand for: each of its parts is like one alone of what is there. */
  #paired(laid: Item, base: Item, start: Found): Found {
    const pairs = Object.entries(laid).flatMap(([member, value]) =>
      Array.isArray(value)
        ? (value as readonly unknown[]).map((part) => [part, (base[member] ?? []) as readonly unknown[]] as const)
        : [[value, [base[member]]] as const],
    );
    return pairs.reduce((found, [part, all]) => {
      const [only, ...others] = all.flatMap((one) => this.#same(part, one, found) ?? []);
      return only === undefined || others.length > 0 ? found : only;
    }, start);
  }

  /** The parts that have the key of one that is there. */
  #keyed(list: IndexedList, laid: Item, base: Item, start: Found): Found {
    const key = KEYS[list];
    if (key === undefined) return start;

    const there = partsOf(list, base);
    return partsOf(list, laid).reduce((found, part) => {
      const twin = there.find((one) => one[key] !== undefined && one[key] === part[key]);
      return (twin && this.#sameText(part.id, twin.id, found)) ?? found;
    }, start);
  }

  /** Machines have no list. They are found by the places of their first interfaces, where as many are there as are laid. */
  #attached(laid: RegionSnapshot, base: RegionSnapshot, start: Found): Found {
    const made = machinesOf(laid).filter(({ of }) => (this.#owners.get(of) ?? '') !== '');
    const there = machinesOf(base).filter(({ of }) => !this.#own.has(of));
    const found = new Map(start);
    for (const place of new Set(made.map((one) => one.place))) {
      const [own, twins] = [made, there].map((all) => all.filter((one) => one.place === place));
      if (own?.length !== twins?.length) continue;

      for (const [at, { of }] of (own ?? []).entries()) found.set(this.#owners.get(of) ?? '', twins?.[at]?.of ?? '');
    }
    return found;
  }

  /** Whether what is there is what is laid: what the IDs that were made up stand for. */
  #same(laid: unknown, base: unknown, found: Found = new Map()): Found | undefined {
    if (typeof laid === 'string' && typeof base === 'string') return this.#sameText(laid, base, found);
    if (isNothing(laid) || isNothing(base)) return isNothing(laid) === isNothing(base) ? found : undefined;
    if (Array.isArray(laid) && Array.isArray(base)) {
      const left = [...(base as readonly unknown[])];
      return laid.length === left.length
        ? (laid as readonly unknown[]).reduce<Found | undefined>((known, one) => {
            const all = left.map((other) => known && this.#same(one, other, known));
            const at = all.findIndex((next) => next !== undefined);
            left.splice(at, 1);
            return all[at];
          }, found)
        : undefined;
    }
    if (!isObject(laid) || !isObject(base)) return laid === base ? found : undefined;

    return [...new Set([...Object.keys(laid), ...Object.keys(base)])]
      .filter((name) => !LIVE.has(name) && (laid[name] !== undefined || !GIVEN.has(name)))
      .reduce<Found | undefined>((known, name) => known && this.#same(laid[name], base[name], known), found);
  }

  #sameText(laid: string, base: string, found: Found): Found | undefined {
    if (laid === base || isZoneByOrder(laid)) return found;

    if (!this.#madeIn.has(laid)) {
      const ids = [...this.#owners.keys(), ...this.#laid.symbols.keys()];
      this.#madeIn.set(
        laid,
        ids.find((id) => laid.includes(id)),
      );
    }
    const made = this.#madeIn.get(laid);
    if (made === undefined) return undefined;
    if (!this.#owners.has(made)) return found;

    const [start = '', end = ''] = laid.split(made);
    const id = base.slice(start.length, base.length - end.length);
    const owner = this.#owners.get(made) ?? '';
    const known = found.get(owner);
    if (`${start}${id}${end}` !== base || owner === '' || (known ?? id) !== id) return undefined;

    return known === undefined && this.#own.has(id) ? undefined : new Map(found).set(owner, id);
  }
}

/** The items of a list that are no parts of others: the interface of an instance, or of a link. */
function itemsOf(region: RegionSnapshot, list: IndexedList): readonly Item[] {
  const all = (region[list] ?? []) as unknown as readonly Item[];
  return all.filter(({ attachedTo, linkId }) => (attachedTo ?? linkId) === undefined);
}

/** What has a first interface of its own, and where. */
function machinesOf({ interfaces }: RegionSnapshot): readonly { readonly of: string; readonly place: string }[] {
  return interfaces.flatMap(({ primary, attachedTo: of, subnetId, securityGroupIds }) =>
    primary === true && of !== undefined ? [{ of, place: [subnetId, ...securityGroupIds.toSorted()].join(' ') }] : [],
  );
}

function itemIn(region: RegionSnapshot, list: IndexedList, id: string): Item | undefined {
  return itemsOf(region, list).find((one) => one.id === id);
}

function partsOf(list: IndexedList, item: Item | undefined, isBrought = true): readonly Item[] {
  const parts = (item?.[BROUGHT.get(list) ?? ''] ?? []) as readonly Item[];
  return parts.filter(({ origin = 'static' }) => (origin === 'static') === isBrought);
}

function withoutParts(base: Snapshot): Snapshot {
  const bare = (region: RegionSnapshot): object =>
    Object.fromEntries(
      [...BROUGHT].map(([list, member]) => {
        const all = region[list] as readonly Item[] | undefined;
        const without = (one: Item): Item =>
          one[member] === undefined ? one : { ...one, [member]: partsOf(list, one, false) };
        return [list, all?.map(without)];
      }),
    );
  return { ...base, regions: base.regions.map((region) => ({ ...region, ...bare(region) })) };
}

/** The regions of what is laid, which are in the order of the base, each with that of it. */
function pairsOf(laid: Snapshot, base: Snapshot): readonly (readonly [RegionSnapshot, RegionSnapshot])[] {
  return base.regions.map((one, at) => [laid.regions[at] ?? one, one]);
}

function isNothing(value: unknown): boolean {
  return (value ?? false) === false || (typeof value === 'object' && Object.keys(value ?? {}).length === 0);
}
