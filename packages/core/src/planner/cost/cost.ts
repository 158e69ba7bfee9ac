import {
  instancePrice,
  INSTANCE_PRICES_FROM,
  INSTANCE_PRICES_OF,
} from '../../kinds/link/integration-instance/price.js';
import { specFor } from '../../kinds/instance-specs.js';
import {
  CLOUD_NATIVE_CAPACITY_FROM,
  CLOUD_NATIVE_PRICES_FROM,
  CLOUD_NATIVE_PRICES_OF,
  CLOUD_NATIVE_TYPES,
} from '../../kinds/options/cloud-native-types.js';
import type { OptionTraits } from '../../kinds/options/option.js';
import {
  HOURS_A_MONTH,
  PRICED_REGION,
  PRICES,
  PRICES_READ_ON,
  type PriceName,
} from '../../kinds/prices/price-table.js';
import type { Layout } from '../layout/layout.js';
import { capacityUnits, gigabytesAMonth, meteredMillions } from './traffic.js';

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
}

/** Zones of an interface endpoint. */
const ENDPOINT_ZONES = 2;

/** What a month of an option costs, part by part. */
export function costOf(option: OptionTraits, layout: Layout): Cost {
  return option.instance === undefined ? costOfCalls(option, layout) : costOfInstance(option, layout);
}

/** What a month of two parts of needs costs. */
export function costOfBoth(one: Cost, other: Cost): Cost {
  const unknown = [...new Set([...one.unknown, ...other.unknown])];
  return { ...one, ...summed([...one.parts, ...other.parts], unknown) };
}

function costOfCalls({ calls, names }: OptionTraits, layout: Layout): Cost {
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
    if (isKnown) parts.push(part(units, `capacity units of ${kind}s`, capacityUnits(some)));
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
  const elsewhere = services.filter(({ isElsewhere }) => isElsewhere);
  if (elsewhere.length > 0) {
    parts.push(part('endpoint-zone', 'PrivateLink endpoints, in two zones each', elsewhere.length * ENDPOINT_ZONES));
    if (isKnown) parts.push(part('endpoint-data', 'data of the endpoints', gigabytesAMonth(elsewhere)));
  }
  return {
    ...summed(parts, isKnown ? [] : ['calls and data: a service has no requestsPerSecond or no payloadKb']),
    without:
      'Not in it: data transfer, free tiers, discounts, connection minutes of WebSocket APIs, capacity units for new connections.',
    pricesOf: `List prices of ${PRICED_REGION} as of ${PRICES_READ_ON}; other regions differ.`,
  };
}

function costOfInstance(option: OptionTraits, { services }: Layout): Cost {
  const { instance, names } = option;
  const without = 'Not in it: load balancers, and traffic to the internet.';
  const rate = services.reduce((sum, one) => sum + (one.requestsPerSecond ?? 0), 0);
  if (instance === 'unknown') return costOfCloudNative(option, rate);
  const found = specFor(rate);
  const price = found === undefined ? undefined : instancePrice(found.name);
  if (found === undefined || price === undefined) {
    return { ...summed([], [`the price of ${names.gateway}`]), without, pricesOf: 'No list price could be read.' };
  }
  const usd = cents(price.hour * HOURS_A_MONTH);
  const formula = `1 x ${price.hour} USD x ${HOURS_A_MONTH} h`;
  const isKnown = services.every((one) => one.requestsPerSecond !== undefined);
  return {
    ...summed(
      [{ what: `${names.link} ${found.name}`, formula, usd, source: INSTANCE_PRICES_FROM }],
      isKnown ? [] : ['the instance type: a service has no requestsPerSecond'],
    ),
    without,
    pricesOf: `List prices of the mainland of China, pay-as-you-go, as of ${INSTANCE_PRICES_OF}.`,
  };
}

/**
 * The least that a gateway costs, by its smallest type with an SLA. How many requests a type serves could not be read; a
 * gateway whose callers open a connection for each request is bounded by its new connections.
 */
function costOfCloudNative({ names }: OptionTraits, rate: number): Cost {
  const [least] = CLOUD_NATIVE_TYPES;
  const enough = CLOUD_NATIVE_TYPES.find(({ newConnections }) => newConnections >= rate);
  const atMost =
    enough === undefined
      ? 'no type takes so many new HTTPS connections a second'
      : `where each request opens an HTTPS connection, ${enough.name} is safe, for USD ${cents(enough.hour * HOURS_A_MONTH)} (${CLOUD_NATIVE_CAPACITY_FROM})`;
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
