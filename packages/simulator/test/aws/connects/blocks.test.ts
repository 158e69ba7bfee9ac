import { contains, parseAddress, prefixOf } from '@postern/core/internal/cidr';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyCovers, coveringBits, isAddress } from '../../../src/aws/connects/blocks.js';
import { PROVE } from '../../../../core/test/runs.js';

const runs = { numRuns: PROVE ? 20_000 : 500 };

/** Addresses that share long prefixes, so that blocks often have them. */
const four = fc
  .tuple(fc.constantFrom(10, 172), fc.integer({ min: 0, max: 3 }), fc.nat(255), fc.nat(255))
  .map((bytes) => bytes.join('.'));
const six = fc
  .tuple(fc.constantFrom('2001:db8', 'fd00:1'), fc.nat(3), fc.constantFrom('::', ':0:0:0:0:'), fc.nat(0xffff))
  .map(([head, net, zeros, tail]) => `${head}:${net}${zeros}${tail.toString(16)}`);

describe('blocks as the evaluator reads them', () => {
  it('have the same addresses as in core, which reads them with other code', () => {
    const pair = fc.oneof(
      fc.tuple(four, four, fc.nat(32)),
      fc.tuple(six, six, fc.nat(128)),
      fc.tuple(four, six, fc.nat(32)),
    );
    fc.assert(
      fc.property(pair, ([base, address, bits]) => {
        const has = contains(prefixOf(parseAddress(base), bits), parseAddress(address));
        expect(coveringBits(`${base}/${bits}`, address)).toBe(has ? bits : undefined);
      }),
      runs,
    );
  });

  it.each<[string, boolean]>([
    ['10.0.0.1', true],
    ['10.0.0.256', false],
    ['10.0.0', false],
    ['010.0.0.1', false],
    ['::', true],
    ['::1', true],
    ['1::', true],
    ['1:2:3:4:5:6:7:8', true],
    ['1:2:3:4:5:6:7:8::', false],
    ['1:2:3:4:5:6:7', false],
    ['1::2::3', false],
    ['1:2:3:4:5:6:7:g', false],
    ['', false],
    ['orders.internal', false],
  ])('%s is an address: %s', (text, expected) => {
    expect(isAddress(text)).toBe(expected);
    expect(anyCovers(['0.0.0.0/0', '::/0'], text)).toBe(expected);
  });

  it.each(['10.0.0.0', '10.0.0.0/33', '10.0.0.0/x', '/8', '', '::/129'])('%j has no addresses', (block) => {
    expect(coveringBits(block, '10.0.0.0')).toBeUndefined();
    expect(coveringBits(block, '::')).toBeUndefined();
  });
});
