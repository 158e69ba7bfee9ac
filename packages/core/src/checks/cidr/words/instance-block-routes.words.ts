import type { CheckWords } from '../../../findings/statement.js';
import { otherBlockText, type OtherBlock } from './own-block.words.js';

/** The texts of `cidr/instance-block-routes`. */
export const instanceBlockRoutesWords = {
  title: 'Peer networks and on-premises networks do not overlap the instance CIDR block',
  about:
    'An integration instance never reaches addresses inside its instance CIDR block. This also holds for addresses that the VPC ' +
    'reaches through a peering, a transit router, a VPN or a leased line. The check reads the routes of the vSwitches (except default ' +
    'routes) and the CIDR blocks of peers. 172.16.0.0/12 and 192.168.0.0/16 are common in offices and data centers.',
  sources: [
    'https://www.alibabacloud.com/help/en/api-gateway/traditional-api-gateway/user-guide/vpc-integration-instances',
  ],
  says: {
    ROUTES_NOT_READ: ({ link }: { readonly link: string }) =>
      `routes or peers overlap the instance CIDR block of link ${link}`,
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
      message: `routes or peers overlap ${ownBlock}, the instance CIDR block of link ${link}, and are not reached there: ${routes.join('; ')}`,
      remedy: `Give the backends there addresses outside of ${ownBlock}${free === undefined ? '' : `, such as in ${free}`}, or ${otherBlockText(instead)}.`,
    }),
    ROUTES_APART: ({ ownBlock }: { readonly ownBlock: string }) => `routes and peers do not overlap ${ownBlock}`,
  },
} satisfies CheckWords;
