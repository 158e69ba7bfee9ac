import type { CheckWords } from '../../../findings/statement.js';

/** The texts of `link/inactive`. */
export const linkInactiveWords = {
  title: 'The link is not INACTIVE',
  about:
    'A VPC link V2 that carries no call for sixty days becomes INACTIVE: API Gateway deletes its network interfaces, and calls fail. ' +
    'The next calls make API Gateway create the interfaces again, which takes minutes and needs free addresses. Afterwards the link ' +
    'calls from other addresses. One call a day prevents this. Backends should allow the subnets or the security group of the link, ' +
    'never single addresses.',
  sources: ['https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-vpc-links.html'],
  says: {
    LINK_NOT_READ: ({ link }: { readonly link: string }) => `link ${link} is INACTIVE`,
    ACTIVE: ({ link, linkId }: { readonly link: string; readonly linkId: string }) =>
      `link ${link} (${linkId}) is not INACTIVE`,
    INACTIVE: ({ link, linkId }: { readonly link: string; readonly linkId: string }) => ({
      message: `link ${link} (${linkId}) is INACTIVE: it carried no call for sixty days, its network interfaces are deleted, and calls fail`,
      remedy:
        'Call one of its routes until the link is AVAILABLE, which takes minutes. Call it every day from then on. Its addresses will change.',
    }),
  },
} satisfies CheckWords;
