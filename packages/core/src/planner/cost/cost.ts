import {
  instancePrice,
  INSTANCE_PRICES_FROM,
  INSTANCE_PRICES_OF,
} from '../../do/kinds/link/integration-instance/price.js';
import { specFor } from '../../do/kinds/instance-specs.js';
import {
  CLOUD_NATIVE_CAPACITY_FROM,
  CLOUD_NATIVE_PRICES_FROM,
  CLOUD_NATIVE_PRICES_OF,
  CLOUD_NATIVE_TYPES,
} from '../../do/kinds/cloud-native-types.js';
import type { OptionTraits } from '../../do/kinds/options/option.js';
import {
  HOURS_A_MONTH,
  PRICED_REGION,
  PRICES,
  PRICES_READ_ON,
  type PriceName,
} from '../../do/kinds/prices/price-table.js';
import { busiestLink } from '../layout/busiest-link.js';
import { usdText } from '../../ground/text/usd.js';
import type { Layout } from '../layout/layout.js';
import { capacityUnits, gigabytesAMonth, isByRules, meteredMillions } from './traffic.js';

/** One item of a month's bill. */
export interface CostPart {
  /** `3 ALB`. */
  readonly what: string;
  /** `3 x 0.0225 USD x 730 h`. */
  readonly formula: string;
  readonly usd: number;
  readonly source: string;
}

/** What a month costs at list prices. */
export interface Cost {
  /** In US dollars, to the cent; undefined where a part is not known. */
  readonly monthlyUsd: number | undefined;
  /** The sum of the known parts. */
  readonly leastUsd: number;
  readonly parts: readonly CostPart[];
  /** What is not known, and so not in it. */
  readonly unknown: readonly string[];
  /** What the sum does not have in any case. */
  readonly without: string;
  /** The day of the prices, and where they apply. */
  readonly pricesOf: string;
  /** Where the prices apply. */
  readonly priceRegion: string;
  /** Whether that is the region of the needs: else an amount is a comparison only. */
  readonly isOfRegion: boolean;
}

/** Zones of an interface endpoint. */
const ENDPOINT_ZONES = 2;

/** What a month of an option costs, part by part. */
export function costOf(option: OptionTraits, layout: Layout, region: string): Cost {
  if (option.instance === undefined) return costOfCalls(option, layout, region);
  const place = { priceRegion: MAINLAND, isOfRegion: isMainland(region) };
  return { ...costOfInstance(option, layout), ...place };
}

const MAINLAND = 'the mainland of China';

/** Whether the prices of instances apply. Hong Kong has prices of its own. */
function isMainland(region: string): boolean {
  return region.startsWith('cn-') && region !== 'cn-hongkong';
}

/** What a month of two parts of needs costs. */
export function costOfBoth(one: Cost, other: Cost): Cost {
  const unknown = [...new Set([...one.unknown, ...other.unknown])];
  return { ...one, ...summed([...one.parts, ...other.parts], unknown) };
}

function costOfCalls({ calls, names }: OptionTraits, layout: Layout, region: string): Cost {
  const { services, balancers, apis } = layout;
  const parts: CostPart[] = [];
  const isKnown = services.every((one) => one.requestsPerSecond !== undefined && one.payloadKb !== undefined);
  if (calls !== undefined && isKnown) {
    const millions = meteredMillions(calls, services);
    parts.push(part(calls, `calls of ${names.gateway}`, millions));
  }
  for (const kind of ['ALB', 'NLB'] as const) {
    const some = balancers.filter((one) => one.kind === kind);
    if (some.length === 0) continue;
    const [hours, units] = kind === 'ALB' ? (['alb', 'alb-lcu'] as const) : (['nlb', 'nlb-lcu'] as const);
    parts.push(part(hours, `${some.length} ${kind}`, some.length));
    const most = isByRules(some) ? ' (at most: as if each request passed all rules)' : '';
    if (isKnown) parts.push(part(units, `capacity units of ${kind}s${most}`, capacityUnits(some)));
  }
  if (services.some(({ features }) => features.includes('caching')))
    parts.push(part('rest-api-cache', `caches of 0.5 GB`, apis.length));
  const guarded = apis.filter(({ services: some }) => some.some(({ features }) => features.includes('waf')));
  if (guarded.length > 0) {
    parts.push(part('waf-acl', 'web ACLs', guarded.length), part('waf-rule', 'a rule of each', guarded.length));
    if (isKnown)
      parts.push(
        part(
          'waf-requests',
          'requests inspected',
          meteredMillions(
            undefined,
            guarded.flatMap((one) => one.services),
          ),
        ),
      );
  }
  const inside = services.filter(({ features }) => features.includes('private-endpoint'));
  if (inside.length > 0) {
    parts.push(part('endpoint-zone', 'an endpoint for execute-api, in two zones', ENDPOINT_ZONES));
    if (isKnown) parts.push(part('endpoint-data', 'data of that endpoint', gigabytesAMonth(inside)));
  }
  const elsewhere = services.filter(({ isElsewhere }) => isElsewhere);
  if (elsewhere.length > 0) {
    parts.push(part('endpoint-zone', 'PrivateLink endpoints, in two zones each', elsewhere.length * ENDPOINT_ZONES));
    if (isKnown) parts.push(part('endpoint-data', 'data of the endpoints', gigabytesAMonth(elsewhere)));
    // An endpoint service has an NLB: docs.aws.amazon.com/vpc/latest/privatelink/create-endpoint-service.html
    parts.push(part('nlb', `${elsewhere.length} NLB of endpoint services`, elsewhere.length));
    if (isKnown) parts.push(part('nlb-lcu', 'capacity units of those', gigabytesAMonth(elsewhere) / HOURS_A_MONTH));
  }
  const isOfRegion = region === PRICED_REGION;
  return {
    ...summed(parts, isKnown ? [] : ['calls and data: a service has no requestsPerSecond or no payloadKb']),
    without:
      'Not in it: data transfer, free tiers, discounts, connection minutes of WebSocket APIs, capacity units for new connections.' +
      (inside.length > 0 ? ' An endpoint for execute-api that exists can be used.' : ''),
    pricesOf: `List prices of ${PRICED_REGION} as of ${PRICES_READ_ON}${isOfRegion ? '' : `; those of ${region} are not known`}.`,
    priceRegion: PRICED_REGION,
    isOfRegion,
  };
}

function costOfInstance(option: OptionTraits, layout: Layout): InstanceCost {
  const { instance, names } = option;
  const without = 'Not in it: load balancers, and traffic to the internet.';
  if (instance === 'unknown') return costOfCloudNative(option, busiestLink(layout));
  const parts: CostPart[] = [];
  for (const link of layout.links) {
    const found = specFor(busiestLink({ links: [link] }));
    const price = found === undefined ? undefined : instancePrice(found.name);
    if (found === undefined || price === undefined)
      return { ...summed([], [`the price of ${names.gateway}`]), without, pricesOf: 'No list price could be read.' };
    const of = link.of === undefined ? '' : ` for ${link.of}`;
    const formula = `1 x ${price.hour} USD x ${HOURS_A_MONTH} h`;
    const usd = cents(price.hour * HOURS_A_MONTH);
    parts.push({ what: `${names.link} ${found.name}${of}`, formula, usd, source: INSTANCE_PRICES_FROM });
  }
  const isKnown = layout.services.every(({ peak }) => peak !== undefined);
  return {
    ...summed(parts, isKnown ? [] : ['the instance type: a service has no requestsPerSecond']),
    without,
    pricesOf: `List prices of the mainland of China, pay-as-you-go, as of ${INSTANCE_PRICES_OF}.`,
  };
}

/** A cost, without where its prices apply. */
type InstanceCost = Omit<Cost, 'priceRegion' | 'isOfRegion'>;

/**
 * The least that a gateway costs, by its smallest type with an SLA. How many requests a type serves could not be read; a
 * gateway whose callers open a connection for each request is bounded by its new connections.
 */
function costOfCloudNative({ names }: OptionTraits, rate: number): InstanceCost {
  const [least] = CLOUD_NATIVE_TYPES;
  const enough = CLOUD_NATIVE_TYPES.find(({ newConnections }) => newConnections >= rate);
  const atMost =
    enough === undefined
      ? 'no type takes so many new HTTPS connections a second'
      : `where each request opens an HTTPS connection, ${enough.name} is safe, for USD ${usdText(enough.hour * HOURS_A_MONTH)} (${CLOUD_NATIVE_CAPACITY_FROM})`;
  const formula = `1 x ${least.hour} USD x ${HOURS_A_MONTH} h`;
  const usd = cents(least.hour * HOURS_A_MONTH);
  return {
    ...summed(
      [
        {
          what: `${names.gateway} ${least.name}, the smallest type with an SLA`,
          formula,
          usd,
          source: CLOUD_NATIVE_PRICES_FROM,
        },
      ],
      [`the type that serves ${rate} requests per second (${atMost})`, 'the price of data that is processed'],
    ),
    without: 'Not in it: traffic to the internet.',
    pricesOf: `List prices of the mainland of China, pay-as-you-go, as of ${CLOUD_NATIVE_PRICES_OF} (${CLOUD_NATIVE_PRICES_FROM}).`,
  };
}

function summed(
  parts: readonly CostPart[],
  unknown: readonly string[],
): Pick<Cost, 'parts' | 'unknown' | 'leastUsd' | 'monthlyUsd'> {
  const leastUsd = cents(parts.reduce((sum, { usd }) => sum + usd, 0));
  return { parts, unknown, leastUsd, monthlyUsd: unknown.length === 0 ? leastUsd : undefined };
}

/** An amount at its price: of what is paid by the hour, for each hour of a month. */
function part(name: PriceName, what: string, amount: number): CostPart {
  const { per, tiers, source } = PRICES[name];
  const hours = per === 'hour' ? HOURS_A_MONTH : 1;
  let usd = 0;
  let from = 0;
  const texts: string[] = [];
  for (const { upTo = Number.POSITIVE_INFINITY, usd: price } of tiers) {
    const size = Math.min(amount, upTo) - from;
    if (size <= 0) break;
    usd += size * price * hours;
    texts.push(
      `${rounded(size)} x ${price} USD${per === 'hour' ? ` x ${HOURS_A_MONTH} h` : per === 'month' ? '' : `/${per}`}`,
    );
    from += size;
  }
  return { what, formula: texts.join(' + ') || '0', usd: cents(usd), source };
}

function cents(usd: number): number {
  return Math.round(usd * 100) / 100;
}

function rounded(amount: number): string {
  return String(Math.round(amount * 1_000) / 1_000);
}
