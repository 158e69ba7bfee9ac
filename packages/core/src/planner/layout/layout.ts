import { TARGETS_OF_AN_ALB } from '../../do/kinds/options/rest-v1-nlb-alb.js';
import type { OptionTraits } from '../../do/kinds/options/option.js';
import { limitIn, type Limits } from '../usage/limits.js';
import type { NeededService } from '../needs/needs.js';
import { apisOf, type Api } from './apis.js';
import { balancerNames, type BalancerNames } from './balancer-names.js';
import { inChunks, teamsIn, vpcsIn } from './teams.js';

/** A load balancer of a layout. */
export interface Balancer {
  readonly name: string;
  readonly kind: 'ALB' | 'NLB' | 'CLB';
  /** In one VPC. */
  readonly services: readonly NeededService[];
  /** Of an NLB in front of ALBs: each of them by its listener. */
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
  /** All, those behind others included. */
  readonly balancers: readonly Balancer[];
  readonly links: readonly LayoutLink[];
  /** The listener that the gateway calls for a service. */
  readonly listenerOf: (service: NeededService) => PlannedListener | undefined;
}

/** Of listeners for one service each, the port of the first. */
const FIRST_PORT = 8001;

/**
 * What an option needs for services, as few as its limits allow while teams have resources of their own. `name`: that of
 * another layout in the same account, so that no load balancers have the same name.
 */
export function layoutOf(
  option: OptionTraits,
  services: readonly NeededService[],
  limits: Limits,
  gateways: number | undefined,
  name = balancerNames(),
): Layout {
  const { fronts, all } = BALANCING[option.balancing](services, limits, name);
  const listeners = new Map<NeededService, PlannedListener>();
  for (const balancer of fronts) {
    const members = balancer.behind ?? balancer.services;
    const isMany = option.balancing === 'nlb-listeners' || option.balancing === 'alb-behind-nlb';
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
  { linkServes }: OptionTraits,
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

/** Targets of a service are in two zones: an ALB is in two at least. */
const ZONES = 2;

/** The targets that a service adds to an ALB, in all zones. */
export function targetsOfAlb({ targets }: NeededService): number {
  return targets * ZONES;
}

/** The load balancers that links lead to, and all of them. */
interface Balancers {
  readonly fronts: readonly Balancer[];
  readonly all: readonly Balancer[];
}

const BALANCING: Readonly<
  Record<
    OptionTraits['balancing'],
    (services: readonly NeededService[], limits: Limits, name: BalancerNames) => Balancers
  >
> = {
  'alb-per-team': (services, limits, name) => flat(teamAlbs(services, limits, name)),
  'nlb-per-service': (services, _, name) =>
    flat(services.map((one) => ({ name: name(one.name, 'nlb'), kind: 'NLB', services: [one] }))),
  'nlb-listeners': (services, limits, name) => {
    const most = limitIn(limits, 'listeners-per-network-load-balancer');
    const room = limitIn(limits, 'targets-per-zone-per-network-load-balancer');
    const chunks = vpcsIn(services).flatMap(([, some]) => inChunks(some, most, ({ targets }) => targets, room));
    return flat(chunks.map((some) => ({ name: name('services', 'nlb'), kind: 'NLB', services: some })));
  },
  'alb-behind-nlb': (services, limits, name) => {
    const albs = teamAlbs(services, limits, name);
    const room = Math.floor(limitIn(limits, 'targets-per-zone-per-network-load-balancer') / TARGETS_OF_AN_ALB);
    const most = Math.max(1, Math.min(room, limitIn(limits, 'listeners-per-network-load-balancer')));
    const groups = vpcsIn(services).flatMap(([vpc]) =>
      inChunks(
        albs.filter((one) => one.services[0]?.vpc === vpc),
        most,
      ),
    );
    const fronts = groups.map((behind): Balancer => ({
      name: name('edge', 'nlb'),
      kind: 'NLB',
      services: behind.flatMap((one) => one.services),
      behind,
    }));
    return { fronts, all: [...fronts, ...albs] };
  },
  'clb-per-service': (services, _, name) =>
    flat(services.map((one) => ({ name: name(one.name, 'clb'), kind: 'CLB', services: [one] }))),
  none: () => ({ fronts: [], all: [] }),
};

/** An ALB for each team in each VPC; where there may not be so many, teams share them. */
function teamAlbs(services: readonly NeededService[], limits: Limits, name: BalancerNames): readonly Balancer[] {
  const rules = Math.min(
    limitIn(limits, 'rules-per-application-load-balancer'),
    limitIn(limits, 'target-groups-per-application-load-balancer'),
  );
  const targets = limitIn(limits, 'targets-per-application-load-balancer');
  const chunks = (some: readonly NeededService[]) => inChunks(some, rules, targetsOfAlb, targets);
  const vpcs = vpcsIn(services).map(([, some]) => some);
  const own = vpcs.flatMap((members) =>
    teamsIn(members).flatMap(([team, some]) => chunks(some).map((one) => ({ team, some: one }))),
  );
  const room = limitIn(limits, 'application-load-balancers') - (limits.used('application-load-balancers') ?? 0);
  const shared = vpcs.flatMap((members) => chunks(members).map((some) => ({ team: 'services', some })));
  return (own.length <= Math.max(room, shared.length) ? own : shared).map(({ team, some }) => ({
    name: name(team, 'alb'),
    kind: 'ALB' as const,
    services: some,
  }));
}

function flat(balancers: readonly Balancer[]): Balancers {
  return { fronts: balancers, all: balancers };
}
