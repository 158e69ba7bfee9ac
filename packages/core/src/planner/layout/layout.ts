import type { BalancerKind, Balancing } from '../cloud/instances.js';
import type { PlannerOption } from '../cloud/option.js';
import type { Quota } from '../../do/kinds/quota.js';
import { limitIn, type Limits } from '../usage/usage.js';
import type { NeededService } from '../needs/needs.js';
import { inChunks, teamsIn, vpcsIn, apisOf, type Api, balancerNames, type BalancerNames } from './teams.js';

/** A load balancer of a layout. */
export interface Balancer {
  readonly name: string;
  readonly kind: BalancerKind;
  /** In one VPC. */
  readonly services: readonly NeededService[];
  /** Of one in front of others: each of them by its listener. */
  readonly behind?: readonly Balancer[] | undefined;
}

/** Where calls of a service go: a listener of a load balancer. */
export interface PlannedListener {
  readonly balancer: Balancer;
  readonly port: number;
}

/** A link of a layout, with the services that calls reach by it. */
export interface LayoutLink {
  /** The load balancer, or the VPC, that it serves; undefined where there is only one. */
  readonly of: string | undefined;
  readonly services: readonly NeededService[];
}

/** The resources that an option needs for services. */
export interface Layout {
  readonly services: readonly NeededService[];
  readonly apis: readonly Api[];
  /** All, those behind others included, after those in front of them. */
  readonly balancers: readonly Balancer[];
  readonly links: readonly LayoutLink[];
  /** The listener that the gateway calls for a service. */
  readonly listenerOf: (service: NeededService) => PlannedListener | undefined;
}

/** The kinds of load balancer of a layout, in the order in which a call passes them. */
export function balancerKinds({ balancers }: Pick<Layout, 'balancers'>): readonly BalancerKind[] {
  return [...new Set(balancers.map(({ kind }) => kind))];
}

/** Of listeners for one service each, the port of the first. */
const FIRST_PORT = 8001;

/**
 * What an option needs for services, as few as its limits allow while teams have resources of their own. `name`: that of
 * another layout in the same account, so that no load balancers have the same name.
 */
export function layoutOf(
  option: PlannerOption,
  services: readonly NeededService[],
  limits: Limits,
  gateways: number | undefined,
  name = balancerNames(),
): Layout {
  const { balancing } = option;
  const { fronts, all } = balancersOf(balancing, services, limits, name);
  const isMany = balancing?.per === 'listener' || balancing?.behind !== undefined;
  const listeners = new Map<NeededService, PlannedListener>();
  for (const balancer of fronts) {
    const members = balancer.behind ?? balancer.services;
    for (const [at, member] of members.entries()) {
      for (const service of 'services' in member ? member.services : [member]) {
        const plain = service.protocol === 'https' ? 443 : 80;
        listeners.set(service, { balancer, port: isMany ? FIRST_PORT + at : plain });
      }
    }
  }
  const links = linksOf(option, services, fronts);
  return {
    services,
    // An instance is a gateway of its own: an API is on one of them.
    apis: (option.instance === undefined ? [services] : links.map((one) => one.services)).flatMap((some) =>
      apisOf(option, some, limits, gateways),
    ),
    balancers: all,
    links,
    listenerOf: (service) => listeners.get(service),
  };
}

function linksOf(
  { linkServes }: PlannerOption,
  services: readonly NeededService[],
  fronts: readonly Balancer[],
): readonly LayoutLink[] {
  if (linkServes === 'balancer') return fronts.map(({ name, services: some }) => ({ of: name, services: some }));

  const vpcs = linkServes === 'vpc' ? vpcsIn(services) : [];
  if (vpcs.length < 2) return [{ of: undefined, services }];

  return vpcs.map(([vpc, some]) => ({ of: vpc ?? OTHER_VPC, services: some }));
}

/** The VPC of services that name none, where others do. */
const OTHER_VPC = 'other';

/** Targets of a service are in two zones: a load balancer that balances requests is in two at least. */
const ZONES = 2;

/** The targets that a service adds to a load balancer, in all zones. */
export function targetsInZones({ targets }: NeededService): number {
  return targets * ZONES;
}

/** The load balancers that links lead to, and all of them. */
interface Balancers {
  readonly fronts: readonly Balancer[];
  readonly all: readonly Balancer[];
}

function balancersOf(
  balancing: Balancing | undefined,
  services: readonly NeededService[],
  limits: Limits,
  name: BalancerNames,
): Balancers {
  if (balancing === undefined) return { fronts: [], all: [] };

  const { kind, per, behind } = balancing;
  const of = (label: string, some: readonly NeededService[]): Balancer => ({
    name: name(label, kind.name.toLowerCase()),
    kind,
    services: some,
  });
  const own =
    per === 'team'
      ? teamBalancers(kind, services, limits).map(([team, some]) => of(team, some))
      : per === 'service'
        ? services.map((one) => of(one.name, [one]))
        : sharedByListeners(kind, services, limits).map((some) => of('services', some));
  if (behind === undefined) return { fronts: own, all: own };

  const room = Math.floor(limitOrNone(limits, behind.quotas.targetsPerZone) / (kind.countsAs ?? 1));
  const most = Math.max(1, Math.min(room, limitOrNone(limits, behind.quotas.listeners)));
  const groups = vpcsIn(services).flatMap(([vpc]) =>
    inChunks(
      own.filter((one) => one.services[0]?.vpc === vpc),
      most,
    ),
  );
  const fronts = groups.map((members): Balancer => ({
    name: name('edge', behind.name.toLowerCase()),
    kind: behind,
    services: members.flatMap((one) => one.services),
    behind: members,
  }));
  return { fronts, all: [...fronts, ...own] };
}

/** The value of a limit to lay resources out by; without a quota, none. */
function limitOrNone(limits: Limits, quota: Quota | undefined): number {
  return quota === undefined ? Number.POSITIVE_INFINITY : limitIn(limits, quota.name);
}

/** The services that share load balancers with a listener for each of them. */
function sharedByListeners(
  { quotas }: BalancerKind,
  services: readonly NeededService[],
  limits: Limits,
): readonly (readonly NeededService[])[] {
  const most = limitOrNone(limits, quotas.listeners);
  const room = limitOrNone(limits, quotas.targetsPerZone);
  return vpcsIn(services).flatMap(([, some]) => inChunks(some, most, ({ targets }) => targets, room));
}

/** The services of a load balancer for each team in each VPC; where there may not be so many, teams share them. */
function teamBalancers(
  { quotas }: BalancerKind,
  services: readonly NeededService[],
  limits: Limits,
): readonly (readonly [string, readonly NeededService[]])[] {
  const rules = Math.min(limitOrNone(limits, quotas.rules), limitOrNone(limits, quotas.targetGroups));
  const targets = limitOrNone(limits, quotas.targets);
  const chunks = (some: readonly NeededService[]) => inChunks(some, rules, targetsInZones, targets);
  const vpcs = vpcsIn(services).map(([, some]) => some);
  const own = vpcs.flatMap((members) =>
    teamsIn(members).flatMap(([team, some]) => chunks(some).map((one) => [team, one] as const)),
  );
  const used = quotas.balancers === undefined ? 0 : (limits.used(quotas.balancers.name) ?? 0);
  const room = limitOrNone(limits, quotas.balancers) - used;
  const shared = vpcs.flatMap((members) => chunks(members).map((some) => ['services', some] as const));
  return own.length <= Math.max(room, shared.length) ? own : shared;
}

/** The requests per second of a service at its busiest time; 0 where they are not known. */
export function peakOf({ peak = 0 }: NeededService): number {
  return peak;
}

/** The requests per second at the busiest time, of the link with the most. */
export function busiestLink({ links }: Pick<Layout, 'links'>): number {
  return Math.max(...links.map(({ services }) => services.reduce((sum, one) => sum + peakOf(one), 0)));
}

/** Services with WebSocket connections, and the option that serves them beside one for requests. */
export interface Split {
  readonly option: PlannerOption;
  readonly sockets: readonly NeededService[];
  readonly requests: readonly NeededService[];
}

/**
 * How needs with both connections and requests are split, where an option serves requests only. Undefined: all services
 * need the same, the option serves both, or it is the one for connections. `all`: the options of its cloud.
 */
export function splitOf(
  { protocols }: PlannerOption,
  all: readonly PlannerOption[],
  services: readonly NeededService[],
): Split | undefined {
  if (protocols.websocket !== 'no') return undefined;

  const sockets = services.filter(({ protocol }) => protocol === 'websocket');
  const requests = services.filter(({ protocol }) => protocol !== 'websocket');
  const option = all.find((one) => one.protocols.websocket === 'yes');
  if (option === undefined || sockets.length === 0 || requests.length === 0) return undefined;

  return { option, sockets, requests };
}
