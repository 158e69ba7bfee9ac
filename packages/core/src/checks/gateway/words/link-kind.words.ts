import type { CheckWords } from '../../../findings/statement.js';

/** The texts of `gateway/link-kind`. */
export const gatewayLinkKindWords = {
  title: 'The gateway supports the kind of the link',
  about:
    'HTTP APIs support VPC links V2 only. WebSocket APIs support V1 only. REST APIs support V1 and, since November 2025, V2. An API ' +
    'group uses an instance of Alibaba Cloud.',
  sources: [
    'https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-vpc-links-v2.html',
    'https://aws.amazon.com/about-aws/whats-new/2025/11/api-gateway-rest-apis-integration-load-balancer',
  ],
  says: {
    LINK_NOT_READ: ({ gateway, link }: { readonly gateway: string; readonly link: string }) =>
      `${gateway} supports link ${link}`,
    KIND_FITS: ({
      kind,
      gateway,
      linkText,
    }: {
      readonly kind: string;
      readonly gateway: string;
      readonly linkText: string;
    }) => `${kind} ${gateway} supports ${linkText}`,
    KIND_UNFIT: ({
      gateway,
      kind,
      linkKind,
      link,
      possible,
    }: {
      readonly gateway: string;
      readonly kind: string;
      readonly linkKind: string;
      readonly link: string;
      readonly possible: readonly string[];
    }) => ({
      message: `${gateway} is of kind ${kind} and does not support link ${link}, which is of kind ${linkKind}`,
      remedy: `Use a link of kind ${possible.join(' or ')}, or another kind of API.`,
    }),
  },
} satisfies CheckWords;
