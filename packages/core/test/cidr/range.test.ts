import { describe, expect, it } from 'vitest';
import { parseAddress } from '../../src/cidr/address.js';
import { split, successor, supernet } from '../../src/cidr/free.js';
import { addressOf } from '../../src/cidr/ip-address.js';
import { formatPrefix, parsePrefix, type Prefix } from '../../src/cidr/prefix.js';
import { coverRange, formatRange, rangeFrom, rangeSize, type Range } from '../../src/cidr/range.js';
import { coverOf, WORLDS } from './oracle.js';

const range = (text: string): Range => {
  const [first = '', last = ''] = text.split('–');
  return rangeFrom(parseAddress(first), parseAddress(last));
};
const shown = (prefix: Prefix | undefined): string | undefined => prefix && formatPrefix(prefix);

describe('ranges', () => {
  it.each(WORLDS.map((world) => [`IPv${world.family}, ${world.name}`, world] as const))(
    '%s: the covers and sizes of many ranges are those computed by counting',
    (_, world) => {
      const at = (member: number) => addressOf(world.family, world.base + BigInt(member));
      const edges = [0, 1, 2, 3, 7, 8, 31, 32, 100, 127, 128, 200, 252, 253, 254, 255];
      const all = edges.flatMap((first) => edges.filter((last) => last >= first).map((last) => [first, last] as const));
      let wrong = 0;
      for (const [first, last] of all) {
        const members = new Set(Array.from({ length: last - first + 1 }, (__, index) => first + index));
        const one = rangeFrom(at(first), at(last));
        const cover = coverRange(one).map(formatPrefix).join();
        if (cover !== coverOf(world, members).map(formatPrefix).join()) wrong += 1;
        if (rangeSize(one) !== BigInt(members.size)) wrong += 1;
      }
      expect(wrong).toBe(0);
    },
  );

  it.each<[string, string[]]>([
    ['0.0.0.0–255.255.255.255', ['0.0.0.0/0']],
    ['0.0.0.1–255.255.255.254', ['0.0.0.1/32', '0.0.0.2/31']],
    ['::–ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff', ['::/0']],
    ['10.0.0.3–10.0.0.8', ['10.0.0.3/32', '10.0.0.4/30', '10.0.0.8/32']],
  ])('%s consists of %j', (text, blocks) => {
    const cover = coverRange(range(text)).map(formatPrefix);
    expect(cover.slice(0, 2)).toEqual(blocks.slice(0, 2));
    if (text.startsWith('0.0.0.1')) expect(cover).toHaveLength(62);
    else expect(cover).toEqual(blocks);
    expect(formatRange(range(text))).toBe(text);
  });
});

describe('blocks adjacent to, inside and around a block', () => {
  it.each<[string, string | undefined]>([
    ['10.0.0.0/24', '10.0.1.0/24'],
    ['127.255.255.255/32', '128.0.0.0/32'],
    ['255.255.255.255/32', undefined],
    ['0.0.0.0/8', '1.0.0.0/8'],
    ['0.0.0.0/0', undefined],
    ['::/0', undefined],
    ['ffff::/16', undefined],
    ['0:0:0:1::/64', '0:0:0:2::/64'],
  ])('%s comes before %s', (text, after) => {
    expect(shown(successor(parsePrefix(text)))).toBe(after);
  });

  it('split returns the blocks one at a time, for any number of blocks', () => {
    expect([...split(parsePrefix('10.0.0.0/24'), 26)].map(formatPrefix)).toEqual([
      '10.0.0.0/26',
      '10.0.0.64/26',
      '10.0.0.128/26',
      '10.0.0.192/26',
    ]);
    expect([...split(parsePrefix('255.255.255.254/31'), 32)].map(formatPrefix)).toEqual([
      '255.255.255.254/32',
      '255.255.255.255/32',
    ]);
    const halves = split(parsePrefix('::/0'), 64);
    const [first, second] = halves;
    expect([first, second].map(shown)).toEqual(['::/64', '0:0:0:1::/64']);
    const [again] = halves;
    expect(shown(again)).toBe('::/64');
    expect([...split(parsePrefix('0.0.0.0/0'), 0)].map(formatPrefix)).toEqual(['0.0.0.0/0']);
  });

  it('supernet is one bit shorter, or as many bits as requested', () => {
    expect(shown(supernet(parsePrefix('10.0.1.0/24')))).toBe('10.0.0.0/23');
    expect(shown(supernet(parsePrefix('10.0.1.0/24'), 8))).toBe('10.0.0.0/8');
    expect(shown(supernet(parsePrefix('2001:db8::1/128'), 0))).toBe('::/0');
  });

  it.each<[string, () => unknown]>([
    ['split to fewer bits', () => split(parsePrefix('10.0.0.0/24'), 23)],
    ['split to more bits than an address has', () => split(parsePrefix('10.0.0.0/24'), 33)],
    ['split to half a bit', () => split(parsePrefix('10.0.0.0/24'), 24.5)],
    ['the supernet of everything', () => supernet(parsePrefix('0.0.0.0/0'))],
    ['a supernet of more bits', () => supernet(parsePrefix('10.0.0.0/8'), 9)],
    ['a supernet of NaN bits', () => supernet(parsePrefix('10.0.0.0/8'), Number.NaN)],
  ])('refuses %s', (_, act) => {
    expect(act).toThrow(expect.objectContaining({ code: 'INVALID_INPUT' }));
  });
});
