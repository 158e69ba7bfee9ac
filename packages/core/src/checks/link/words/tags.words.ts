import type { CheckWords } from '../../../findings/statement.js';
import { counted } from '../../../text/counted.js';

/** The texts of `link/tags`. */
export const linkTagsWords = {
  title: 'The link has no more tags than AWS allows',
  about:
    'An AWS resource has at most 50 tags. The tags of a link are those that the spec declares and three tags that mark its owner. An ' +
    'identity in the spec adds a fourth, and protection adds one more. Tags that others added to an existing link count as well; tags ' +
    'of AWS itself (`aws:`) do not. CreateVpcLink and TagResource refuse more.',
  sources: ['https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-tagging-supported-resources.html'],
  says: {
    TOO_MANY_TAGS: ({
      link,
      fewest,
      limit,
      excess,
    }: {
      readonly link: string;
      readonly fewest: number;
      readonly limit: number;
      readonly excess: number;
    }) => ({
      message: `link ${link} would have ${counted(fewest, 'tag')}, and a resource has at most ${limit}: AWS would refuse to write them`,
      remedy: `Declare ${excess} fewer under links.${link}.tags (tags under defaults.tags count as well).`,
    }),
    LINK_NOT_READ: ({ link }: { readonly link: string }) => `link ${link} has more tags than AWS allows`,
    WITHIN_LIMIT: ({ link, count }: { readonly link: string; readonly count: number }) =>
      `link ${link} has ${counted(count, 'tag')}`,
  },
} satisfies CheckWords;
