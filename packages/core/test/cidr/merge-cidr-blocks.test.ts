import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mergeCidrBlocks } from '../../src/cidr/merge-cidr-blocks.js';
import { minimalCover } from '../../src/cidr/minimal-cover.js';
import { formatPrefix, parsePrefix } from '../../src/cidr/prefix.js';
import { runs } from '../runs.js';
import { arbPrefix } from './arbitraries.js';

describe('mergeCidrBlocks', () => {
  it('comes to what minimalCover comes to, by values', () => {
    const arbText = fc
      .tuple(arbPrefix, fc.boolean())
      .map(([prefix, upper]) => (upper ? formatPrefix(prefix).toUpperCase() : formatPrefix(prefix)));
    fc.assert(
      fc.property(fc.array(arbText, { maxLength: 40 }), (texts) => {
        expect(mergeCidrBlocks(texts)).toEqual(minimalCover(texts.map(parsePrefix)).map(formatPrefix));
      }),
      { numRuns: runs(300, 50_000) },
    );
  });

  it('writes what is not canonical, or came of several', () => {
    expect(mergeCidrBlocks(['2001:DB8::/32', '10.0.1.0/24', '10.0.0.0/24'])).toEqual(['10.0.0.0/23', '2001:db8::/32']);
  });

  it.each(['\u0132001::/16', ':\u013a/0', '2001:db8::/3\u0132'])(
    'A29: refuses %j, whose low bytes would be a block',
    (text) => {
      expect(() => mergeCidrBlocks([text])).toThrow(expect.objectContaining({ code: 'INVALID_PREFIX' }));
    },
  );

  it('A30: takes each number up to its limit, and none beyond', () => {
    const isTaken = (text: string): boolean => {
      try {
        return mergeCidrBlocks([text])[0] === text;
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

  it('A29: refuses what parsePrefix refuses, in the same words', () => {
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
        expect(message(() => mergeCidrBlocks([text]))).toEqual(expected);
      }),
      { numRuns: runs(1_000, 200_000) },
    );
  });
});
