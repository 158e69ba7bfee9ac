import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { merge, minimalCover } from '../../src/cidr/merge.js';
import { formatPrefix, parsePrefix, prefixOf } from '../../src/cidr/prefix.js';
import { comparePrefixes } from '../../src/cidr/range.js';
import { runs } from '../runs.js';
import { arbPrefix } from './arbitraries.js';

describe('merge', () => {
  it('has the same result as minimalCover', () => {
    const arbText = fc
      .tuple(arbPrefix, fc.boolean())
      .map(([prefix, upper]) => (upper ? formatPrefix(prefix).toUpperCase() : formatPrefix(prefix)));
    fc.assert(
      fc.property(fc.array(arbText, { maxLength: 40 }), (texts) => {
        expect(merge(texts)).toEqual(minimalCover(texts.map(parsePrefix)).map(formatPrefix));
      }),
      { numRuns: runs(60, 50_000) },
    );
  });

  it('formats blocks that are not canonical or merged from several', () => {
    expect(merge(['2001:DB8::/32', '10.0.1.0/24', '10.0.0.0/24'])).toEqual(['10.0.0.0/23', '2001:db8::/32']);
  });

  it('accepts an IPv6 block whose last part is written as IPv4', () => {
    expect(merge(['64:ff9b::1.2.3.4/128', '64:ff9b::1.2.3.5/128', '10.0.0.0/8'])).toEqual([
      '10.0.0.0/8',
      '64:ff9b::102:304/127',
    ]);
  });

  it('has the same result for every order, repetition and nesting of blocks', () => {
    const arbChain = arbPrefix.chain((prefix) =>
      fc
        .uniqueArray(fc.nat(prefix.bits), { maxLength: 12 })
        .map((lengths) => [prefix, ...lengths.map((bits) => prefixOf(prefix.address, bits))]),
    );
    const arbList = fc
      .array(fc.tuple(arbChain, fc.constantFrom(1, 1, 2, 9)), { minLength: 1, maxLength: 8 })
      .map((chains) => chains.flatMap(([chain, times]) => Array.from({ length: times }, () => chain).flat()));
    const arbOrder = fc.constantFrom<[string, (texts: string[]) => string[]]>(
      ['as they are', (texts) => texts],
      ['turned round', (texts) => texts.toReversed()],
      ['in order', (texts) => texts.map(parsePrefix).toSorted(comparePrefixes).map(formatPrefix)],
      ['in falling order', (texts) => texts.map(parsePrefix).toSorted(comparePrefixes).toReversed().map(formatPrefix)],
      ['by length', (texts) => texts.toSorted((a, b) => parsePrefix(a).bits - parsePrefix(b).bits)],
      ['by text', (texts) => texts.toSorted()],
    );
    fc.assert(
      fc.property(arbList, arbOrder, (prefixes, [, ordered]) => {
        const texts = ordered(prefixes.map(formatPrefix));
        expect(merge(texts)).toEqual(minimalCover(texts.map(parsePrefix)).map(formatPrefix));
      }),
      { numRuns: runs(40, 50_000) },
    );
  });

  /** IPv6 blocks that do not overlap. */
  const apart = (count: number): string[] =>
    Array.from({ length: count }, (_, at) => `2001:db8:${(2 * at + 1).toString(16)}::/48`);

  it.each([0, 1, 99, 199])('finds an entry that is not a plain IPv6 block at index %i of many', (place) => {
    const texts = apart(200);
    const at = (text: string): string[] => texts.with(place, text);
    const rest = texts.toSpliced(place, 1);
    const taken: [string, string[]][] = [
      ['10.0.0.0/8', ['10.0.0.0/8', ...rest]],
      ['2001:DB7::/32', ['2001:db7::/32', ...rest]],
      ['2001:db7:0:0::/32', ['2001:db7::/32', ...rest]],
      ['2001:db7::1.2.3.4/128', ['2001:db7::102:304/128', ...rest]],
      ['::/0', ['::/0']],
    ];
    for (const [text, merged] of taken) expect(merge(at(text))).toEqual(merged);
    for (const text of [
      '2001:db8::1',
      '2001:db8::/32\n2001:db9::/32',
      '2001:db8::/32\n',
      '\n2001:db8::/32',
      '\n',
      '',
      '2001:db8::/32\0',
      '2001:db8::/32 ',
      '2001:db8::/3\u0132',
      '\ud800',
      '2001:db8::1/32',
      `${'2'.repeat(40_000)}::/32`,
      `2001:db8::/32${' '.repeat(40_000)}`,
      '::ffff:0:0/96',
    ]) {
      let expected: unknown;
      try {
        parsePrefix(text);
      } catch (error) {
        expected = (error as Error).message;
      }
      expect(expected).toBeDefined();
      expect(() => merge(at(text))).toThrow(expected as string);
    }
  });

  it('reports the first of several invalid blocks, of either family', () => {
    const texts = apart(60);
    expect(() => merge([...texts, '10.0.0.1/8', 'x'])).toThrow('"10.0.0.1/8"');
    expect(() => merge([...texts, 'x', '10.0.0.1/8'])).toThrow('"x"');
    expect(() => merge(['2001:db8::/32\nx', 'x'])).toThrow('2001:db8::/32');
  });

  it('reads runs of both families of any length', () => {
    const arbRuns = fc.array(fc.tuple(fc.constantFrom(4, 6), fc.constantFrom(1, 2, 7, 8, 9, 40, 600)), {
      maxLength: 6,
    });
    fc.assert(
      fc.property(arbRuns, fc.boolean(), (families, isCanonical) => {
        let next = 0;
        const texts = families.flatMap(([family, count]) =>
          Array.from({ length: count }, () => {
            next += 1;
            if (family === 4) return `10.${next >>> 8}.${next & 255}.0/24`;
            return isCanonical ? `fd00:${next.toString(16)}::/32` : `FD00:${next.toString(16)}::/32`;
          }),
        );
        expect(merge(texts)).toEqual(minimalCover(texts.map(parsePrefix)).map(formatPrefix));
      }),
      { numRuns: runs(6, 2_000) },
    );
  });

  it.each(['\u0132001::/16', ':\u013a/0', '2001:db8::/3\u0132'])(
    'refuses %j, whose low bytes would be a block',
    (text) => {
      expect(() => merge([text])).toThrow(expect.objectContaining({ code: 'INVALID_PREFIX' }));
    },
  );

  it('accepts each number up to its limit, and none beyond', () => {
    const isTaken = (text: string): boolean => {
      try {
        return merge([text])[0] === text;
      } catch {
        return false;
      }
    };
    for (let value = 0; value < 1_000; value += 1) {
      for (let octet = 0; octet < 4; octet += 1) {
        const octets = ['0', '0', '0', '0'];
        octets[octet] = String(value);
        expect(isTaken(`${octets.join('.')}/32`)).toBe(value <= 255);
      }
      expect(isTaken(`0.0.0.0/${value}`)).toBe(value <= 32);
      expect(isTaken(`::/${value}`)).toBe(value <= 128);
    }
  });

  it('refuses what parsePrefix refuses, with the same message', () => {
    const message = (act: () => unknown): unknown => {
      try {
        return act();
      } catch (error) {
        return (error as Error).message;
      }
    };
    const arbBad = fc.oneof(
      fc.constantFrom(
        '10.0.0.1',
        '::1',
        '10.0.0.0/8 ',
        ' ::/0',
        '10.0.0.1/8',
        '010.0.0.0/8',
        '10.0.0.0/08',
        '::ffff:0:0/96',
      ),
      fc.constantFrom(
        '\u0131\u0130.0.0.0/8',
        '10.0.0.0/\u0138',
        '',
        '1',
        '1.',
        '1.1',
        '255.255.255.255/3',
        `${'1'.repeat(99)}`,
      ),
      fc.string({ unit: fc.constantFrom(...'0123456789abf.:/'), maxLength: 24 }),
      arbPrefix.chain((prefix) => fc.nat(40).map((at) => formatPrefix(prefix).slice(0, at))),
    );
    fc.assert(
      fc.property(arbBad, (text) => {
        const expected = message(() => [formatPrefix(parsePrefix(text))]);
        expect(message(() => merge([text]))).toEqual(expected);
      }),
      { numRuns: runs(200, 200_000) },
    );
  });
});
