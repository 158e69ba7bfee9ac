import { TARGETS_OF_AN_ALB } from '../../kinds/options/rest-v1-nlb-alb.js';
import type { OptionTraits } from '../../kinds/options/option.js';
import { MOST_OF_INSTANCE, specFor } from '../../kinds/instance-specs.js';
import { QUOTAS, type QuotaName } from '../../kinds/quotas/index.js';
import type { Balancer, Layout } from '../layout/layout.js';
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

/** What a layout needs of each quota that it counts towards. */
export function quotaNeeds(option: OptionTraits, layout: Layout, limits: Limits): readonly QuotaNeed[] {
  return amounts(option, layout).map(([quota, added]) => {
    const used = limits.used(quota);
    const limit = quota === option.requests && option.instance !== undefined ? ofInstance(added) : limits.of(quota);
    return { quota, added, needed: used === undefined ? undefined : used + added, limit };
  });
}

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
export function quotaText(name: QuotaName): string {
  const { what, code } = QUOTAS[name];
  return code === undefined ? what : `${what} (${code})`;
}

function amounts(option: OptionTraits, layout: Layout): readonly (readonly [QuotaName, number])[] {
  const { apis, balancers, links, services } = layout;
  const largest = Math.max(...apis.map(({ services: some }) => some.length));
  const rate = Math.ceil(services.reduce((sum, one) => sum + (one.requestsPerSecond ?? 0), 0));
  return [
    ...(option.links === undefined ? [] : [[option.links, links] as const]),
    ...(option.apis === undefined ? [] : [[option.apis, apis.length] as const]),
    ...option.perApi.map(({ quota, perService, fixed = 0 }) => [quota, fixed + largest * perService] as const),
    ...ofAlbs(balancers.filter(({ kind }) => kind === 'ALB')),
    ...ofNlbs(balancers.filter(({ kind }) => kind === 'NLB')),
    ...(option.requests === undefined || rate === 0 ? [] : [[option.requests, rate] as const]),
  ];
}

function ofAlbs(albs: readonly Balancer[]): readonly (readonly [QuotaName, number])[] {
  if (albs.length === 0) return [];
  return [
    ['application-load-balancers', albs.length],
    ['rules-per-application-load-balancer', Math.max(...albs.map(({ services }) => services.length))],
  ];
}

function ofNlbs(nlbs: readonly Balancer[]): readonly (readonly [QuotaName, number])[] {
  if (nlbs.length === 0) return [];
  const targets = ({ behind, services }: Balancer): number =>
    behind === undefined ? services.reduce((sum, one) => sum + one.targets, 0) : behind.length * TARGETS_OF_AN_ALB;
  return [
    ['network-load-balancers', nlbs.length],
    [
      'listeners-per-network-load-balancer',
      Math.max(...nlbs.map(({ behind, services }) => (behind ?? services).length)),
    ],
    ['targets-per-zone-per-network-load-balancer', Math.max(...nlbs.map(targets))],
  ];
}
