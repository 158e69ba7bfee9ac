import type { CheckWords } from '../../../findings/statement.js';

/** The texts of `link/no-group`. */
export const noGroupWords = {
  title: 'The link has a security group',
  about:
    'A link without a security group of its own gets the default group of its network, as far as has been observed. AWS does not ' +
    'document this, and other resources share that group. Backends then cannot allow the link alone, and a change of the default ' +
    'group changes the link. An integration instance of Alibaba Cloud cannot be created without a group. The groups of a link never ' +
    'change, so the link is replaced.',
  sources: [
    'https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-vpc-links.html',
    'https://docs.aws.amazon.com/vpc/latest/userguide/default-security-group.html',
  ],
  says: {
    GROUPS_NOT_READ: ({ link }: { readonly link: string }) => `link ${link} has a security group`,
    GROUP_NAMED: ({ linkText }: { readonly linkText: string }) => `${linkText} has a security group`,
    NO_GROUP: ({ linkText, link }: { readonly linkText: string; readonly link: string }) => ({
      message: `${linkText} has no security group of its own`,
      remedy: `Write a security group that only this link uses under links.${link}.securityGroups, then run \`postern apply\`.`,
    }),
  },
} satisfies CheckWords;
