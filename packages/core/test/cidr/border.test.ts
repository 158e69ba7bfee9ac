import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import * as cidr from '../../src/internal/cidr.js';
import {
  conflicts,
  contains,
  free,
  merge,
  parseAddress,
  parsePrefix,
  prefixOf,
  PrefixSet,
  rangeOf,
  subtract,
  type Prefix,
} from '../../src/internal/cidr.js';

const TEXTS = ['10.0.0.0/16', '10.1.0.0/16', '10.1.128.0/20'];
/** A value that this library did not make, as one that was sent from a worker. */
const plain = { address: { family: 4, value: 0x0a000000n }, bits: 16 } as unknown as Prefix;

describe('values print themselves', () => {
  it.each<[string, unknown, string]>([
    ['a block', parsePrefix('10.0.0.0/16'), '10.0.0.0/16'],
    ['a block of IPv6', parsePrefix('2001:db8::/32'), '2001:db8::/32'],
    ['a block of an address', prefixOf('10.0.3.7', 16), '10.0.0.0/16'],
    ['a block of a set', PrefixSet.of(TEXTS).prefixes()[0], '10.0.0.0/15'],
    ['the longest match', PrefixSet.of(TEXTS).longestMatch('10.1.130.0'), '10.1.128.0/20'],
    ['a part of a block', Array.from(cidr.split('10.0.0.0/16', 17)).at(1), '10.0.128.0/17'],
    ['the block after it', cidr.successor('10.0.0.0/16'), '10.1.0.0/16'],
    ['the block around it', cidr.supernet('10.1.0.0/16'), '10.0.0.0/15'],
    ['an address', parseAddress('10.0.0.1'), '10.0.0.1'],
    ['the highest address', cidr.highest('10.0.0.0/16'), '10.0.255.255'],
    ['a range', rangeOf('10.0.0.0/24'), '10.0.0.0–10.0.0.255'],
    ['the end of a range of a set', PrefixSet.of(TEXTS).ranges()[0]?.last, '10.1.255.255'],
    ['what is reserved', cidr.reservedOverlap('127.0.0.0/16')[0]?.prefix, '127.0.0.0/8'],
  ])('%s', (_, value, text) => {
    expect([String(value), JSON.parse(JSON.stringify(value)), inspect(value), inspect({ value })]).toEqual([
      text,
      text,
      text,
      `{ value: ${text} }`,
    ]);
  });

  it('a set, as its fewest blocks', () => {
    const set = PrefixSet.of(TEXTS);
    expect([String(set), JSON.stringify(set), [...set].map(String)]).toEqual([
      '10.0.0.0/15',
      '["10.0.0.0/15"]',
      ['10.0.0.0/15'],
    ]);
  });
});

describe('the five verbs take texts and values', () => {
  it.each<[string, readonly (string | Prefix)[]]>([
    ['texts', TEXTS],
    ['values', TEXTS.map(parsePrefix)],
    ['both', [plain, ...TEXTS.slice(1)]],
  ])('%s', (_, blocks) => {
    expect(Array.from(conflicts(blocks), ({ a, relation, b }) => `${a} ${relation} ${b}`)).toEqual([
      '10.1.0.0/16 contains 10.1.128.0/20',
    ]);
    expect(merge(blocks)).toEqual(['10.0.0.0/15']);
    expect(subtract(blocks, ['10.1.128.0/17'])).toEqual(['10.0.0.0/16', '10.1.0.0/17']);
    expect(free('10.0.0.0/8', blocks, 16)).toEqual(['10.2.0.0/16']);
    expect(contains(blocks, '10.0.0.0/15')).toBe(true);
  });

  it.each<[Parameters<typeof contains>[0], Parameters<typeof contains>[1], boolean, string]>([
    ['10.0.0.0/16', '10.0.3.7', true, 'an address'],
    ['10.0.0.0/16', '10.0.0.0/8', false, 'a wider block'],
    [parsePrefix('10.0.0.0/16'), parsePrefix('10.0.4.0/22'), true, 'values'],
    [PrefixSet.of(['10.0.0.0/16']), '10.1.0.0/16', false, 'a set'],
    [['10.0.0.0/17', '10.0.128.0/17'], '10.0.0.0/16', true, 'two blocks together'],
    ['::/0', '10.0.0.1', false, 'another family'],
    [[], '10.0.0.1', false, 'no block'],
  ])('contains(%j, %j) is %j: %s', (set, what, expected) => {
    expect(contains(set, what)).toBe(expected);
  });
});

/** Each function that takes a block, with a value in the place of that block. */
const TAKES: Readonly<Record<string, (given: never) => unknown>> = {
  conflicts: (given) => [...conflicts([given])],
  'conflicts of no list': (given) => [...conflicts(given)],
  merge: (given) => merge([given]),
  'merge of no list': (given) => merge(given),
  subtract: (given) => subtract([given], []),
  'subtract of what': (given) => subtract([], given),
  'free of a pool': (given) => free(given, [], 16),
  'free of what is taken': (given) => free('10.0.0.0/8', [given], 16),
  contains: (given) => contains(given, '10.0.0.1'),
  'contains what': (given) => contains('10.0.0.0/8', given),
  overlaps: (given) => cidr.overlaps(given, '10.0.0.0/8'),
  relation: (given) => cidr.relation('10.0.0.0/8', given),
  hostCount: cidr.hostCount,
  highest: cidr.highest,
  rangeOf,
  successor: cidr.successor,
  split: (given) => cidr.split(given, 32),
  supernet: (given) => cidr.supernet(given),
  reservedOverlap: (given) => cidr.reservedOverlap(given),
  usableCount: (given) => cidr.usableCount(given, { first: 4, last: 1, ipv6: false, source: '' }),
  prefixOf: (given) => prefixOf(given, 8),
  parsePrefix,
  parseAddress,
  'PrefixSet.of': (given) => PrefixSet.of([given]),
  'PrefixSet.of no list': (given) => PrefixSet.of(given),
  'PrefixSet.has': (given) => PrefixSet.of([]).has(given),
  'PrefixSet.longestMatch': (given) => PrefixSet.of([]).longestMatch(given),
  formatPrefix: cidr.formatPrefix,
  formatAddress: cidr.formatAddress,
};

it.each(Object.entries(TAKES))('what is no block is refused with a code: %s', (_, call) => {
  for (const given of [undefined, null, 7, {}])
    expect(() => call(given as never), String(given)).toThrow(expect.objectContaining({ code: 'INVALID_INPUT' }));
});
