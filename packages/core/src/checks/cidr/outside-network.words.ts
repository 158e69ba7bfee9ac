import type { CheckWords } from '../../findings/statement.js';
import { removeText, type BlockOwner } from './accessible.words.js';

/** The texts of `cidr/outside-network`. */
export const outsideNetworkWords = {
  title: 'Each accessible block lies in the network, or routes lead to it',
  about:
    'A block outside of the network is reached only where the routes of all subnets of the link lead to it: by a peering, a transit ' +
    'gateway, a VPN or a line. Neither cloud checks that when the block is allowed, and every call to it fails. Default routes to the ' +
    'internet and black holes lead nowhere private. On AWS an allowlist is outgoing rules of a security group, which may be for more than ' +
    'there is: a block of which the network or a route holds some part works there, and is only wider than needed, which is a warning.',
  sources: [
    'https://www.alibabacloud.com/help/en/api-gateway/traditional-api-gateway/user-guide/vpc-integration-instances',
    'https://docs.aws.amazon.com/vpc/latest/userguide/VPC_Route_Tables.html',
  ],
  says: {
    ROUTES_NOT_READ: ({ link }: { readonly link: string }) => `each accessible block of link ${link} is reached`,
    NETWORK_NOT_READ: ({ link }: { readonly link: string }) =>
      `the accessible blocks of link ${link} lie in its network`,
    INSIDE_NETWORK: ({ block, id }: { readonly block: string; readonly id: string }) => `${block} lies in ${id}`,
    BLOCK_TOO_WIDE: ({
      block,
      link,
      network,
      networkBlocks,
      without,
      owner,
      from,
    }: {
      readonly block: string;
      readonly link: string;
      readonly network: string;
      readonly networkBlocks: string;
      readonly without: readonly string[];
      readonly owner: BlockOwner;
      readonly from: string;
    }) => ({
      message: `${block} is wider than what link ${link} can reach: ${network} (${networkBlocks}) and the routes of ${without.join(' and ')} hold only a part of it`,
      remedy: `Write the blocks that the backends are in instead, and ${removeText(owner, block, from)}.`,
    }),
    BLOCK_NOT_ROUTED: ({
      block,
      network,
      networkBlocks,
      without,
      owner,
      from,
      needing,
    }: {
      readonly block: string;
      readonly network: string;
      readonly networkBlocks: string;
      readonly without: readonly string[];
      readonly owner: BlockOwner;
      readonly from: string;
      /** A target whose address is in the block. */
      readonly needing?: string | undefined;
    }) => ({
      message: `${block} lies outside of ${network} (${networkBlocks}), and ${without.join(' and ')} leads not to all of it: calls there fail`,
      remedy: `Connect ${network} to that network and add a route for ${block} to ${without.join(' and ')}${needing === undefined ? `, or ${removeText(owner, block, from)}` : `: target ${needing} stands in it`}.`,
    }),
    BLOCK_ROUTES_NOT_READ: ({ block }: { readonly block: string }) => `routes lead to ${block}`,
    BLOCK_ROUTED: ({ block, network }: { readonly block: string; readonly network: string }) =>
      `${block} lies outside of ${network}, and routes lead there`,
  },
} satisfies CheckWords;
