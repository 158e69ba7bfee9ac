import type { CheckWords } from '../../findings/statement.js';
import { counted } from '../../text/counted.js';

/** The texts of `link/group-quota`. */
export const groupQuotaWords = {
  title: 'The link has no more security groups than a network interface may have',
  about:
    'A network interface takes five security groups, unless the quota (L-2AFB9258) was raised, and a VPC link V2 gives all of its own ' +
    'to each of its interfaces. The group that Postern makes for an allowlist is one of them. CreateVpcLink refuses more.',
  sources: ['https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html#vpc-limits-security-groups'],
  says: {
    QUOTA_NOT_READ: ({ link }: { readonly link: string }) =>
      `link ${link} has no more security groups than it may have`,
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
      message: `${linkText} would have ${count} of ${limit} groups${isNew && own > 0 ? ', one of them for the allowlist' : ''}, and making it would be refused`,
      remedy:
        `Write fewer groups under links.${link}.securityGroups: rules of several can stand in one` +
        `${own > 0 ? '; the allowlist needs one of its own' : ''}. Or ask for a higher quota (${code}).`,
    }),
    WITHIN_QUOTA: ({ linkText, count }: { readonly linkText: string; readonly count: number }) =>
      `${linkText} has ${counted(count, 'security group')}`,
  },
} satisfies CheckWords;
