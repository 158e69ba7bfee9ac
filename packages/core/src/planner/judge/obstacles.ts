import type { Clouds } from '../../do/kinds/cloud/clouds.js';
import { isAdjustable } from '../../do/kinds/quota.js';
import type { RegionSnapshot } from '../../do/snapshot/snapshot.js';
import { usdText } from '../../ground/text/quantities.js';
import type { CloudPlanner, OtherAccountWay } from '../cloud/cloud-planner.js';
import { typeFor } from '../cloud/instances.js';
import type { PlannerOption, Support } from '../cloud/option.js';
import type { Cost } from '../cost/cost.js';
import { busiestLink, type Layout } from '../layout/layout.js';
import { vpcsIn } from '../layout/teams.js';
import type { Needs, NeededService } from '../needs/needs.js';
import type { Limits } from '../usage/usage.js';
import { severalOf } from '../picture.js';
import { quotaNeedText, withinLimit, type QuotaNeed } from './quota-needs.js';
import { excluded, noted, open, type JudgedReason } from './reasons.js';
import { groupedPairs } from '../../ground/grouped.js';

/** What an option is judged by. */
export interface Judged {
  readonly clouds: Clouds;
  readonly planner: CloudPlanner;
  readonly option: PlannerOption;
  readonly needs: Needs;
  readonly services: readonly NeededService[];
  readonly layout: Layout;
  readonly quotas: readonly QuotaNeed[];
  readonly limits: Limits;
  readonly cost: Cost;
  readonly region: RegionSnapshot | undefined;
  /** Milliseconds since 1970. */
  readonly now: number;
  /**
   * Where the needs are split: the part of services with WebSocket connections. Then `services` and `layout` are those of
   * requests, `quotas` and `cost` those of both.
   */
  readonly sockets?: Judged | undefined;
}

/** Everything that speaks against an option, or limits it. */
export function obstaclesOf(judged: Judged): readonly JudgedReason[] {
  const parts = judged.sockets === undefined ? [judged] : [judged, judged.sockets];
  return [
    ...parts.flatMap(place),
    ...parts.flatMap(retired),
    ...parts.flatMap(protocols),
    ...parts.flatMap(features),
    ...parts.flatMap(accounts),
    ...parts.flatMap(vpcs),
    ...parts.flatMap(payloads),
    ...parts.flatMap(timeouts),
    ...numbers(judged),
    ...budget(judged),
  ];
}

function place({ option, needs: { region } }: Judged): readonly JudgedReason[] {
  const served = option.servedIn(region);
  if (served === 'yes') return [];

  return served === 'no'
    ? [excluded.PRODUCT_NOT_IN_REGION({ option: option.title, region })]
    : [open.REGION_UNKNOWN({ links: severalOf(option.names.link), region })];
}

function retired({ option, region, now }: Judged): readonly JudgedReason[] {
  const ends = (what: string) => option.retirement?.find((one) => one.ends === what)?.at;
  const [sale, service] = [ends('sale'), ends('service')];
  if (sale === undefined || service === undefined) return [];

  const { name: successor, page, tool } = option.successor ?? {};
  const end = { end: service.slice(0, 10), successor, page, tool };
  if (now >= Date.parse(service)) return [excluded.PRODUCT_RETIRED({ ...end, sale: undefined, isRead: undefined })];

  const exists = region?.links.some(({ kind, state }) => kind === option.link && state !== 'failed') === true;
  return now < Date.parse(sale) || exists
    ? [noted.PRODUCT_RETIRING({ ...end, exists })]
    : [excluded.PRODUCT_RETIRED({ ...end, sale: sale.slice(0, 10), isRead: region !== undefined })];
}

function protocols({ option, services }: Judged): readonly JudgedReason[] {
  const { gateway } = option.names;
  return (['http', 'https', 'grpc', 'websocket'] as const).flatMap((protocol) => {
    const some = services.filter((one) => one.protocol === protocol);
    if (some.length === 0 || option.protocols[protocol] === 'yes') return [];

    const needed = { gateway, protocol, services: namesOf(some) };
    return [option.protocols[protocol] === 'no' ? excluded.PROTOCOL_NOT_SERVED(needed) : open.PROTOCOL_UNKNOWN(needed)];
  });
}

function features({ option, services }: Judged): readonly JudgedReason[] {
  const wanted = groupedPairs(services.flatMap((one) => one.features.map((feature) => [feature, one] as const)));
  const { gateway } = option.names;
  return [...wanted].flatMap(([feature, some]) => {
    if (feature === 'websocket') return []; // a protocol

    const has: Support = option.features[feature] ?? 'unknown';
    if (has === 'yes') return [];

    const needed = { gateway, feature, services: some.length === services.length ? undefined : namesOf(some) };
    return [
      has === 'no'
        ? excluded.FEATURE_MISSING({ ...needed, source: option.featuresFrom })
        : open.FEATURE_UNKNOWN(needed),
    ];
  });
}

const COST_OF_WAY: Readonly<Record<OtherAccountWay['cost'], string>> = {
  none: 'It adds no cost.',
  added: 'Its cost is in the sum.',
  unknown: 'Its cost is not in the sum: no price could be read.',
};

function accounts({ option, planner: { otherAccounts }, services }: Judged): readonly JudgedReason[] {
  const some = services.filter(({ isElsewhere }) => isElsewhere);
  if (some.length === 0) return [];

  const reached = { link: option.names.link, services: namesOf(some) };
  const { ways = [] } = otherAccounts ?? {};
  if (ways.length === 0) return [open.CROSS_ACCOUNT(reached)];

  const each = ways.map(({ how, limits, cost, source }) => [how, limits, COST_OF_WAY[cost], `See ${source}.`]);
  const text = each.map((said, at) => `(${at + 1}) ${said.filter((one) => one !== undefined).join(' ')}`).join(' ');
  return [noted.CROSS_ACCOUNT({ ...reached, ways: text })];
}

function payloads({ option, services }: Judged): readonly JudgedReason[] {
  const { payload, names, features: has } = option;
  const { gateway } = names;
  if (payload === undefined) {
    const isAny = services.some(({ payloadKb = 0, largestKb = 0 }) => payloadKb > 0 || largestKb > 0);
    return isAny ? [noted.PAYLOAD_UNKNOWN({ gateway })] : [];
  }

  const { mostKb, source } = payload;
  const whole = services.filter(({ features: own }) => !(own.includes('streaming') && has.streaming === 'yes'));
  // Of a request and an answer that have more than twice the limit together, one is over it. A message is alone.
  const isLarge = ({ payloadKb = 0, largestKb, protocol }: NeededService): boolean =>
    largestKb === undefined ? payloadKb > mostKb * (protocol === 'websocket' ? 1 : 2) : largestKb > mostKb;
  const large = namesOf(whole.filter(isLarge));
  const undecided = namesOf(
    whole.filter((one) => one.largestKb === undefined && (one.payloadKb ?? 0) > mostKb && !isLarge(one)),
  );
  return [
    ...(large.length === 0 ? [] : [excluded.PAYLOAD_TOO_LARGE({ services: large, mostKb, gateway, source })]),
    ...(undecided.length === 0 ? [] : [open.PAYLOAD_UNKNOWN({ services: undecided, mostKb, gateway })]),
  ];
}

function timeouts({ option, needs: { latencyMs }, services, limits }: Judged): readonly JudgedReason[] {
  const { timeout, names } = option;
  if (timeout === undefined || latencyMs === undefined) return [];
  if (services.every(({ features: own }) => own.includes('streaming'))) return [];

  const quota = limits.quota(timeout);
  const { value: mostMs = quota.byDefault } = limits.of(timeout);
  if (latencyMs <= mostMs) return [];

  const compared = { gateway: names.gateway, mostMs, latencyMs };
  return isAdjustable(quota)
    ? [open.TIMEOUT_SHORTER({ ...compared, raised: quota.raised, quotaCode: quota.code })]
    : [excluded.TIMEOUT_SHORTER(compared)];
}

function vpcs({ option, services }: Judged): readonly JudgedReason[] {
  const count = vpcsIn(services).length;
  if (count < 2) return [];

  const { names, linkServes: serves } = option;
  return serves === undefined
    ? [open.SEPARATE_VPCS({ count, gateway: names.gateway })]
    : [noted.SEPARATE_VPCS({ count, serves, link: names.link })];
}

function numbers({ option, needs, layout, limits, quotas, sockets }: Judged): readonly JudgedReason[] {
  const { names, instance } = option;
  const found = quotas.flatMap((need) => {
    if (instance !== undefined && need.quota === option.requests) return []; // RATE_EXCEEDED

    return quotaReason(need, limits);
  });
  const apis = layout.apis.length + (sockets?.layout.apis.length ?? 0);
  const { gateways: allowed } = needs;
  if (allowed !== undefined && apis > allowed) found.push(excluded.GATEWAYS_EXCEEDED({ apis, allowed }));
  if (instance?.capacity === 'unknown') {
    const notRead = { quota: undefined, isRead: undefined, added: undefined };
    found.push(open.QUOTA_UNKNOWN({ ...notRead, gateway: names.gateway }));
  }
  const rate = busiestLink(layout);
  if (instance?.capacity === 'known' && typeFor(instance, rate) === undefined)
    found.push(excluded.RATE_EXCEEDED({ rate }));
  return found;
}

function quotaReason(need: QuotaNeed, limits: Limits): JudgedReason[] {
  const within = withinLimit(need);
  if (within === 'yes') return [];

  const { added, needed, limit } = need;
  const named = limits.quota(need.quota);
  const quota = quotaNeedText(named);
  if (within === 'unknown' || limit.value === undefined)
    return [open.QUOTA_UNKNOWN({ quota, isRead: limit.value !== undefined, added, gateway: undefined })];

  return [
    excluded.QUOTA_EXCEEDED({
      quota,
      total: needed ?? added,
      withExisting: needed !== undefined && needed !== added,
      isOfAccount: limit.source === 'account',
      limit: limit.value,
      isAdjustable: isAdjustable(named),
    }),
  ];
}

function budget({ needs: { budgetUsd, region }, cost }: Judged): readonly JudgedReason[] {
  if (budgetUsd === undefined) return [];

  const { leastUsd, monthlyUsd, priceRegion } = cost;
  const [usd, isLeast] = [usdText(leastUsd), monthlyUsd === undefined];
  const ofBudget = { budget: usdText(budgetUsd), usd, isLeast };
  if (!cost.isOfRegion) return [open.BUDGET_UNKNOWN({ ...ofBudget, region, priceRegion, unknown: undefined })];
  if (leastUsd > budgetUsd) return [excluded.BUDGET_EXCEEDED(ofBudget)];
  if (monthlyUsd !== undefined) return [];

  const { unknown } = cost;
  return [open.BUDGET_UNKNOWN({ ...ofBudget, region: undefined, priceRegion: undefined, unknown })];
}

function namesOf(services: readonly NeededService[]): readonly string[] {
  return services.map(({ name }) => name);
}
