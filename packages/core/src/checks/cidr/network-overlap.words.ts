import type { CheckWords } from '../../findings/statement.js';

/** The texts of `cidr/network-overlap`. */
export const networkOverlapWords = {
  title: "The link's network overlaps no network that it is connected to",
  about:
    'Two networks that are joined by a peering or a transit gateway and have addresses in common never reach each other there: each ' +
    "keeps such packets to itself, since the local route wins. A target in the common part is another network's, or none at all. AWS " +
    'refuses peerings of overlapping networks, but takes them at one transit gateway, where the second attachment is not propagated.',
  sources: [
    'https://docs.aws.amazon.com/vpc/latest/peering/vpc-peering-basics.html',
    'https://docs.aws.amazon.com/vpc/latest/tgw/how-transit-gateways-work.html',
  ],
  says: {
    NETWORK_NOT_KNOWN: ({ link }: { readonly link: string }) =>
      `the network of link ${link} overlaps none that it is connected to`,
    CONNECTIONS_NOT_READ: ({ network }: { readonly network: string }) =>
      `${network} overlaps no network that it is connected to`,
    NETWORKS_OVERLAP: ({
      network,
      names,
      free,
    }: {
      readonly network: string;
      readonly names: readonly string[];
      readonly free?: string | undefined;
    }) => ({
      message: `${network} overlaps networks that it is connected to, and cannot reach the common addresses there: ${names.join('; ')}`,
      remedy: `Move what is to be called into a block that no connected network has${free === undefined ? '' : `, such as ${free}`}, or reach it through a load balancer or endpoint in ${network}.`,
    }),
    NETWORKS_APART: ({
      networksCount,
      network,
      networks,
    }: {
      readonly networksCount: number;
      readonly network: string;
      readonly networks: readonly string[];
    }) =>
      networksCount === 0
        ? `${network} is connected to no other network`
        : `${network} overlaps none of ${networks.join(', ')}`,
  },
} satisfies CheckWords;
