import type { CheckWords } from '../../findings/statement.js';

/** The texts of `egress/wider`. */
export const egressWiderWords = {
  title: "The backend's own allowlist lets in no more than the link needs",
  about:
    'An entry that lets the link in and more beside it: a block that is wider than those that the link calls from, or more ports than ' +
    "the target's. Looked at are the rules of the backend's security groups, the access control list of a CLB instance, and what the " +
    'spec gives as `admits`. Where others need the entry as well, say so with `ignore`.',
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
      message: `${group} lets in more than link ${link} needs: ${wide.join('; ')}`,
      remedy: `Narrow it in ${group} to ${callers}.`,
    }),
    RULES_NOT_READ: ({ link }: { readonly link: string }) => `the backend lets in more than link ${link} needs`,
    RULES_NARROW: ({ link }: { readonly link: string }) => `no rule that lets link ${link} in is wider than it needs`,
    LIST_NOT_READ: ({ name }: { readonly name: string }) => `${name} lets in more than the link needs`,
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
      message: `${name} lets in ${more.join(', ')}, more than the ${blocks.join(' and ')} that the link calls from, such as ${beside.join(', ')}`,
      remedy: remedy,
    }),
    LIST_NARROW: ({ name }: { readonly name: string }) => `${name} lets in no more than the link needs`,
  },
} satisfies CheckWords;
