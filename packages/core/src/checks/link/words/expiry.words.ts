import type { CheckWords } from '../../../findings/statement.js';

/** The texts of `link/expiry`. */
export const linkExpiryWords = {
  title: 'The subscription of the instance does not end within thirty days',
  about:
    'A subscription instance of Alibaba Cloud, paid by the month or the year, ends on the date that DescribeInstances returns. An ' +
    'instance that is not renewed by then is stopped and released, and the calls of every group on it fail. A subscription that has ' +
    'ended is an error. One that ends within thirty days is a warning. After 2027-03-21 no instance can be renewed (see ' +
    '`link/retiring`).',
  sources: [
    'https://help.aliyun.com/en/api-gateway/traditional-api-gateway/product-overview/what-is-api-gateway',
    'https://www.alibabacloud.com/help/en/api-gateway/traditional-api-gateway/developer-reference/api-cloudapi-2016-07-14-describeinstances',
  ],
  says: {
    LINK_NOT_READ: ({ link }: { readonly link: string }) =>
      `the subscription of link ${link} lasts more than thirty days`,
    END_NOT_READ: ({ linkId }: { readonly linkId: string }) =>
      `the subscription of ${linkId} lasts more than thirty days`,
    PAID: ({ linkId, day }: { readonly linkId: string; readonly day: string }) => `${linkId} is paid for until ${day}`,
    ENDS: ({
      link,
      linkId,
      day,
      left,
      isOver,
      isRenewable,
    }: {
      readonly link: string;
      readonly linkId: string;
      readonly day: string;
      /** Whole days. */
      readonly left: number;
      readonly isOver: boolean;
      readonly isRenewable: boolean;
    }) => ({
      message: isOver
        ? `the subscription of ${linkId} ended on ${day}`
        : `the subscription of ${linkId} ends on ${day}, in ${left === 0 ? 'less than a day' : left === 1 ? '1 day' : `${left} days`}`,
      remedy: isRenewable
        ? `Renew ${linkId} in the console.`
        : `Move the API groups of ${linkId} to an instance that remains available, and write its ID as links.${link}.id: renewals are no longer offered.`,
    }),
  },
} satisfies CheckWords;
