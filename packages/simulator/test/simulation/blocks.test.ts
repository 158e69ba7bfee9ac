import * as core from '@postern/core/internal/cidr';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatAddress, readAddress, covers, overlaps } from '../../src/simulation/addresses.js';
import { readBlock, sizeOf, type Block } from '../../src/simulation/addresses.js';
import { PROVE } from '../../../core/test/runs.js';

const runs = { numRuns: PROVE ? 20_000 : 500 };

const parsed = (text: string): core.Address | undefined => {
  try {
    return core.parseAddress(text);
  } catch {
    return undefined;
  }
};
const addresses = fc.oneof(
  fc.ipV4(),
  fc.ipV6(),
  // Long runs of zeros, at both ends and twice.
  fc.array(fc.constantFrom('0', '0', '1', '00a0', 'ABCD'), { minLength: 8, maxLength: 8 }).map((all) => all.join(':')),
  fc
    .array(fc.constantFrom('', '0', ':', '.', '1', '10', '256', 'g', '::', 'ffff', '1.2.3.4', '/'), { maxLength: 10 })
    .map((all) => all.join('')),
);
/** Blocks that share long prefixes, so that they often overlap. */
const blocks = fc.oneof(
  fc.tuple(fc.constantFrom('10.0.0.0', '10.0.0.200', '10.128.0.1', '255.255.255.255'), fc.nat(32)),
  fc.tuple(fc.constantFrom('2001:db8::', '2001:db8::1', '2001:db8:8000::', '::'), fc.nat(128)),
);
const read = (text: string): Block => readBlock(text) ?? expect.fail(`${text} is not a valid block`);

describe('addresses and blocks of the simulated clouds agree with those of core, which is separate code', () => {
  it('on valid addresses, their numbers and their canonical text', () => {
    fc.assert(
      fc.property(addresses, (text) => {
        const address = readAddress(text);
        expect(address).toEqual(parsed(text));
        if (address) expect(formatAddress(address)).toBe(core.formatAddress(address));
      }),
      runs,
    );
  });

  it.each(['::ffff:10.0.0.1', '::ffff:a00:1', '010.0.0.1', '1::2::3', ':::', '1:', '::1.2.3', '1.2.3.4::', ''])(
    '%j is not a valid address',
    (text) => {
      expect(readAddress(text)).toBeUndefined();
      expect(parsed(text)).toBeUndefined();
    },
  );

  it('on the block around an address, its size, and which blocks cover and overlap others', () => {
    fc.assert(
      fc.property(blocks, blocks, ([a, bitsA], [b, bitsB]) => {
        const [one, other] = [read(`${a}/${bitsA}`), read(`${b}/${bitsB}`)];
        const [prefix, second] = [
          core.prefixOf(core.parseAddress(a), bitsA),
          core.prefixOf(core.parseAddress(b), bitsB),
        ];
        expect(one.text).toBe(core.formatPrefix(prefix));
        expect(one.exact).toBe(core.formatAddress(prefix.address) === core.formatAddress(core.parseAddress(a)));
        expect(sizeOf(one)).toBe(Number(core.hostCount(prefix)));
        expect(one.last).toBe(core.highest(prefix).value);
        expect(covers(one, other)).toBe(core.contains(prefix, second));
        expect(overlaps(one, other)).toBe(core.overlaps(prefix, second));
      }),
      runs,
    );
  });

  it.each(['10.0.0.0/33', '10.0.0.0/08', '10.0.0.0/', '/8', '::/129', '10.0.0.0/8/8'])('%j is not a block', (text) => {
    expect(readBlock(text)).toBeUndefined();
  });

  it('on a bare address as a block of one', () => {
    expect(read('10.0.0.7')).toMatchObject({ bits: 32, text: '10.0.0.7/32', exact: true });
    expect(read('2001:DB8::1')).toMatchObject({ bits: 128, text: '2001:db8::1/128' });
  });
});
