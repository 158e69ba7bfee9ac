import type { CheckWords } from '../../findings/statement.js';

/** The texts of `target/network`. */
export const targetNetworkWords = {
  title: "The target is in the link's own network",
  about:
    'A link leads into one network. On AWS the load balancer of a target has to be in that VPC; what stands in another one is reached ' +
    'through a load balancer with IP targets. On Alibaba Cloud the service compares the VPC of each authorisation with the ' +
    "instance's when an API is published or moved, and refuses others. A plain address is no matter of this check, but of the walk (`path/*`).",
  sources: [
    'https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-vpc-links.html',
    'https://www.alibabacloud.com/help/en/api-gateway/traditional-api-gateway/user-guide/vpc-integration-instances',
  ],
  says: {
    NETWORK_NOT_READ: ({ link }: { readonly link: string }) => `the target is in the network of link ${link}`,
    SAME_NETWORK: ({ networkId, linkText }: { readonly networkId: string; readonly linkText: string }) =>
      `it is in ${networkId}, as ${linkText} is`,
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
      message: `${backend} is in ${network}, ${linkText} leads into ${linkNetwork}`,
      remedy: `Use a link into ${network}, or a backend in ${linkNetwork}.`,
    }),
  },
} satisfies CheckWords;
