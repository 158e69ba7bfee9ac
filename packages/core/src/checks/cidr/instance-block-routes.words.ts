import type { CheckWords } from '../../findings/statement.js';
import { otherBlockText, type OtherBlock } from './own-block.words.js';

/** The texts of `cidr/instance-block-routes`. */
export const instanceBlockRoutesWords = {
  title: "Peers and places on the premises lie apart from the instance's own block",
  about:
    'What the VPC reaches through a peering, a transit router, a VPN or a line is never reached from an integration instance where it has ' +
    "addresses of the instance's own block. Looked at are the routes of the vSwitches (default routes aside) and the blocks of peers. 172.16.0.0/12 " +
    'and 192.168.0.0/16 are common in offices and data centres.',
  sources: [
    'https://www.alibabacloud.com/help/en/api-gateway/traditional-api-gateway/user-guide/vpc-integration-instances',
  ],
  says: {
    ROUTES_NOT_READ: ({ link }: { readonly link: string }) =>
      `routes and peers lie apart from the own block of link ${link}`,
    ROUTES_OVERLAP: ({
      routes,
      ownBlock,
      link,
      free,
      instead,
    }: {
      readonly routes: readonly string[];
      readonly ownBlock: string;
      readonly link: string;
      readonly free?: string | undefined;
      readonly instead: OtherBlock;
    }) => ({
      message: `${routes.join('; ')}: inside ${ownBlock}, the own block of link ${link}, nothing of it is reached`,
      remedy: `Give what is to be called there addresses outside of ${ownBlock}${free === undefined ? '' : `, such as of ${free}`}, or ${otherBlockText(instead)}.`,
    }),
    ROUTES_APART: ({ ownBlock }: { readonly ownBlock: string }) => `routes and peers lie apart from ${ownBlock}`,
  },
} satisfies CheckWords;
