import type { CheckWords } from '../../findings/statement.js';

/** The texts of `link/expiry`. */
export const linkExpiryWords = {
  title: 'The subscription of the instance goes on',
  about:
    'An instance of Alibaba Cloud that was bought by the month or the year ends on a day that DescribeInstances tells; what is not renewed by then is ' +
    'stopped and released, with the calls of every group on it. That it has ended is an error; that it ends within thirty days is a warning. After ' +
    '2027-03-21 nothing is renewed any more (see `link/retiring`).',
  sources: [
    'https://help.aliyun.com/en/api-gateway/traditional-api-gateway/product-overview/what-is-api-gateway',
    'https://www.alibabacloud.com/help/en/api-gateway/traditional-api-gateway/developer-reference/api-cloudapi-2016-07-14-describeinstances',
  ],
  says: {
    LINK_NOT_READ: ({ link }: { readonly link: string }) => `the subscription of link ${link} goes on`,
    END_NOT_READ: ({ linkId }: { readonly linkId: string }) => `the subscription of ${linkId} goes on`,
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
        : `Move the groups of ${linkId} to an instance that goes on, and name it as links.${link}.id: nothing is renewed any more.`,
    }),
  },
} satisfies CheckWords;
