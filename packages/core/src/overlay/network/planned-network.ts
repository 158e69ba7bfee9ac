import { hashText } from '../../ground/hash.js';
import type { IndexedList } from '../../do/snapshot/resources/resources.js';
import type { RegionSnapshot, Snapshot } from '../../do/snapshot/snapshot.js';
import type { Carried } from '../carry/carry-out.js';
import type { PlannedChange } from '../carry/change-order.js';
import type { Instance } from '../declared/values.js';
import type { ToolPlan } from '../declared/tool-plan.js';
import type { LostRoute } from '../draft/draft-routes.js';
import type { Laid, UnknownRoute } from '../lay/laid.js';
import { onlyRegion, type DefaultPlace } from '../lay/places.js';
import { foreignResourcesOf } from '../rows/foreign-resources.js';
import type { PlanSet } from '../rows/plan-set.js';
import type { CarriedNetwork } from './carried-network.js';
import { isAboutPart } from './chosen-address.js';
import { OpenRegion } from './gaps.js';
import type { Held } from './held.js';
import type { ActValues } from '../acts/act.js';
import { namesIn, ownersOf, type PlanNames } from './names.js';

/** The network after a plan, with gaps where it was not carried out, and what is in it by the addresses of the plan. */
export function plannedNetwork(
  { carried, network }: CarriedNetwork,
  fresh: ToolPlan,
  base: Snapshot,
  defaults: DefaultPlace,
  set: PlanSet,
): Laid {
  return new PlannedNetwork(carried, network, fresh, base, defaults, set).laid();
}

/** Why it is not known where calls go. */
const chosen = (address: string): string =>
  `${address} (${address}'s address is chosen by the cloud, and rules are about a part of its subnet)`;

/** The lists whose items have members that others register. */
const MEMBERS = [
  ['targetGroups', 'targets'],
  ['services', 'instances'],
] as const;

class PlannedNetwork {
  readonly #plan: ToolPlan;
  readonly #names: PlanNames;
  readonly #regions: ReadonlyMap<RegionSnapshot, OpenRegion>;
  readonly #unknownRoutes: UnknownRoute[] = [];
  readonly #lostRoutes: LostRoute[] = [];
  readonly #notes: string[] = [];

  constructor(
    readonly carried: Carried,
    readonly network: Snapshot,
    readonly fresh: ToolPlan,
    readonly base: Snapshot,
    readonly defaults: DefaultPlace,
    readonly set: PlanSet,
  ) {
    this.#plan = carried.values.plan;
    this.#names = namesIn(carried, fresh.instances, (type) => this.#heldOf(type));
    this.#regions = new Map(network.regions.map((one) => [one, new OpenRegion(one)]));
  }

  laid(): Laid {
    const { omitted, refused } = this.carried;
    const certain = new Set(refused.flatMap(({ step, doubt }) => (doubt === undefined ? step : [])));
    // What needs a refused resource stays as it was.
    const isKept = (step: PlannedChange): boolean =>
      [...this.carried.order.behind(step)].some((one) => certain.has(one));
    for (const { step, why } of omitted)
      if (isKept(step)) this.#nameRoute(step, why);
      else this.#open(step, this.#rootOf(step) ?? why);
    for (const { step, doubt, message } of refused)
      if (doubt === undefined || isKept(step)) this.#nameRoute(step, message);
      else if (step.kind !== 'delete') this.#open(step, `${message}; ${doubt}`);
    for (const instance of this.#plan.instances)
      if (instance.lost !== undefined) this.#open({ kind: 'update', instance }, instance.lost);
    for (const region of this.#regions.values()) {
      for (const [id, what] of this.carried.unknown) region.gapOf(id, what);
      this.#nameDocuments(region);
      this.#nameMembers(region);
      this.#chosenAddresses(region);
      this.#fillable(region);
    }
    const { names, symbols, words, changes, routes, owners } = this.#names;
    return {
      snapshot: {
        ...this.network,
        regions: this.network.regions.map((one) => this.#regions.get(one)?.region() ?? one),
      },
      names,
      symbols,
      words,
      changes,
      routes,
      owners,
      broken: new Map(),
      unknownRoutes: this.#unknownRoutes,
      lostRoutes: this.#lostRoutes,
      uses: new Map(),
      notes: [...this.carried.notes, ...this.#notes],
      idOf: () => undefined,
    };
  }

  /** Why the first of all that a step needs was not carried out. */
  #rootOf(step: PlannedChange): string | undefined {
    const { omitted, order } = this.carried;
    const behind = order.behind(step);
    const root = omitted.find(
      (one) => behind.has(one.step) && !omitted.some((other) => order.behind(one.step).has(other.step)),
    );
    return root && `${root.step.instance.address} was not carried out: ${root.why}`;
  }

  #heldOf(type: string): Held | undefined {
    return this.set.of(type)?.held?.[type];
  }

  /** A route that stands for all of a document that is known later has its address. */
  #nameDocuments(region: OpenRegion): void {
    const { names, symbols, routes } = this.#names;
    for (const gateway of region.items('gateways') as RegionSnapshot['gateways'])
      for (const { id, key } of gateway.routes) {
        const address = names.get(gateway.id);
        if (address === undefined || !key.startsWith(`ANY /{tfd${hashText(address).slice(0, 8)}+`)) continue;

        symbols.set(key, address);
        routes.set(`${gateway.id} ${id}`, address);
      }
  }

  /** What was not carried out is a gap of the list that has it. */
  #open(step: Pick<PlannedChange, 'kind' | 'instance'>, why: string): void {
    const { instance } = step;
    const { address, type } = instance;
    const held = this.#heldOf(type);
    const region = this.#regionOf(instance);
    const what = `${address} (${why})`;
    if (region === undefined) return;
    if (held === undefined) return this.#opaque(region, instance, what);

    const isNew = step.kind === 'create' && instance.before === undefined;
    const values = this.#valuesOf(instance);
    if (held.route !== undefined) {
      const [gatewayId, routeId] = held.route(values);
      this.#nameRoute(step, why);
      if (isNew) return;

      return this.#lose(region, String(gatewayId), ({ id }) => id === String(routeId), what);
    }
    if (held.isUsedByRoutes === true) {
      this.#unknownRoutes.push({ address, isRoute: false, what });
      if (isNew) return;
      const [gatewayId = ''] = this.#itemsOf(held, values, region);
      return this.#lose(region, gatewayId, ({ integrationId }) => integrationId === values['id'], what);
    }
    for (const named of ownersOf(values, this.carried.values.actOf(instance)?.feeds ?? []))
      for (const [list, member] of MEMBERS) {
        const id = this.#idIn(region, list, named);
        if (region.items(list).some((one) => one.id === id))
          region.unread(
            list,
            id,
            { [member]: undefined },
            `the ${member} of ${id} (${address} registers them, and ${why})`,
          );
      }
    if (held.of === undefined) {
      const known = instance.before?.['id'] ?? this.carried.values.outputs.get(address)?.['id'];
      const id = typeof known === 'string' ? known : address;
      if (held.list === 'gateways') return this.#loseAll(region, id, what);

      return region.gap(held.list, id, what);
    }
    const found = this.#itemsOf(held, values, region);
    // It may be new, and no item yet.
    if (typeof held.of === 'function') found.unshift(address);
    if (found.length === 0) return region.gap(held.list, undefined, what);
    for (const owner of found) region.gap(held.list, owner, what);
  }

  /** A route that is not created is one of the plan all the same. */
  #nameRoute({ kind, instance }: Pick<PlannedChange, 'kind' | 'instance'>, why: string): void {
    const { address, type } = instance;
    const route = this.#heldOf(type)?.route;
    if (route === undefined || kind === 'delete') return;

    const [, , key] = route(this.#valuesOf(instance));
    const isKey = typeof key === 'string';
    this.#unknownRoutes.push({ address, isRoute: true, what: `${address} (${why})`, ...(isKey && { key }) });
  }

  #itemsOf({ of = '', list }: Held, values: ActValues, region: OpenRegion): string[] {
    if (typeof of === 'string') return ownersOf(values, [of]).map((id) => this.#idIn(region, list, id));

    return [
      ...of(
        values,
        region.items(list).map(({ id }) => id),
      ),
    ];
  }

  #valuesOf(instance: Instance) {
    return instance.after === undefined
      ? (instance.before ?? {})
      : { ...instance.before, ...this.carried.values.of(instance) };
  }

  #lose(
    region: OpenRegion,
    gatewayId: string,
    isLost: (route: { readonly id: string; readonly integrationId?: string | undefined }) => boolean,
    what: string,
  ): void {
    region.patch('gateways', gatewayId, ({ routes }: RegionSnapshot['gateways'][number]) => {
      for (const one of routes)
        if (isLost(one)) this.#lostRoutes.push({ gatewayId, routeId: one.id, key: one.key, what });
      return { routes: routes.filter((one) => !isLost(one)) };
    });
  }

  /** The ID of what has an ID, by which a list has it: of several of one resource. */
  #idIn(region: OpenRegion, list: Held['list'], id: string): string {
    const items = new Set(region.items(list).map((one) => one.id));
    const address = this.#names.names.get(id);
    if (items.has(id) || address === undefined) return id;

    return [...items].find((one) => this.#names.names.get(one) === address) ?? id;
  }

  /** It is not known which routes a gateway will have. */
  #loseAll(region: OpenRegion, gatewayId: string, what: string): void {
    const gateway = (region.items('gateways') as RegionSnapshot['gateways']).find(({ id }) => id === gatewayId);
    if (gateway === undefined || gateway.routes.length === 0)
      this.#lostRoutes.push({ gatewayId, routeId: '', key: '', what });
    else this.#lose(region, gatewayId, () => true, what);
  }

  /** Something that decides about paths in ways that no list has. */
  #opaque(region: OpenRegion, instance: Instance, what: string): void {
    const { type, address } = instance;
    const [, list, kind] =
      this.set.of(type)?.terraform.opaqueTypes.find(([beginning]) => type.startsWith(beginning)) ?? [];
    if (list === undefined) return;

    const isUnknown = this.carried.values.actOf(instance) === undefined;
    const why = isUnknown ? `${address}, which ${this.#plan.words.plan} changes,` : what;
    if (isUnknown) this.#notes.push(`${address}: changes of ${type} are not judged`);
    if (kind === undefined) return region.gap(list, undefined, why);
    for (const gateway of region.items('gateways') as RegionSnapshot['gateways'])
      if (gateway.kind === kind && gateway.routes.length > 0)
        this.#lose(region, gateway.id, () => true, isUnknown ? `${why} is not judged` : why);
  }

  #regionOf(instance: Instance): OpenRegion | undefined {
    const provider = this.set.of(instance.type)?.cloud.name ?? '';
    const name =
      this.#plan.regionOf(instance) ??
      this.defaults.region ??
      onlyRegion(this.base, provider) ??
      this.#plan.likelyRegion;
    const found = this.network.regions.find((one) => one.provider === provider && one.region === name);
    return found && this.#regions.get(found);
  }

  /** What registrars of the plan create has no address of its own. */
  #nameMembers(region: OpenRegion): void {
    const { names, symbols } = this.#names;
    const known = new Set(this.base.regions.flatMap(({ interfaces }) => interfaces.map(({ id }) => id)));
    const added = (region.items('interfaces') as RegionSnapshot['interfaces']).filter(({ id }) => !known.has(id));
    const registrars = region.items('registrars') as NonNullable<RegionSnapshot['registrars']>;
    const written = JSON.stringify(this.fresh.instances.map(({ after }) => after));
    const groups = (id: string): readonly string[] =>
      (region.items('targetGroups') as NonNullable<RegionSnapshot['targetGroups']>).flatMap((group) =>
        group.targets?.some((target) => target.id === id) === true ? [group.id] : [],
      );
    for (const { id, attachedTo = '', addresses, subnetId } of added) {
      const registrar = registrars.find(({ targetGroups }) =>
        targetGroups.some(({ targetGroupId }) =>
          [attachedTo, ...addresses].some((one) => groups(one).includes(targetGroupId)),
        ),
      );
      const address = names.get(id) ?? names.get(attachedTo) ?? names.get(registrar?.id ?? '') ?? registrar?.name;
      const isWritten = addresses.some((one) => written.includes(`"${one}"`));
      if (address !== undefined)
        for (const one of [id, attachedTo, ...(isWritten ? [] : addresses)])
          if (one !== '' && !symbols.has(one) && !names.has(one)) symbols.set(one, address);
      if (isWritten || !isAboutPart(region.region(), subnetId)) continue;

      const of = address ?? id;
      if (registrar === undefined) {
        for (const one of [id, attachedTo]) region.gapOf(one, chosen(of));
        continue;
      }

      const why = `${of} registers them, and rules are about a part of ${this.#names.symbols.get(subnetId) ?? subnetId}, in which the cloud chooses their addresses`;
      for (const group of [attachedTo, ...addresses].flatMap(groups))
        region.unread('targetGroups', group, { targets: undefined }, `the targets of ${group} (${why})`);
    }
  }

  /** A load balancer may be called at an address that the cloud chooses. */
  #chosenAddresses(region: OpenRegion): void {
    const { symbols } = this.#names;
    const written = JSON.stringify(this.fresh.instances.map(({ after }) => after));
    for (const { id, addresses = [], subnetIds } of region.base.loadBalancers) {
      const of = symbols.get(id);
      if (of === undefined || addresses.length === 0 || addresses.some((one) => written.includes(`"${one}"`))) continue;

      if (subnetIds.some((subnetId) => isAboutPart(region.region(), subnetId)))
        region.gap('loadBalancers', id, chosen(of));
      for (const one of addresses) if (!symbols.has(one)) symbols.set(one, of);
    }
  }

  /** An empty group that a plan creates proves nothing where something else may fill it. */
  #fillable(region: OpenRegion): void {
    const { instances, words } = this.#plan;
    const others = foreignResourcesOf(instances, region.base.provider, this.set);
    const other = others.find(({ scales }) => !scales);
    const [before] = this.base.regions.filter(
      (one) => one.region === region.base.region && one.provider === region.base.provider,
    );
    for (const [list, member] of MEMBERS)
      for (const one of region.items(list) as readonly {
        readonly id: string;
        readonly name?: string;
        readonly targets?: readonly object[];
        readonly instances?: readonly object[];
      }[]) {
        const isOld =
          (before?.[list] as readonly { readonly id: string }[] | undefined)?.some(({ id }) => id === one.id) === true;
        if (isOld || one[member]?.length !== 0) continue;
        const scaler = others.find(({ scales }) => scales);
        const registrars = region.items('registrars') as NonNullable<RegionSnapshot['registrars']>;
        const own = registrars.find(
          ({ targetGroups, registries }) =>
            targetGroups.some(({ targetGroupId }) => targetGroupId === one.id) ||
            registries.some(({ serviceId }) => serviceId === one.id),
        );
        const why =
          own !== undefined
            ? own.desired === 0 && scaler !== undefined
              ? `${own.name ?? own.id} registers them, and ${scaler.address} decides how many there are`
              : undefined
            : other && `${other.address} may register some, which ${words.plan} does not show`;
        if (why === undefined) continue;
        const noun = list === 'services' ? 'instances' : 'targets';
        region.unread(
          list as IndexedList,
          one.id,
          { [member]: undefined },
          `the ${noun} of ${one.name ?? one.id} (${why})`,
        );
      }
  }
}
