import type { CheckWords } from '../../../findings/statement.js';
import { addText, type BlockOwner } from '../../cidr/words/accessible.words.js';

/** The texts of `target/private-dns`. */
export const targetPrivateDnsWords = {
  title: 'The addresses of private DNS records are in the accessible blocks',
  about:
    'An integration instance does not query PrivateZone. A backend with an internal domain name needs a private DNS record of the ' +
    'instance. The addresses of the record must be in the accessible blocks of the instance; calls to other addresses fail.',
  sources: ['https://help.aliyun.com/document_detail/2747053.html'],
  says: {
    NAMES_NOT_READ: ({ link }: { readonly link: string }) =>
      `the private DNS records of link ${link} are in its accessible blocks`,
    BLOCKS_NOT_READ: ({ name }: { readonly name: string }) => `${name} is in the accessible blocks`,
    INSIDE_BLOCKS: ({ name, link }: { readonly name: string; readonly link: string }) =>
      `${name} is in the accessible blocks of link ${link}`,
    OUTSIDE_BLOCKS: ({
      name,
      outside,
      link,
      owner,
      needed,
    }: {
      readonly name: string;
      readonly outside: readonly string[];
      readonly link: string;
      readonly owner: BlockOwner;
      readonly needed: readonly string[];
    }) => ({
      message: `${name} resolves to ${outside.join(', ')}, outside the accessible blocks of link ${link}`,
      remedy: addText(owner, needed.join(', ') || 'its block', '; or correct the record'),
    }),
  },
} satisfies CheckWords;
