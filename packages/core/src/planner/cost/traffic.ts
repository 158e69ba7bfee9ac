import { HOURS_A_MONTH, type PriceName } from '../../do/kinds/prices/price-table.js';
import type { Balancer } from '../layout/layout.js';
import type { NeededService } from '../needs/needs.js';

const SECONDS_AN_HOUR = 3_600;
const SECONDS_A_MONTH = HOURS_A_MONTH * SECONDS_AN_HOUR;
const MILLION = 1_000_000;
const KB_IN_GB = 1_024 * 1_024;

/** Calls are metered in increments of so many KB: a larger one counts as several. https://aws.amazon.com/api-gateway/pricing/ */
const INCREMENT_KB: Readonly<Partial<Record<PriceName, number>>> = { 'http-api-calls': 512, 'websocket-messages': 32 };

/** Millions of calls a month, as they are metered. */
export function meteredMillions(price: PriceName | undefined, services: readonly NeededService[]): number {
  const increment = price === undefined ? undefined : INCREMENT_KB[price];
  const calls = services.map(({ requestsPerSecond = 0, payloadKb = 0 }) => {
    const times = increment === undefined ? 1 : Math.max(1, Math.ceil(payloadKb / increment));
    return requestsPerSecond * times;
  });
  return (sum(calls) * SECONDS_A_MONTH) / MILLION;
}

/** Data a month, in GB. */
export function gigabytesAMonth(services: readonly NeededService[]): number {
  return gigabytesAnHour(services) * HOURS_A_MONTH;
}

function gigabytesAnHour(services: readonly NeededService[]): number {
  const kb = services.map(({ requestsPerSecond = 0, payloadKb = 0 }) => requestsPerSecond * payloadKb);
  return (sum(kb) * SECONDS_AN_HOUR) / KB_IN_GB;
}

/** Rules of an ALB that are evaluated without charge. */
const FREE_RULES = 10;
/** Rule evaluations per second of one capacity unit. */
const EVALUATIONS = 1_000;

/**
 * Capacity units of load balancers, by data (1 GB an hour is one) and, of ALBs, by rule evaluations, whichever is more.
 * Connections count as well, and how many a gateway opens is documented nowhere [U].
 * @see https://aws.amazon.com/elasticloadbalancing/pricing/
 */
export function capacityUnits(balancers: readonly Balancer[]): number {
  return sum(
    balancers.map(({ kind, services }) => {
      const data = gigabytesAnHour(services);
      if (kind !== 'ALB') return data;
      const rate = sum(services.map(({ requestsPerSecond = 0 }) => requestsPerSecond));
      return Math.max(data, (rate * Math.max(0, services.length - FREE_RULES)) / EVALUATIONS);
    }),
  );
}

/** Whether rule evaluations decide the capacity units of an ALB: at most so many, since a request passes the rules up to its own. */
export function isByRules(balancers: readonly Balancer[]): boolean {
  return balancers.some((one) => one.kind === 'ALB' && capacityUnits([one]) > gigabytesAnHour(one.services));
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, one) => total + one, 0);
}
