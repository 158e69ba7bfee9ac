import type { CheckWords } from '../../../findings/statement.js';

/** `are 3 VPC links V2`. */
function isText(count: number, what: string): string {
  return count === 1 ? `is 1 ${what.replace('links', 'link')}` : `are ${count} ${what}`;
}

/** The texts of `link/quota`. */
export const linkQuotaWords = {
  title: 'The quota of links allows one more link',
  about:
    'Links are counted for each account and region, by kind (10 VPC links V2 for HTTP and REST APIs together, 20 VPC links V1, unless ' +
    'raised). AWS refuses a link beyond the ' +
    'quota: "There are too many Vpc Links defined for this account". If the spec declares a link that does not exist, a used-up quota ' +
    'is an error. If all links exist, it is a warning: settings that never change are changed by creating a second link first, and ' +
    'the quota has to allow that link. Alibaba Cloud does not publish its quota, so it is not checked.',
  sources: [
    'https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html',
    'https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html',
    'https://github.com/hashicorp/terraform-provider-aws/issues/40500',
  ],
  says: {
    QUOTA_NOT_READ: ({ what, mayBeNew }: { readonly what: string; readonly mayBeNew: boolean }) =>
      `the quota of ${what} allows ${mayBeNew ? 'this link' : 'a second link that replaces this one'}`,
    WITHIN_QUOTA: ({
      left,
      what,
      region,
      account,
    }: {
      readonly left: number;
      readonly what: string;
      readonly region: string;
      readonly account: string;
    }) => `${left} more ${what} can be created in ${region} of account ${account}`,
    QUOTA_EXCEEDED: ({
      isNew,
      there,
      what,
      region,
      account,
      limit,
      more,
      link,
      code,
    }: {
      readonly isNew: boolean;
      readonly there: number;
      readonly what: string;
      readonly region: string;
      readonly account: string;
      readonly limit: number;
      readonly more: number;
      readonly link: string;
      readonly code: string;
    }) => ({
      message: isNew
        ? `there ${isText(there, what)} in ${region} of account ${account}, the quota is ${limit}, and the spec needs ${more} more`
        : `there ${isText(there, what)} in ${region} of account ${account} and the quota is ${limit}: a second link to replace ${link} cannot be created`,
      remedy: `Share a link between integrations, delete an unused one, or request a higher quota (${code}).`,
    }),
  },
} satisfies CheckWords;
