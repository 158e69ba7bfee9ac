import type { CheckWords } from '../../findings/statement.js';

/** The texts of `link/inactive`. */
export const linkInactiveWords = {
  title: 'The link has not fallen asleep',
  about:
    'A VPC link V2 that carries no call for sixty days becomes INACTIVE: API Gateway deletes its network interfaces, and calls fail. ' +
    'The next calls start to make it anew, which takes minutes and needs free addresses; afterwards the link calls from other ' +
    'addresses. A call a day keeps it awake, and backends should let in its subnets or its security group, never single addresses.',
  sources: ['https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-vpc-links.html'],
  says: {
    LINK_NOT_READ: ({ link }: { readonly link: string }) => `link ${link} is awake`,
    ACTIVE: ({ link, linkId }: { readonly link: string; readonly linkId: string }) =>
      `link ${link} (${linkId}) is awake`,
    INACTIVE: ({ link, linkId }: { readonly link: string; readonly linkId: string }) => ({
      message: `link ${link} (${linkId}) carried no call for sixty days and is inactive: calls fail, its interfaces are gone`,
      remedy:
        'Call one of its routes until it is ready again, which takes minutes, and call it every day from then on; its addresses will be others.',
    }),
  },
} satisfies CheckWords;
