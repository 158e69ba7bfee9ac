import type { CheckWords } from '../../findings/statement.js';

/** The texts of `link/no-group`. */
export const noGroupWords = {
  title: 'The link has a security group',
  about:
    'A link without a security group of its own gets, as far as anybody has seen, the default group of its network, which others ' +
    'share and which AWS does not document. Backends then cannot let in the link alone, and a change of that group changes the ' +
    "link. An integration instance of Alibaba Cloud cannot be made without one. A link's groups never change, so it is replaced.",
  sources: [
    'https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-vpc-links.html',
    'https://docs.aws.amazon.com/vpc/latest/userguide/default-security-group.html',
  ],
  says: {
    GROUPS_NOT_READ: ({ link }: { readonly link: string }) => `link ${link} has a security group`,
    GROUP_NAMED: ({ linkText }: { readonly linkText: string }) => `${linkText} has a security group`,
    NO_GROUP: ({ linkText, link }: { readonly linkText: string; readonly link: string }) => ({
      message: `${linkText} has no security group of its own`,
      remedy: `Write a group that is only for it under links.${link}.securityGroups, then run \`postern apply\`.`,
    }),
  },
} satisfies CheckWords;
