import type { CheckWords } from '../../findings/statement.js';
import { otherBlockText, type OtherBlock } from './own-block.words.js';

/** The texts of `cidr/instance-block-network`. */
export const instanceBlockNetworkWords = {
  title: "The blocks of the VPC, secondary ones included, lie apart from the instance's own block",
  about:
    "The service compares an integration instance's own block with its vSwitches only. Where it overlaps another part of the VPC, a " +
    'secondary block for instance, everything works until a backend is put there: it is never reached.',
  sources: [
    'https://www.alibabacloud.com/help/en/api-gateway/traditional-api-gateway/user-guide/vpc-integration-instances',
  ],
  says: {
    NETWORK_NOT_READ: ({ network, link }: { readonly network?: string | undefined; readonly link: string }) =>
      `the blocks of ${network ?? 'its VPC'} lie apart from the own block of link ${link}`,
    NETWORK_APART: ({ network, ownBlock }: { readonly network: string; readonly ownBlock: string }) =>
      `${network} lies apart from ${ownBlock}`,
    NETWORK_OVERLAPS: ({
      inside,
      network,
      ownBlock,
      link,
      free,
      instead,
    }: {
      readonly inside: readonly string[];
      readonly network: string;
      readonly ownBlock: string;
      readonly link: string;
      readonly free?: string | undefined;
      readonly instead: OtherBlock;
    }) => ({
      message: `${inside.join(', ')} of ${network} overlaps ${ownBlock}, the own block of link ${link}: a backend in both is never reached`,
      remedy: `Put backends outside of ${ownBlock}${free === undefined ? '' : ` (${free} is free in ${network})`}, or ${otherBlockText(instead)}.`,
    }),
  },
} satisfies CheckWords;
