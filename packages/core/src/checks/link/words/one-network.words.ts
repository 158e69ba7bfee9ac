import type { CheckWords } from '../../../findings/statement.js';

/** The texts of `link/one-network`. */
export const oneNetworkWords = {
  title: 'All subnets of the link belong to one network',
  about: 'A link is in one network (VPC). The cloud refuses to create a link with subnets of several networks.',
  sources: ['https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-vpc-links.html'],
  says: {
    SEVERAL_NETWORKS: ({
      link,
      networksCount,
      networks,
    }: {
      readonly link: string;
      readonly networksCount: number;
      readonly networks: readonly string[];
    }) => ({
      message: `the subnets of link ${link} belong to ${networksCount} networks: ${networks.join(', ')}`,
      remedy: `Keep under links.${link}.subnets only those of the network that the targets are in.`,
    }),
    NETWORK_NOT_LISTED: ({ link, network }: { readonly link: string; readonly network: string }) => ({
      message: `the subnets of link ${link} belong to ${network}, which the list of all networks does not contain`,
      remedy: 'Take the snapshot again: this one is inconsistent.',
    }),
    SUBNETS_NOT_READ: ({ link }: { readonly link: string }) => `all subnets of link ${link} belong to one network`,
    ONE_NETWORK: ({ linkText, network }: { readonly linkText: string; readonly network: string }) =>
      `all subnets of ${linkText} belong to ${network}`,
  },
} satisfies CheckWords;
