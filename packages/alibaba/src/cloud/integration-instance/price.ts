import type { LinkPrice, LinkRequest } from '@postern/core/adapter';

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
