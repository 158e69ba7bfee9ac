import type { NeededService } from '../needs/needs.js';
import type { PlannerOption } from '../cloud/option.js';
import { limitIn, type Limits } from '../usage/usage.js';
import { grouped } from '../../ground/grouped.js';

/** The services of each team, in their order. */
export function teamsIn(services: readonly NeededService[]): readonly (readonly [string, readonly NeededService[]])[] {
  return [...grouped(services, ({ team }) => team)];
}

/** The services of each VPC, in their order. */
export function vpcsIn(
  services: readonly NeededService[],
): readonly (readonly [string | undefined, readonly NeededService[]])[] {
  const vpcs = [...new Set(services.map(({ vpc }) => vpc))];
  return vpcs.map((vpc) => [vpc, services.filter((one) => one.vpc === vpc)]);
}

/** Items in their order, at most so many together, and at most `room` of what each of them takes. */
export function inChunks<T>(
  items: readonly T[],
  most: number,
  takes: (item: T) => number = () => 0,
  room = Number.POSITIVE_INFINITY,
): readonly (readonly T[])[] {
  const chunks: T[][] = [];
  let taken = 0;
  for (const item of items) {
    const last = chunks.at(-1);
    const size = takes(item);
    if (last === undefined || last.length >= most || taken + size > room) {
      chunks.push([item]);
      taken = size;
    } else {
      last.push(item);
      taken += size;
    }
  }
  return chunks;
}

/** An API of a layout. */
export interface Api {
  readonly services: readonly NeededService[];
}

/**
 * The APIs of an option. Where a deployment publishes all of an API, each team has an API of its own, if there may be so
 * many. Otherwise there are as few as the limits of one API allow.
 */
export function apisOf(
  option: PlannerOption,
  services: readonly NeededService[],
  limits: Limits,
  gateways: number | undefined,
): readonly Api[] {
  if (option.apiPerService !== undefined) return services.map((one) => ({ services: [one] }));

  const room = option.perApi.map(({ quota, perService, fixed = 0 }) =>
    Math.floor((limitIn(limits, quota) - fixed) / perService),
  );
  const most = Math.max(1, Math.min(Number.POSITIVE_INFINITY, ...room));
  const shared = inChunks(services, most);
  const byTeam = teamsIn(services).flatMap(([, members]) => inChunks(members, most));
  const chosen = !option.routesDeployAlone && byTeam.length <= (gateways ?? byTeam.length) ? byTeam : shared;
  return chosen.map((some) => ({ services: some }));
}

/** The longest name of a load balancer: 32 letters, digits and hyphens. */
const LONGEST = 32;

/** A name for a load balancer of a kind, that no other has. */
export type BalancerNames = (of: string, kind: string) => string;

/**
 * Names for load balancers of one layout: `orders-nlb`, and `orders-nlb-2` where the first is in use.
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateLoadBalancer.html
 */
export function balancerNames(): BalancerNames {
  const taken = new Set<string>();
  return (of, kind) => {
    const plain = of
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^(?:internal)?-|-$/g, '');
    for (let count = 1; ; count += 1) {
      const end = count === 1 ? `-${kind}` : `-${kind}-${count}`;
      const name = `${(plain || 'x').slice(0, LONGEST - end.length).replace(/-$/, '')}${end}`;
      if (taken.has(name)) continue;

      taken.add(name);
      return name;
    }
  };
}
