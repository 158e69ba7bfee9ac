import type { LinkPrice, LinkRequest } from '@postern/core/internal/adapter';

/** The capacity of an instance of API Gateway. */
export interface InstanceSpec {
  readonly requestsPerSecond: number;
  readonly connections: number;
  readonly newConnections: number;
  /** Connections to backends; a call that finds none free waits half a second and fails with D504CO. */
  readonly outbound: number;
}

const row = (
  requestsPerSecond: number,
  connections: number,
  newConnections: number,
  outbound: number,
): InstanceSpec => ({ requestsPerSecond, connections, newConnections, outbound });

/** The eight specs, smallest first. @see https://www.alibabacloud.com/help/en/api-gateway/latest/dedicated-instances */
const SPECS: Readonly<Record<string, InstanceSpec>> = {
  'api.s1.small': row(2_500, 50_000, 5_000, 1_200),
  'api.s1.medium': row(5_000, 100_000, 5_000, 2_400),
  'api.s2.large': row(10_000, 200_000, 5_000, 4_800),
  'api.s2.large.x2': row(20_000, 400_000, 10_000, 9_600),
  'api.s2.large.x3': row(30_000, 600_000, 10_000, 14_400),
  'api.s2.large.x4': row(40_000, 800_000, 20_000, 19_200),
  'api.s2.large.x5': row(50_000, 1_000_000, 20_000, 24_000),
  'api.s2.large.x6': row(60_000, 1_000_000, 20_000, 28_800),
};

/** The specs that a page lists. */
export const LISTED_SPECS: readonly string[] = Object.keys(SPECS);

/**
 * Whether an instance can be bought with an instance type: `listed` ones can, by their names on a page or shorter ones; `unlisted` ones have the form of a name, and no page
 * lists them, such as those of a series that may be new; `none` are no names of instance types.
 * @see https://www.alibabacloud.com/help/en/api-gateway/traditional-api-gateway/product-overview/dedicated-instances
 */
export function specStanding(name: string): 'listed' | 'unlisted' | 'none' {
  if (instanceSpec(name) !== undefined) return 'listed';

  return /^api\.[a-z0-9]+(?:[.-][a-z0-9]+)+$/.test(name) ? 'unlisted' : 'none';
}

/** What a spec carries; undefined for one that is not known. Some pages shorten names: `api.s2.x2`, `api.s2.x2large` and `api.s2.2xlarge` are one. */
export function instanceSpec(name: string | undefined): InstanceSpec | undefined {
  if (name === undefined) return undefined;

  const [, before, behind] = /\.(?:x([2-6])(?:large)?|([2-6])x(?:large)?)$/.exec(name) ?? [];
  const times = before ?? behind;
  const key = times === undefined ? name : `api.s2.large.x${times}`;
  return Object.hasOwn(SPECS, key) ? SPECS[key] : undefined;
}

/** A capacity in words. */
export function instanceSpecText({ connections, newConnections, outbound }: InstanceSpec): string {
  return `${connections} connections, ${newConnections} new connections per second, ${outbound} connections to backends`;
}

/** The specs with their names, smallest first. */
export const INSTANCE_TYPES: readonly { readonly name: string; readonly spec: InstanceSpec }[] = Object.entries(
  SPECS,
).map(([name, spec]) => ({ name, spec }));

/** The smallest instance type. */
export const DEFAULT_INSTANCE_SPEC = 'api.s1.small';

/** A list price in US dollars. */
interface InstancePrice {
  /** Pay-as-you-go. */
  readonly hour: number;
  /** Outside the mainland of China, where it was read. */
  readonly hourOutside?: number | undefined;
  /** Subscription. */
  readonly month?: number | undefined;
}

/** The day of the page with the prices. */
export const INSTANCE_PRICES_OF = '2025-02';

/** The page with the prices. */
export const INSTANCE_PRICES_FROM =
  'https://www.alibabacloud.com/help/en/api-gateway/traditional-api-gateway/product-overview/dedicated-instance';

/** List prices within the mainland of China. @see INSTANCE_PRICES_FROM */
const PRICES: Readonly<Record<string, InstancePrice>> = {
  'api.s1.small': { hour: 0.87, hourOutside: 0.93, month: 541 },
  'api.s1.medium': { hour: 2.37, month: 1_468 },
  'api.s2.large': { hour: 6.78, month: 4_206 },
  'api.s2.large.x2': { hour: 13.56 },
  'api.s2.large.x3': { hour: 20.34 },
  'api.s2.large.x4': { hour: 27.12 },
  'api.s2.large.x5': { hour: 33.9 },
  'api.s2.large.x6': { hour: 40.68 },
};

/** The list price of an instance type; undefined for one that is not known. */
export function instancePrice(spec: string): InstancePrice | undefined {
  return Object.hasOwn(PRICES, spec) ? PRICES[spec] : undefined;
}

function priceText({ hour, hourOutside, month }: InstancePrice): string {
  const outside = hourOutside === undefined ? '' : ` (${hourOutside} outside the mainland)`;
  const flat = month === undefined ? '' : `, by the month USD ${month.toLocaleString('en-US')}`;
  return `about USD ${hour}${outside} an hour at list price${flat}`;
}

/** What an instance costs, and on which terms. */
export function priceOf({ native }: Pick<LinkRequest, 'native'>): LinkPrice {
  const asked = native?.['spec'];
  const spec = typeof asked === 'string' ? asked : DEFAULT_INSTANCE_SPEC;
  const price = instancePrice(spec);
  return {
    summary:
      price === undefined
        ? `${spec}, pay-as-you-go: see the price list, none is known here`
        : `${spec}, pay-as-you-go: ${priceText(price)}`,
    terms: [
      'It is billed from its creation until it is released, whether it is used or not.',
      'Its VPC, vSwitches, security groups and own block can never be changed.',
      'API Gateway (Traditional) was sold until 2026-08-23, is renewed until 2027-03-21, and ends on 2027-09-21.',
    ],
  };
}
