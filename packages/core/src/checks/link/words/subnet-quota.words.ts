import type { CheckWords } from '../../../findings/statement.js';
import { counted } from '../../../text/counted.js';

/** The texts of `link/subnet-quota`. */
export const subnetQuotaWords = {
  title: 'The link has no more subnets than the quota allows',
  about:
    'A VPC link V2 accepts ten subnets, unless the quota (L-668C9B28) was raised. One subnet in each zone is enough.',
  sources: ['https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html'],
  says: {
    WITHIN_QUOTA: ({ linkText, count }: { readonly linkText: string; readonly count: number }) =>
      `${linkText} has ${counted(count, 'subnet')}`,
    LINK_NOT_READ: ({ link, count }: { readonly link: string; readonly count: number }) =>
      `link ${link}, which would have ${count} subnets, exists`,
    QUOTA_NOT_READ: ({ count }: { readonly count: number }) =>
      `the quota allows ${count} subnets of a link (it is ten unless raised)`,
    QUOTA_EXCEEDED: ({
      link,
      count,
      raised,
    }: {
      readonly link: string;
      readonly count: number;
      readonly raised: number;
    }) => ({
      message: `link ${link} has ${counted(count, 'subnet')}, and the quota is ${raised}`,
      remedy: `Write fewer under links.${link}.subnets (one in each zone is enough), or request a higher quota (L-668C9B28).`,
    }),
  },
} satisfies CheckWords;
