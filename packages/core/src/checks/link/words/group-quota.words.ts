import type { CheckWords } from '../../../findings/statement.js';
import { counted } from '../../../text/counted.js';

/** The texts of `link/group-quota`. */
export const groupQuotaWords = {
  title: 'The link has no more security groups than the quota of a network interface allows',
  about:
    'A network interface accepts five security groups, unless the quota (L-2AFB9258) was raised. A VPC link V2 attaches all of its ' +
    'groups to each of its interfaces. The group that Postern creates for an allowlist counts as well. CreateVpcLink refuses more.',
  sources: ['https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html#vpc-limits-security-groups'],
  says: {
    QUOTA_NOT_READ: ({ link }: { readonly link: string }) =>
      `link ${link} has more security groups than the quota allows`,
    QUOTA_EXCEEDED: ({
      linkText,
      count,
      limit,
      isNew,
      own,
      link,
      code,
    }: {
      readonly linkText: string;
      readonly count: number;
      readonly limit: number;
      readonly isNew: boolean;
      readonly own: number;
      readonly link: string;
      readonly code: string;
    }) => ({
      message: `${linkText} would have ${count} security groups${isNew && own > 0 ? ', one of them for the allowlist' : ''}; the quota is ${limit}, and CreateVpcLink would refuse the request`,
      remedy:
        `Write fewer groups under links.${link}.securityGroups: one group can hold the rules of several` +
        `${own > 0 ? '; the allowlist needs a group of its own' : ''}. Or request a higher quota (${code}).`,
    }),
    WITHIN_QUOTA: ({ linkText, count }: { readonly linkText: string; readonly count: number }) =>
      `${linkText} has ${counted(count, 'security group')}`,
  },
} satisfies CheckWords;
