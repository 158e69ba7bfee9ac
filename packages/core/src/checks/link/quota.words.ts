import type { CheckWords } from '../../findings/statement.js';

/** `are 3 VPC links V2`. */
function isText(count: number, what: string): string {
  return count === 1 ? `is 1 ${what.replace('links', 'link')}` : `are ${count} ${what}`;
}

/** The texts of `link/quota`. */
export const linkQuotaWords = {
  title: 'The quota of links leaves room for one more',
  about:
    'Links are counted for each account and region (10 VPC links V2, 20 VPC links V1 unless raised), and one too many is refused: "There ' +
    'are too many Vpc Links defined for this account". Where the spec wants a link that is not there, a used-up quota is an error. ' +
    'Where all links are there, it is a warning: what can never be changed about a link is changed by making a second one first, and ' +
    'for that one link has to be spare. The quota of Alibaba Cloud is not published, and not checked.',
  sources: [
    'https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html',
    'https://github.com/hashicorp/terraform-provider-aws/issues/40500',
  ],
  says: {
    QUOTA_NOT_READ: ({ what, mayBeNew }: { readonly what: string; readonly mayBeNew: boolean }) =>
      `the quota of ${what} leaves room ${mayBeNew ? 'for this link' : 'for a second link that replaces this one'}`,
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
    }) => `${left} ${what} can still be made in ${region} of account ${account}`,
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
        ? `there ${isText(there, what)} in ${region} of account ${account}, the quota is ${limit}, and the spec wants ${more} more`
        : `there ${isText(there, what)} in ${region} of account ${account} and the quota is ${limit}: no second link could replace ${link}`,
      remedy: `Share a link between integrations, delete one that nobody uses, or ask for a higher quota (${code}).`,
    }),
  },
} satisfies CheckWords;
