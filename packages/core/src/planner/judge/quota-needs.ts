import { TARGETS_OF_AN_ALB } from '../../do/kinds/options/rest-v1-nlb-alb.js';
import type { OptionTraits } from '../../do/kinds/options/option.js';
import { MOST_OF_INSTANCE, specFor } from '../../do/kinds/instance-specs.js';
import { QUOTAS, type QuotaName } from '../../do/kinds/quotas/index.js';
import { busiestLink, peakOf } from '../layout/busiest-link.js';
import { targetsOfAlb, type Balancer, type Layout } from '../layout/layout.js';
import type { Limit, Limits } from '../usage/limits.js';

/** How much of a quota an option needs. */
export interface QuotaNeed {
  readonly quota: QuotaName;
  /** With what exists already; undefined where that was not read. */
  readonly needed: number | undefined;
  /** Without what exists already. */
  readonly added: number;
  readonly limit: Limit;
}

/** An option with its layout. */
export type Laid = readonly [option: OptionTraits, layout: Layout];

/**
 * What layouts need together of each quota that they count towards: of a quota of the account the sum, of one of a single
 * resource the most.
 */
export function quotaNeeds(laid: readonly Laid[], limits: Limits): readonly QuotaNeed[] {
  const amounts = new Map<QuotaName, number>();
  let isOfInstance = false;
  for (const [option, layout] of laid) {
    const { links, apis, requests, instance } = option;
    isOfInstance ||= instance !== undefined;
    const ofAccount: readonly (QuotaName | undefined)[] = [links, apis, requests, ...OF_ACCOUNT];
    for (const [quota, added] of amountsOf(option, layout)) {
      const known = amounts.get(quota) ?? 0;
      amounts.set(quota, ofAccount.includes(quota) ? known + added : Math.max(known, added));
    }
  }
  return [...amounts].map(([quota, added]) => {
    const used = limits.used(quota);
    const isRate = laid.some(([{ requests }]) => requests === quota);
    const limit = isRate && isOfInstance ? ofInstance(added) : limits.of(quota);
    return { quota, added, needed: used === undefined ? undefined : used + added, limit };
  });
}

const OF_ACCOUNT: readonly QuotaName[] = ['application-load-balancers', 'network-load-balancers'];

/** The requests per second of the smallest instance type that carries so many. */
function ofInstance(rate: number): Limit {
  const found = specFor(rate);
  return { value: found?.spec.requestsPerSecond ?? MOST_OF_INSTANCE, source: 'default' };
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
export function quotaNeedText(name: QuotaName): string {
  const { what, code } = QUOTAS[name];
  return code === undefined ? what : `${what} (${code})`;
}

function amountsOf(option: OptionTraits, layout: Layout): readonly (readonly [QuotaName, number])[] {
  const { apis, balancers, links, services } = layout;
  const largest = Math.max(...apis.map(({ services: some }) => some.length));
  const rate = Math.ceil(option.instance === undefined ? sumOf(services, peakOf) : busiestLink(layout));
  return [
    ...(option.links === undefined ? [] : [[option.links, links.length] as const]),
    ...(option.apis === undefined ? [] : [[option.apis, apis.length] as const]),
    ...option.perApi.map(({ quota, perService, fixed = 0 }) => [quota, fixed + largest * perService] as const),
    ...ofAlbs(balancers.filter(({ kind }) => kind === 'ALB')),
    ...ofNlbs(balancers.filter(({ kind }) => kind === 'NLB')),
    ...(option.requests === undefined || rate === 0 ? [] : [[option.requests, rate] as const]),
  ];
}

function sumOf<T>(items: readonly T[], amount: (item: T) => number): number {
  return items.reduce((sum, one) => sum + amount(one), 0);
}

function ofAlbs(albs: readonly Balancer[]): readonly (readonly [QuotaName, number])[] {
  if (albs.length === 0) return [];
  return [
    ['application-load-balancers', albs.length],
    ['rules-per-application-load-balancer', Math.max(...albs.map(({ services }) => services.length))],
    ['target-groups-per-application-load-balancer', Math.max(...albs.map(({ services }) => services.length))],
    ['targets-per-application-load-balancer', Math.max(...albs.map(({ services }) => sumOf(services, targetsOfAlb)))],
  ];
}

function ofNlbs(nlbs: readonly Balancer[]): readonly (readonly [QuotaName, number])[] {
  if (nlbs.length === 0) return [];
  const targets = ({ behind, services }: Balancer): number =>
    behind === undefined ? sumOf(services, (one) => one.targets) : behind.length * TARGETS_OF_AN_ALB;
  return [
    ['network-load-balancers', nlbs.length],
    [
      'listeners-per-network-load-balancer',
      Math.max(...nlbs.map(({ behind, services }) => (behind ?? services).length)),
    ],
    ['targets-per-zone-per-network-load-balancer', Math.max(...nlbs.map(targets))],
  ];
}
