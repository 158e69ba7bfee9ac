import type { CheckWords } from '../../../findings/statement.js';
import { blockMending, removeText, type BlockOwner } from './accessible.words.js';

/** The texts of `cidr/reserved`. */
export const reservedWords = {
  title: 'No accessible block is reserved',
  about:
    "No backend can have an address in a reserved range: loopback, link-local, multicast and the other ranges that the internet's " +
    'registries reserve, and the ranges that a cloud keeps for its own services (100.64.0.0/10 on Alibaba Cloud). A block inside a ' +
    'reserved range is an error. A wider block that contains one, such as 0.0.0.0/0, is a warning.',
  sources: [
    'https://www.iana.org/assignments/iana-ipv4-special-registry/',
    'https://docs.aws.amazon.com/vpc/latest/userguide/vpc-cidr-blocks.html',
    'https://www.alibabacloud.com/help/en/vpc/vpc-and-vswitch',
  ],
  says: {
    BLOCKS_NOT_READ: ({ link }: { readonly link: string }) => `no accessible block of link ${link} is reserved`,
    NOT_RESERVED: ({ block }: { readonly block: string }) => `${block} is not reserved`,
    RESERVED: ({
      within,
      block,
      name,
      range,
      owner,
      from,
    }: {
      readonly within: boolean;
      readonly block: string;
      readonly name: string;
      readonly range: string;
      readonly owner: BlockOwner;
      readonly from: string;
    }) => ({
      message: within
        ? `${block} is inside ${name}, which is reserved (${range}): no backend can have such an address`
        : `${block} contains ${name}, which is reserved (${range}), and is wider than any backend needs`,
      remedy: within
        ? `Correct it, or ${removeText(owner, block, from)}.`
        : `Write the blocks that the backends are in instead, and ${removeText(owner, block, from)}.`,
      mendedBy: blockMending(owner, from),
    }),
  },
} satisfies CheckWords;
