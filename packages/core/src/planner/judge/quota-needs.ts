import type { Quota } from '../../do/kinds/quota.js';
import { type BalancerKind, typeFor, type Instances } from '../cloud/instances.js';
import type { PlannerOption } from '../cloud/option.js';
import { busiestLink, peakOf, balancerKinds, targetsInZones, type Balancer, type Layout } from '../layout/layout.js';
import type { Limit, Limits } from '../usage/usage.js';

/** How much of a quota an option needs. */
export interface QuotaNeed {
  readonly quota: string;
  /** With what exists already; undefined where that was not read. */
  readonly needed: number | undefined;
  /** Without what exists already. */
  readonly added: number;
  readonly limit: Limit;
}

export type Laid = readonly [option: PlannerOption, layout: Layout];

/**
 * What layouts need together of each quota that they count towards: of a quota of the account the sum, of one of a single
 * resource the most.
 */
export function quotaNeeds(laid: readonly Laid[], limits: Limits): readonly QuotaNeed[] {
  const amounts = new Map<string, number>();
  for (const [option, layout] of laid) {
    const { links, apis, requests } = option;
    const balancers = balancerKinds(layout).map(({ quotas }) => quotas.balancers?.name);
    const ofAccount: readonly (string | undefined)[] = [links, apis, requests, ...balancers];
    for (const [quota, added] of amountsOf(option, layout)) {
      const known = amounts.get(quota) ?? 0;
      amounts.set(quota, ofAccount.includes(quota) ? known + added : Math.max(known, added));
    }
  }
  const instance = laid.find(([option]) => option.instance !== undefined)?.[0].instance;
  return [...amounts].map(([quota, added]) => {
    const used = limits.used(quota);
    const isRate = laid.some(([{ requests }]) => requests === quota);
    const limit = isRate && instance !== undefined ? ofInstance(instance, added) : limits.of(quota);
    return { quota, added, needed: used === undefined ? undefined : used + added, limit };
  });
}

/** The requests per second of the smallest instance type that carries so many. */
function ofInstance(instance: Instances, rate: number): Limit {
  const value = (typeFor(instance, rate) ?? instance.types.at(-1))?.requestsPerSecond;
  return { value, source: value === undefined ? 'unknown' : 'default' };
}

/** Whether a need is within its limit; `unknown` where the limit, or what exists, was not read. */
export function withinLimit({ needed, added, limit }: QuotaNeed): 'yes' | 'no' | 'unknown' {
  if (limit.value === undefined) return 'unknown';
  if (added > limit.value || (needed ?? 0) > limit.value) return 'no';

  return needed === undefined ? 'unknown' : 'yes';
}

/** The need that uses the largest part of its limit: of equals, the first. An unknown part is the smallest. */
export function bindingNeed(needs: readonly QuotaNeed[]): QuotaNeed | undefined {
  const part = ({ needed, added, limit: { value } }: QuotaNeed): number =>
    value === undefined ? -1 : (needed ?? added) / value;
  return needs.toSorted((a, b) => part(b) - part(a))[0];
}

/** The name of a quota with its code: `VPC links V1 (L-A4C7274F)`. */
export function quotaNeedText({ what, code }: Quota): string {
  return code === undefined ? what : `${what} (${code})`;
}

function amountsOf(option: PlannerOption, layout: Layout): readonly (readonly [string, number])[] {
  const { apis, balancers, links, services } = layout;
  const largest = Math.max(...apis.map(({ services: some }) => some.length));
  const rate = Math.ceil(option.instance === undefined ? sumOf(services, peakOf) : busiestLink(layout));
  return [
    ...(option.links === undefined ? [] : [[option.links, links.length] as const]),
    ...(option.apis === undefined ? [] : [[option.apis, apis.length] as const]),
    ...option.perApi.map(({ quota, perService, fixed = 0 }) => [quota, fixed + largest * perService] as const),
    ...balancerKinds(layout)
      .toReversed()
      .flatMap((kind) =>
        ofBalancers(
          kind,
          balancers.filter((one) => one.kind === kind),
        ),
      ),
    ...(option.requests === undefined || rate === 0 ? [] : [[option.requests, rate] as const]),
  ];
}

function sumOf<T>(items: readonly T[], amount: (item: T) => number): number {
  return items.reduce((sum, one) => sum + amount(one), 0);
}

function ofBalancers({ quotas }: BalancerKind, some: readonly Balancer[]): readonly (readonly [string, number])[] {
  const most = (amount: (one: Balancer) => number): number => Math.max(...some.map(amount));
  const perZone = ({ behind, services }: Balancer): number =>
    behind === undefined
      ? sumOf(services, (one) => one.targets)
      : sumOf(behind, ({ kind: { countsAs = 1 } }) => countsAs);
  const needed: readonly (readonly [Quota | undefined, number])[] = [
    [quotas.balancers, some.length],
    [quotas.rules, most(({ services }) => services.length)],
    [quotas.targetGroups, most(({ services }) => services.length)],
    [quotas.targets, most(({ services }) => sumOf(services, targetsInZones))],
    [quotas.listeners, most(({ behind, services }) => (behind ?? services).length)],
    [quotas.targetsPerZone, most(perZone)],
  ];
  return needed.flatMap(([quota, amount]) => (quota === undefined ? [] : [[quota.name, amount] as const]));
}
