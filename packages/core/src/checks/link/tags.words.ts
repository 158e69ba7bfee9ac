import type { CheckWords } from '../../findings/statement.js';
import { counted } from '../../text/counted.js';

/** The texts of `link/tags`. */
export const linkTagsWords = {
  title: 'The link has no more tags than a resource may have',
  about:
    'A resource of AWS has at most 50 tags. Those of a link are what the spec declares, three that say whose it is, a fourth where the spec has an identity, one more where it is ' +
    'protected, and what others gave a link that is there already; tags of AWS itself (`aws:`) do not count. CreateVpcLink and ' +
    'TagResource refuse more.',
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
      message: `link ${link} would have ${counted(fewest, 'tag')}, and a resource has at most ${limit}: writing them would be refused`,
      remedy: `Declare ${excess} fewer under links.${link}.tags (those under defaults.tags count, too).`,
    }),
    LINK_NOT_READ: ({ link }: { readonly link: string }) => `link ${link} has no more tags than it may have`,
    WITHIN_LIMIT: ({ link, count }: { readonly link: string; readonly count: number }) =>
      `link ${link} has ${counted(count, 'tag')}`,
  },
} satisfies CheckWords;
