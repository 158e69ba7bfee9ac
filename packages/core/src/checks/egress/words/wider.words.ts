import { ruleFactsText, type RuleFacts } from '../../../findings/evidence.js';
import type { CheckWords } from '../../../findings/statement.js';
import { callersText, type Caller } from './clauses.js';

/** A list of blocks: the one that a spec gives at a place, or the access control lists of a load balancer. */
export type BlockList = { readonly admits: string } | { readonly ids: readonly string[]; readonly balancer: string };

function listText(list: BlockList): string {
  return 'admits' in list
    ? "the backend's own allowlist"
    : `the access control list ${list.ids.join(', ')} of ${list.balancer}`;
}

function narrowText(list: BlockList, blocks: string): string {
  return 'admits' in list
    ? `Allow only ${blocks} at the backend, then write the same under ${list.admits}.`
    : `Keep only ${blocks} in ${list.ids.join(', ')}.`;
}

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
      caller,
      callers,
    }: {
      readonly group: string;
      readonly link: string;
      readonly wide: readonly RuleFacts[];
      /** The caller that the finding is about: one of the callers. */
      readonly caller: Caller;
      readonly callers: readonly Caller[];
    }) => ({
      message: `${group} allows more than link ${link} needs: ${wide.map(ruleFactsText).join('; ')}`,
      remedy: `Narrow ${wide.length === 1 ? 'this rule' : 'these rules'} of ${group} to ${callersText(caller, callers)}.`,
    }),
    RULES_NOT_READ: ({ link }: { readonly link: string }) => `the backend allows more than link ${link} needs`,
    RULES_NARROW: ({ link }: { readonly link: string }) => `no rule that allows link ${link} is wider than needed`,
    LIST_NOT_READ: ({ list }: { readonly list: BlockList }) => `${listText(list)} allows more than the link needs`,
    LIST_WIDER: ({
      list,
      more,
      blocks,
      beside,
    }: {
      readonly list: BlockList;
      readonly more: readonly string[];
      readonly blocks: readonly string[];
      readonly beside: readonly string[];
    }) => ({
      message: `${listText(list)} allows ${more.join(', ')}, but the link calls only from ${blocks.join(' and ')}; not needed are, for example, ${beside.join(', ')}`,
      remedy: narrowText(list, blocks.join(' and ')),
    }),
    LIST_NARROW: ({ list }: { readonly list: BlockList }) => `${listText(list)} allows no more than the link needs`,
  },
} satisfies CheckWords;
