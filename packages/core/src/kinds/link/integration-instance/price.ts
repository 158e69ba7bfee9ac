import type { LinkPrice, LinkRequest } from '../../../model/link.js';

/** The smallest instance type. */
export const DEFAULT_INSTANCE_SPEC = 'api.s1.small';

/**
 * List prices an hour in US dollars, within the mainland and outside; a month's flat price within it.
 * @see https://www.alibabacloud.com/help/en/api-gateway/traditional-api-gateway/product-overview/dedicated-instance (February 2025)
 */
const PRICES: Readonly<Record<string, { readonly hour: string; readonly month: string }>> = {
  'api.s1.small': { hour: '0.87 (0.93 outside the mainland)', month: '541' },
  'api.s1.medium': { hour: '2.37', month: '1,468' },
  'api.s2.large': { hour: '6.78', month: '4,206' },
};

/** What an instance costs, and on which terms. */
export function priceOf({ native }: Pick<LinkRequest, 'native'>): LinkPrice {
  const asked = native?.['spec'];
  const spec = typeof asked === 'string' ? asked : DEFAULT_INSTANCE_SPEC;
  const price = PRICES[spec];
  return {
    summary:
      price === undefined
        ? `${spec}, pay-as-you-go: see the price list, none is known here`
        : `${spec}, pay-as-you-go: about USD ${price.hour} an hour at list price, by the month USD ${price.month}`,
    terms: [
      'It is billed from its creation until it is released, whether it is used or not.',
      'Its VPC, vSwitches, security groups and own block can never be changed.',
      'API Gateway (Traditional) is sold until 2026-08-23, renewed until 2027-03-21, and switched off on 2027-09-21.',
    ],
  };
}
