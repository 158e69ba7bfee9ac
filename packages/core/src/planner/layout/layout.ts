import { TARGETS_OF_AN_ALB } from '../../kinds/options/rest-v1-nlb-alb.js';
import type { OptionTraits } from '../../kinds/options/option.js';
import { limitIn, type Limits } from '../usage/limits.js';
import type { Service } from '../needs/needs.js';
import { apisOf, type Api } from './apis.js';
import { balancerNames, type BalancerNames } from './balancer-names.js';
import { inChunks, teamsIn } from './teams.js';

/** A load balancer of a layout. */
export interface Balancer {
  readonly name: string;
  readonly kind: 'ALB' | 'NLB' | 'CLB';
  readonly services: readonly Service[];
  /** Of an NLB in front of ALBs: each of them by its listener. */
  readonly behind?: readonly Balancer[] | undefined;
}

/** Where calls of a service go: a listener of a load balancer. */
export interface Listener {
  readonly balancer: Balancer;
  readonly port: number;
}

/** The resources that an option needs for services. */
export interface Layout {
  readonly services: readonly Service[];
  readonly apis: readonly Api[];
  /** All, those behind others included. */
  readonly balancers: readonly Balancer[];
  /** The number of links. */
  readonly links: number;
  /** The listener that the gateway calls for a service. */
  readonly listenerOf: (service: Service) => Listener | undefined;
}

/** Of listeners for one service each, the port of the first. */
const FIRST_PORT = 8001;

/**
 * What an option needs for services, as few as its limits allow while teams have resources of their own. `name`: that of
 * another layout in the same account, so that no load balancers have the same name.
 */
export function layoutOf(
  option: OptionTraits,
  services: readonly Service[],
  limits: Limits,
  gateways: number | undefined,
  name = balancerNames(),
): Layout {
  const { fronts, all } = BALANCING[option.balancing](services, limits, name);
  const listeners = new Map<Service, Listener>();
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
  const perBalancer = option.balancing.startsWith('nlb') || option.balancing === 'alb-behind-nlb';
  return {
    services,
    apis: apisOf(option, services, limits, gateways),
    balancers: all,
    links: perBalancer ? fronts.length : 1,
    listenerOf: (service) => listeners.get(service),
  };
}

/** The load balancers that links lead to, and all of them. */
interface Balancers {
  readonly fronts: readonly Balancer[];
  readonly all: readonly Balancer[];
}

const BALANCING: Readonly<
  Record<OptionTraits['balancing'], (services: readonly Service[], limits: Limits, name: BalancerNames) => Balancers>
> = {
  'alb-per-team': (services, limits, name) => flat(teamAlbs(services, limits, name)),
  'nlb-per-service': (services, _, name) =>
    flat(services.map((one) => ({ name: name(one.name, 'nlb'), kind: 'NLB', services: [one] }))),
  'nlb-listeners': (services, limits, name) => {
    const most = limitIn(limits, 'listeners-per-network-load-balancer');
    const room = limitIn(limits, 'targets-per-zone-per-network-load-balancer');
    const chunks = inChunks(services, most, ({ targets }) => targets, room);
    return flat(chunks.map((some) => ({ name: name('services', 'nlb'), kind: 'NLB', services: some })));
  },
  'alb-behind-nlb': (services, limits, name) => {
    const albs = teamAlbs(services, limits, name);
    const room = Math.floor(limitIn(limits, 'targets-per-zone-per-network-load-balancer') / TARGETS_OF_AN_ALB);
    const most = Math.max(1, Math.min(room, limitIn(limits, 'listeners-per-network-load-balancer')));
    const fronts = inChunks(albs, most).map((behind): Balancer => ({
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

/** An ALB for each team; where there may not be so many, teams share them. */
function teamAlbs(services: readonly Service[], limits: Limits, name: BalancerNames): readonly Balancer[] {
  const rules = Math.min(
    limitIn(limits, 'rules-per-application-load-balancer'),
    limitIn(limits, 'target-groups-per-application-load-balancer'),
  );
  const own = teamsIn(services).flatMap(([team, members]) => inChunks(members, rules).map((some) => ({ team, some })));
  const room = limitIn(limits, 'application-load-balancers') - (limits.used('application-load-balancers') ?? 0);
  const shared = inChunks(services, rules).map((some) => ({ team: 'services', some }));
  return (own.length <= Math.max(room, shared.length) ? own : shared).map(({ team, some }) => ({
    name: name(team, 'alb'),
    kind: 'ALB' as const,
    services: some,
  }));
}

function flat(balancers: readonly Balancer[]): Balancers {
  return { fronts: balancers, all: balancers };
}
