import { option, wholeNumber } from '../../grammar/options.js';

/** `postern cidr`: commands for lists of blocks. */
export const cidr = {
  usage: 'cidr',
  summary: 'compare and merge lists of CIDR blocks, and search them',
  examples: [
    'postern cidr conflicts vpcs.txt on-premises.txt',
    'postern cidr free --pool 10.0.0.0/8 --bits 20 taken.txt',
    'postern cidr merge --help',
  ],
} as const;

/** `postern cidr conflicts`. */
export const conflicts = {
  usage: 'conflicts [file...]',
  summary: 'list every pair of lines that share an address; exit with 3 if there is one',
  options: [],
  examples: [
    'postern cidr conflicts vpcs.txt',
    'postern cidr conflicts vpcs.txt on-premises.txt --json',
    "cut -d' ' -f1 routes.txt | postern cidr conflicts -",
  ],
} as const;

/** `postern cidr merge`. */
export const merge = {
  usage: 'merge [file...]',
  summary: 'print the fewest blocks that cover the same addresses',
  options: [],
  examples: ['postern cidr merge allowlist.txt', 'postern cidr merge a.txt b.txt > merged.txt'],
} as const;

/** `postern cidr subtract`. */
export const subtract = {
  usage: 'subtract <file> <minus...>',
  summary: 'print the fewest blocks for what the first file has and the others do not',
  options: [],
  examples: ['postern cidr subtract network.txt subnets.txt', 'postern cidr subtract all.txt used.txt reserved.txt'],
} as const;

/** `postern cidr contains`. */
export const contains = {
  usage: 'contains <set> [query...]',
  summary: 'report for each query whether the set contains it; exit with 3 unless it contains all',
  options: [],
  examples: [
    'postern cidr contains allowlist.txt backends.txt',
    'postern cidr contains allowlist.txt 10.0.3.7 10.1.0.0/16',
    'echo 10.0.3.7 | postern cidr contains allowlist.txt',
  ],
} as const;

/** `postern cidr free`. */
export const free = {
  usage: 'free [file...]',
  summary: 'propose blocks of a pool that overlap no line; exit with 3 if there are too few',
  options: [
    option('--pool <blocks>', 'blocks to search: all of one family, with commas between them', {
      parse: (text: string, before: unknown) => (typeof before === 'string' ? `${before},${text}` : text),
    }),
    option('--bits <length>', 'how long the blocks are', { parse: wholeNumber(0, 128) }),
    option('--count <number>', 'how many; 1 by default', { parse: wholeNumber(1, 2 ** 24) }),
  ],
  examples: [
    'postern cidr free --pool 10.0.0.0/8 --bits 20 taken.txt',
    'postern cidr free --pool 10.0.0.0/16,10.2.0.0/16 --bits 24 --count 3 taken.txt',
    'postern cidr free --pool 2001:db8::/32 --bits 48 taken.txt --json',
  ],
} as const;
