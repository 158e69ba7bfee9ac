import type { CheckWords } from '../../findings/statement.js';
import { addText, type BlockOwner } from '../cidr/accessible.words.js';

/** The texts of `target/private-dns`. */
export const targetPrivateDnsWords = {
  title: 'The records of private names lie inside the accessible blocks',
  about:
    'An integration instance does not ask PrivateZone: a backend that is written as an internal name needs a record of the instance ' +
    'itself (private DNS). Its addresses have to lie inside the accessible blocks of the instance; a call to another one fails.',
  sources: ['https://help.aliyun.com/document_detail/2747053.html'],
  says: {
    NAMES_NOT_READ: ({ link }: { readonly link: string }) => `the private names of link ${link} lie inside its blocks`,
    BLOCKS_NOT_READ: ({ name }: { readonly name: string }) => `${name} lies inside the accessible blocks`,
    INSIDE_BLOCKS: ({ name, link }: { readonly name: string; readonly link: string }) =>
      `${name} lies inside the accessible blocks of link ${link}`,
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
      message: `${name} leads to ${outside.join(', ')}, outside of the accessible blocks of link ${link}`,
      remedy: addText(owner, needed.join(', ') || 'its block', '; or correct the record'),
    }),
  },
} satisfies CheckWords;
