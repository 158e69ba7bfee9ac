import { typeFor, type Instances } from '../cloud/instances.js';
import type { CloudPlanner, CostCount, FeatureCost, Prices } from '../cloud/cloud-planner.js';
import type { PlannerOption } from '../cloud/option.js';
import { usdText } from '../../ground/text/quantities.js';
import { busiestLink, balancerKinds, type Layout, type Balancer } from '../layout/layout.js';
import type { NeededService } from '../needs/needs.js';

/** Hours of a month, as clouds and their calculators count them. */
const HOURS_A_MONTH = 730;

const SECONDS_AN_HOUR = 3_600;
const SECONDS_A_MONTH = HOURS_A_MONTH * SECONDS_AN_HOUR;
const MILLION = 1_000_000;
const KB_IN_GB = 1_024 * 1_024;

/** Millions of calls a month, as they are metered: in increments of so many KB, or whole. */
function meteredMillions(increment: number | undefined, services: readonly NeededService[]): number {
  const calls = services.map(({ requestsPerSecond = 0, payloadKb = 0 }) => {
    const times = increment === undefined ? 1 : Math.max(1, Math.ceil(payloadKb / increment));
    return requestsPerSecond * times;
  });
  return (sum(calls) * SECONDS_A_MONTH) / MILLION;
}

/** Data a month, in GB. */
function gigabytesAMonth(services: readonly NeededService[]): number {
  return gigabytesAnHour(services) * HOURS_A_MONTH;
}

function gigabytesAnHour(services: readonly NeededService[]): number {
  const kb = services.map(({ requestsPerSecond = 0, payloadKb = 0 }) => requestsPerSecond * payloadKb);
  return (sum(kb) * SECONDS_AN_HOUR) / KB_IN_GB;
}

/**
 * Capacity units of load balancers, by data (1 GB an hour is one) and, where rules are paid for, by rule evaluations,
 * whichever is more. Connections count as well, and how many a gateway opens is documented nowhere [U].
 */
function capacityUnits(balancers: readonly Balancer[]): number {
  return sum(
    balancers.map(({ kind, services }) => {
      const data = gigabytesAnHour(services);
      const rules = kind.prices?.rules;
      if (rules === undefined) return data;

      const rate = sum(services.map(({ requestsPerSecond = 0 }) => requestsPerSecond));
      return Math.max(data, (rate * Math.max(0, services.length - rules.free)) / rules.perUnit);
    }),
  );
}

/** Whether rule evaluations decide the capacity units of one: at most so many, since a request passes the rules up to its own. */
function isByRules(balancers: readonly Balancer[]): boolean {
  return balancers.some((one) => capacityUnits([one]) > gigabytesAnHour(one.services));
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, one) => total + one, 0);
}

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

/** What a month of an option costs, part by part. */
export function costOf(option: PlannerOption, { prices }: CloudPlanner, layout: Layout, region: string): Cost {
  const { instance } = option;
  if (instance !== undefined) {
    const place = { priceRegion: instance.prices.place, isOfRegion: instance.prices.appliesIn(region) };
    return { ...costOfInstances(option, instance, layout), ...place };
  }

  return prices === undefined ? unpriced(option, region) : costOfCalls(option, prices, layout, region);
}

/** What a month of two parts of needs costs. */
export function costOfBoth(one: Cost, other: Cost): Cost {
  const unknown = [...new Set([...one.unknown, ...other.unknown])];
  return { ...one, ...summed([...one.parts, ...other.parts], unknown) };
}

/** Of a cloud whose prices are not known. That is so in each region, so that a budget is compared with nothing else. */
function unpriced({ names }: PlannerOption, region: string): Cost {
  return {
    ...summed([], [`the price of ${names.gateway}`]),
    without: '',
    pricesOf: 'No list price could be read.',
    priceRegion: region,
    isOfRegion: true,
  };
}

function costOfCalls({ calls, names }: PlannerOption, prices: Prices, layout: Layout, region: string): Cost {
  const { services, balancers, apis } = layout;
  const parts: CostPart[] = [];
  const unknown: string[] = [];
  const add = (price: string, what: string, amount: number): void => {
    const priced = part(prices, price, what, amount);
    if (priced === undefined) unknown.push(`the price of ${what}`);
    else parts.push(priced);
  };
  const isKnown = services.every((one) => one.requestsPerSecond !== undefined && one.payloadKb !== undefined);
  if (calls !== undefined && isKnown) {
    const increment = prices.table[calls]?.incrementKb;
    add(calls, `calls of ${names.gateway}`, meteredMillions(increment, services));
  }
  for (const kind of balancerKinds(layout).toReversed()) {
    const some = balancers.filter((one) => one.kind === kind);
    if (kind.prices === undefined) {
      unknown.push(`the price of ${kind.name}s`);
      continue;
    }

    add(kind.prices.hour, `${some.length} ${kind.name}`, some.length);
    const most = isByRules(some) ? ' (at most: as if each request passed all rules)' : '';
    if (isKnown) add(kind.prices.unit, `capacity units of ${kind.name}s${most}`, capacityUnits(some));
  }
  const needed = prices.features.flatMap((feature) => {
    const some = services.filter((one) => needs(one, feature));
    return some.length === 0 ? [] : [{ feature, some }];
  });
  for (const { feature, some } of needed) {
    const withSome = apis.filter((api) => api.services.some((one) => needs(one, feature)));
    const count: CostCount = {
      services: some.length,
      apis: apis.length,
      apisWith: withSome.length,
      millions: meteredMillions(
        undefined,
        withSome.flatMap((one) => one.services),
      ),
      gigabytes: gigabytesAMonth(some),
    };
    for (const { price, what, amount, ofTraffic } of feature.adds)
      if (isKnown || ofTraffic !== true) add(price, typeof what === 'string' ? what : what(count), amount(count));
  }
  const isOfRegion = region === prices.region;
  return {
    ...summed(
      parts,
      isKnown ? unknown : [...unknown, 'calls and data: a service has no requestsPerSecond or no payloadKb'],
    ),
    without: [prices.without, ...needed.flatMap(({ feature }) => feature.without ?? [])].join(' '),
    pricesOf: `List prices of ${prices.region} as of ${prices.readOn}${isOfRegion ? '' : `; those of ${region} are not known`}.`,
    priceRegion: prices.region,
    isOfRegion,
  };
}

function needs({ features, isElsewhere }: NeededService, { of }: FeatureCost): boolean {
  return of === 'another account' ? isElsewhere : features.includes(of);
}

/** A cost, without where its prices apply. */
type InstanceCost = Omit<Cost, 'priceRegion' | 'isOfRegion'>;

/** Instances of the smallest type that carries the calls of each link. */
function costOfInstances(option: PlannerOption, instance: Instances, layout: Layout): InstanceCost {
  const { names } = option;
  const { asOf, source, place, without, unknown = [] } = instance.prices;
  if (instance.capacity === 'unknown') return leastCost(option, instance, busiestLink(layout));

  const parts: CostPart[] = [];
  for (const link of layout.links) {
    const { name, hour } = typeFor(instance, busiestLink({ links: [link] })) ?? {};
    if (hour === undefined)
      return { ...summed([], [`the price of ${names.gateway}`]), without, pricesOf: 'No list price could be read.' };

    const of = link.of === undefined ? '' : ` for ${link.of}`;
    parts.push(partOfInstance(`${names.link} ${name}${of}`, hour, source));
  }
  const isKnown = layout.services.every(({ peak }) => peak !== undefined);
  return {
    ...summed(parts, isKnown ? unknown : [...unknown, 'the instance type: a service has no requestsPerSecond']),
    without,
    pricesOf: `List prices of ${place}, pay-as-you-go, as of ${asOf}.`,
  };
}

/**
 * The least that an instance costs, by its smallest type, where it could not be read how many requests a type serves. One
 * whose callers open a connection for each request is bounded by its new connections.
 */
function leastCost({ names }: PlannerOption, instance: Instances, rate: number): InstanceCost {
  const { types, connectionsFrom, least = '' } = instance;
  const { asOf, source, place, without, unknown = [] } = instance.prices;
  const [smallest] = types;
  const enough = types.find(({ newConnections = -1 }) => newConnections >= rate);
  const atMost =
    enough?.hour === undefined
      ? 'no type takes so many new HTTPS connections a second'
      : `where each request opens an HTTPS connection, ${enough.name} is safe, for USD ${usdText(enough.hour * HOURS_A_MONTH)} (${connectionsFrom})`;
  return {
    ...summed(
      smallest.hour === undefined
        ? []
        : [partOfInstance(`${names.gateway} ${smallest.name}${least}`, smallest.hour, source)],
      [`the type that serves ${rate} requests per second (${atMost})`, ...unknown],
    ),
    without,
    pricesOf: `List prices of ${place}, pay-as-you-go, as of ${asOf} (${source}).`,
  };
}

function partOfInstance(what: string, hour: number, source: string): CostPart {
  return { what, formula: `1 x ${hour} USD x ${HOURS_A_MONTH} h`, usd: cents(hour * HOURS_A_MONTH), source };
}

function summed(
  parts: readonly CostPart[],
  unknown: readonly string[],
): Pick<Cost, 'parts' | 'unknown' | 'leastUsd' | 'monthlyUsd'> {
  const leastUsd = cents(parts.reduce((sum, { usd }) => sum + usd, 0));
  return { parts, unknown, leastUsd, monthlyUsd: unknown.length === 0 ? leastUsd : undefined };
}

/** An amount at its price: of what is paid by the hour, for each hour of a month. Undefined: the table lacks the price. */
function part({ table }: Prices, name: string, what: string, amount: number): CostPart | undefined {
  const price = table[name];
  if (price === undefined) return undefined;

  const { per, tiers, source } = price;
  const hours = per === 'hour' ? HOURS_A_MONTH : 1;
  let usd = 0;
  let from = 0;
  const texts: string[] = [];
  for (const { upTo = Number.POSITIVE_INFINITY, usd: of } of tiers) {
    const size = Math.min(amount, upTo) - from;
    if (size <= 0) break;

    usd += size * of * hours;
    texts.push(
      `${rounded(size)} x ${of} USD${per === 'hour' ? ` x ${HOURS_A_MONTH} h` : per === 'month' ? '' : `/${per}`}`,
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
