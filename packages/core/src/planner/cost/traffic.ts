import type { Balancer } from '../layout/layout.js';
import type { NeededService } from '../needs/needs.js';

/** Hours of a month, as clouds and their calculators count them. */
export const HOURS_A_MONTH = 730;

const SECONDS_AN_HOUR = 3_600;
const SECONDS_A_MONTH = HOURS_A_MONTH * SECONDS_AN_HOUR;
const MILLION = 1_000_000;
const KB_IN_GB = 1_024 * 1_024;

/** Millions of calls a month, as they are metered: in increments of so many KB, or whole. */
export function meteredMillions(increment: number | undefined, services: readonly NeededService[]): number {
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

/**
 * Capacity units of load balancers, by data (1 GB an hour is one) and, where rules are paid for, by rule evaluations,
 * whichever is more. Connections count as well, and how many a gateway opens is documented nowhere [U].
 */
export function capacityUnits(balancers: readonly Balancer[]): number {
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
export function isByRules(balancers: readonly Balancer[]): boolean {
  return balancers.some((one) => capacityUnits([one]) > gigabytesAnHour(one.services));
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, one) => total + one, 0);
}
