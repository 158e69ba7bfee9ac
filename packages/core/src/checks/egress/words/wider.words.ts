import type { CheckWords } from '../../../findings/statement.js';

/** The texts of `egress/wider`. */
export const egressWiderWords = {
  title: "The backend's own allowlist allows no more than the link needs",
  about:
    'The check fails for an entry that allows the link and more: a block wider than those that the link calls from, or more ports ' +
    "than the target's. It reads the rules of the backend's security groups, the access control list of a CLB instance, and `admits` " +
    'of the spec. If other callers need the entry as well, add it to `ignore`.',
  sources: [
    'https://docs.aws.amazon.com/vpc/latest/userguide/vpc-security-groups.html',
    'https://www.alibabacloud.com/help/en/slb/classic-load-balancer/user-guide/overview-of-access-control',
  ],
  says: {
    RULES_WIDER: ({
      group,
      link,
      wide,
      callers,
    }: {
      readonly group: string;
      readonly link: string;
      readonly wide: readonly string[];
      readonly callers: string;
    }) => ({
      message: `${group} allows more than link ${link} needs: ${wide.join('; ')}`,
      remedy: `Narrow ${wide.length === 1 ? 'this rule' : 'these rules'} of ${group} to ${callers}.`,
    }),
    RULES_NOT_READ: ({ link }: { readonly link: string }) => `the backend allows more than link ${link} needs`,
    RULES_NARROW: ({ link }: { readonly link: string }) => `no rule that allows link ${link} is wider than needed`,
    LIST_NOT_READ: ({ name }: { readonly name: string }) => `${name} allows more than the link needs`,
    LIST_WIDER: ({
      name,
      more,
      blocks,
      beside,
      remedy,
    }: {
      readonly name: string;
      readonly more: readonly string[];
      readonly blocks: readonly string[];
      readonly beside: readonly string[];
      readonly remedy: string;
    }) => ({
      message: `${name} allows ${more.join(', ')}, but the link calls only from ${blocks.join(' and ')}; not needed are, for example, ${beside.join(', ')}`,
      remedy: remedy,
    }),
    LIST_NARROW: ({ name }: { readonly name: string }) => `${name} allows no more than the link needs`,
  },
} satisfies CheckWords;
