import type { CheckWords } from '../../../findings/statement.js';
import { otherBlockText, type OtherBlock } from './own-block.words.js';

/** The texts of `cidr/instance-block-network`. */
export const instanceBlockNetworkWords = {
  title: 'The CIDR blocks of the VPC, secondary ones included, do not overlap the instance CIDR block',
  about:
    'The service compares the CIDR block of an integration instance with its vSwitches only. If it overlaps another part of the VPC, ' +
    'such as a secondary CIDR block, calls work until a backend is placed there. That backend is never reached.',
  sources: [
    'https://www.alibabacloud.com/help/en/api-gateway/traditional-api-gateway/user-guide/vpc-integration-instances',
  ],
  says: {
    NETWORK_NOT_READ: ({ network, link }: { readonly network?: string | undefined; readonly link: string }) =>
      `the CIDR blocks of ${network ?? 'its VPC'} overlap the instance CIDR block of link ${link}`,
    NETWORK_APART: ({ network, ownBlock }: { readonly network: string; readonly ownBlock: string }) =>
      `${network} does not overlap ${ownBlock}`,
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
      message: `${inside.join(', ')} of ${network} overlaps ${ownBlock}, the instance CIDR block of link ${link}: a backend in both is never reached`,
      remedy: `Place backends outside of ${ownBlock}${free === undefined ? '' : ` (${free} is free in ${network})`}, or ${otherBlockText(instead)}.`,
    }),
  },
} satisfies CheckWords;
