import type { CheckWords } from '../../findings/statement.js';
import { otherBlockText, type OtherBlock } from './own-block.words.js';

/** The texts of `cidr/instance-block-accessible`. */
export const instanceBlockAccessibleWords = {
  title: "The accessible blocks lie apart from the instance's own block",
  about:
    "Addresses of an integration instance's own block are on the gateway's own side, so nothing in the network that has such an address is " +
    'ever reached, whatever the accessible blocks say. The service takes such blocks without a word.',
  sources: [
    'https://www.alibabacloud.com/help/en/api-gateway/traditional-api-gateway/user-guide/vpc-integration-instances',
  ],
  says: {
    BLOCKS_NOT_READ: ({ link }: { readonly link: string }) =>
      `the accessible blocks of link ${link} lie apart from its own block`,
    BLOCKS_OVERLAP: ({
      inside,
      ownBlock,
      link,
      free,
      network,
      instead,
    }: {
      readonly inside: readonly string[];
      readonly ownBlock: string;
      readonly link: string;
      readonly free?: string | undefined;
      readonly network?: string | undefined;
      readonly instead: OtherBlock;
    }) => ({
      message: `${inside.join(', ')} overlaps ${ownBlock}, the own block of link ${link}: what has such addresses is never reached`,
      remedy: `Give these backends addresses outside of ${ownBlock}${free === undefined ? '' : ` (${free} is free in ${network})`}, or ${otherBlockText(instead)}.`,
    }),
    BLOCKS_APART: ({ link, ownBlock }: { readonly link: string; readonly ownBlock: string }) =>
      `the accessible blocks of link ${link} lie apart from ${ownBlock}`,
  },
} satisfies CheckWords;
