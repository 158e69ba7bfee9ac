import type { CheckWords } from '../../../findings/statement.js';
import { blockMending, removeText, type BlockOwner } from './accessible.words.js';

/** The texts of `cidr/outside-network`. */
export const outsideNetworkWords = {
  title: 'Each accessible block is inside the network, or routes lead to it',
  about:
    'A block outside of the network is reached only if the routes of all subnets of the link lead to it: through a peering, a transit ' +
    'gateway, a VPN or a leased line. Neither cloud checks this when the block is allowed, and every call to the block fails. Default ' +
    'routes to the internet and blackhole routes lead to no private network. On AWS an allowlist consists of outbound rules of a ' +
    'security group, which may be wider than the network. If the network or a route covers a part of a block, that part works. The ' +
    'block is then wider than needed, which is a warning.',
  sources: [
    'https://www.alibabacloud.com/help/en/api-gateway/traditional-api-gateway/user-guide/vpc-integration-instances',
    'https://docs.aws.amazon.com/vpc/latest/userguide/VPC_Route_Tables.html',
  ],
  says: {
    ROUTES_NOT_READ: ({ link }: { readonly link: string }) => `each accessible block of link ${link} can be reached`,
    NETWORK_NOT_READ: ({ link }: { readonly link: string }) =>
      `the accessible blocks of link ${link} are inside its network`,
    INSIDE_NETWORK: ({ block, id }: { readonly block: string; readonly id: string }) => `${block} is inside ${id}`,
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
      message: `${block} is wider than what link ${link} can reach: ${network} (${networkBlocks}) and the routes of ${without.join(' and ')} cover only a part of it`,
      remedy: `Write the blocks that the backends are in instead, and ${removeText(owner, block, from)}.`,
      mendedBy: blockMending(owner, from),
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
      message: `${block} is outside of ${network} (${networkBlocks}), and ${without.join(' and ')} ${without.length === 1 ? 'does' : 'do'} not route all of it: calls to it fail`,
      remedy: `Connect ${network} to that network and add a route for ${block} to ${without.join(' and ')}${needing === undefined ? `, or ${removeText(owner, block, from)}` : `: target ${needing} is in this block`}.`,
      mendedBy: needing === undefined ? blockMending(owner, from) : undefined,
    }),
    BLOCK_ROUTES_NOT_READ: ({ block }: { readonly block: string }) => `routes lead to ${block}`,
    BLOCK_ROUTED: ({ block, network }: { readonly block: string; readonly network: string }) =>
      `${block} is outside of ${network}, and routes lead to it`,
  },
} satisfies CheckWords;
