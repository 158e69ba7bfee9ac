import type { CheckWords } from '../../../findings/statement.js';
import { otherBlockText, type OtherBlock } from './own-block.words.js';

/** The texts of `cidr/instance-block-accessible`. */
export const instanceBlockAccessibleWords = {
  title: 'The accessible blocks do not overlap the instance CIDR block',
  about:
    "Addresses of the instance CIDR block are on the gateway's side of an integration instance. A resource of the network with such " +
    'an address is never reached, whatever the accessible blocks are. The service accepts such blocks without a warning.',
  sources: [
    'https://www.alibabacloud.com/help/en/api-gateway/traditional-api-gateway/user-guide/vpc-integration-instances',
  ],
  says: {
    BLOCKS_NOT_READ: ({ link }: { readonly link: string }) =>
      `the accessible blocks of link ${link} overlap its instance CIDR block`,
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
      message: `${inside.join(', ')} overlaps ${ownBlock}, the instance CIDR block of link ${link}: backends with such addresses are never reached`,
      remedy: `Give these backends addresses outside of ${ownBlock}${free === undefined ? '' : ` (${free} is free in ${network})`}, or ${otherBlockText(instead)}.`,
    }),
    BLOCKS_APART: ({ link, ownBlock }: { readonly link: string; readonly ownBlock: string }) =>
      `the accessible blocks of link ${link} do not overlap ${ownBlock}`,
  },
} satisfies CheckWords;
