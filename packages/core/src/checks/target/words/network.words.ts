import type { CheckWords } from '../../../findings/statement.js';

/** The texts of `target/network`. */
export const targetNetworkWords = {
  title: 'The target is in the network of the link',
  about:
    'A link connects to one network. On AWS the load balancer of a target must be in that VPC; a backend in another VPC is reached ' +
    'through a load balancer with IP targets. On Alibaba Cloud the service compares the VPC of each authorization with the VPC of the ' +
    'instance when an API is published or moved, and rejects others. This check does not evaluate plain addresses; `path/*` does.',
  sources: [
    'https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-vpc-links.html',
    'https://www.alibabacloud.com/help/en/api-gateway/traditional-api-gateway/user-guide/vpc-integration-instances',
  ],
  says: {
    NETWORK_NOT_READ: ({ link }: { readonly link: string }) => `the target is in the network of link ${link}`,
    SAME_NETWORK: ({ networkId, linkText }: { readonly networkId: string; readonly linkText: string }) =>
      `the target is in ${networkId}, as ${linkText} is`,
    OTHER_NETWORK: ({
      backend,
      network,
      linkText,
      linkNetwork,
    }: {
      readonly backend: string;
      readonly network: string;
      readonly linkText: string;
      readonly linkNetwork: string;
    }) => ({
      message: `${backend} is in ${network}, and ${linkText} connects to ${linkNetwork}`,
      remedy: `Use a link into ${network}, or a backend in ${linkNetwork}.`,
    }),
  },
} satisfies CheckWords;
