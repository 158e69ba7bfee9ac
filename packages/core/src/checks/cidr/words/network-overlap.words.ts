import type { CheckWords } from '../../../findings/statement.js';

/** The texts of `cidr/network-overlap`. */
export const networkOverlapWords = {
  title: 'The network of the link does not overlap networks that it is connected to',
  about:
    'Two networks that are connected by a peering or a transit gateway cannot reach each other at addresses that both have. The local ' +
    'route wins, so each network delivers such packets locally. A call to a target in the common range reaches a resource of the ' +
    'wrong network, or none. AWS refuses peerings of overlapping networks. It accepts them at one transit gateway, where the routes ' +
    'of the second attachment are not propagated.',
  sources: [
    'https://docs.aws.amazon.com/vpc/latest/peering/vpc-peering-basics.html',
    'https://docs.aws.amazon.com/vpc/latest/tgw/how-transit-gateways-work.html',
  ],
  says: {
    NETWORK_NOT_KNOWN: ({ link }: { readonly link: string }) =>
      `the network of link ${link} overlaps networks that it is connected to`,
    CONNECTIONS_NOT_READ: ({ network }: { readonly network: string }) =>
      `${network} overlaps networks that it is connected to`,
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
      remedy: `Move the targets to a CIDR block that no connected network has${free === undefined ? '' : `, such as ${free}`}, or call them through a load balancer or endpoint in ${network}.`,
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
        : `${network} does not overlap ${networks.join(', ')}`,
  },
} satisfies CheckWords;
