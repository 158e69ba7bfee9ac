import type { CheckWords } from '../../findings/statement.js';
import { counted } from '../../text/counted.js';

/** The texts of `link/subnet-quota`. */
export const subnetQuotaWords = {
  title: 'The link has no more subnets than it may have',
  about: 'A VPC link V2 takes ten subnets, unless the quota (L-668C9B28) was raised. One in each zone is enough.',
  sources: ['https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html'],
  says: {
    WITHIN_QUOTA: ({ linkText, count }: { readonly linkText: string; readonly count: number }) =>
      `${linkText} has ${counted(count, 'subnet')}`,
    LINK_NOT_READ: ({ link, count }: { readonly link: string; readonly count: number }) =>
      `link ${link}, which would have ${count} subnets, is there`,
    QUOTA_NOT_READ: ({ count }: { readonly count: number }) =>
      `a link may have ${count} subnets, ten unless the quota was raised`,
    QUOTA_EXCEEDED: ({
      link,
      count,
      raised,
    }: {
      readonly link: string;
      readonly count: number;
      readonly raised: number;
    }) => ({
      message: `link ${link} has ${counted(count, 'subnet')} and may have ${raised}`,
      remedy: `Name fewer under links.${link}.subnets, one in each zone is enough, or ask for a higher quota (L-668C9B28).`,
    }),
  },
} satisfies CheckWords;
