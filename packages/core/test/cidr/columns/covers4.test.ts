import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Covers4 } from '../../../src/cidr/columns/cover.js';
import { contains, formatPrefix, parsePrefix, prefixOf, type Prefix } from '../../../src/cidr/prefix.js';
import { runs } from '../../runs.js';

const holds = (covers: Covers4, { address, bits }: Prefix): boolean => covers.holds(Number(address.value), bits);

/** The blocks that are known to be inside an earlier one. */
function known(texts: readonly string[]): string[] {
  const covers = new Covers4();
  return texts.filter((text) => holds(covers, parsePrefix(text)));
}

/** Blocks of few addresses, so that many are inside others: both ends of the range, and both sides of boundaries. */
const arbBlock: fc.Arbitrary<Prefix> = fc
  .tuple(
    fc.constantFrom(0n, 1n, 0x0a1fffffn, 0x0a200000n, 0x0a200001n, 0x7fffffffn, 0x80000000n, 0xffe00000n, 0xffffffffn),
    fc.oneof(fc.nat(32), fc.constantFrom(0, 1, 10, 11, 12, 31, 32)),
  )
  .map(([value, bits]) => prefixOf({ family: 4, value }, bits));

describe('Covers4', () => {
  it('never reports a block that is not inside an earlier one', () => {
    fc.assert(
      fc.property(fc.array(arbBlock, { maxLength: 40 }), (blocks) => {
        const covers = new Covers4();
        for (const [index, block] of blocks.entries()) {
          if (!holds(covers, block)) continue;
          const around = blocks.slice(0, index).filter((before) => contains(before, block));
          expect(around.length, formatPrefix(block)).toBeGreaterThan(0);
        }
      }),
      { numRuns: runs(100, 100_000) },
    );
  });

  it('reports a block inside the previous one, and a block inside any earlier wide one', () => {
    fc.assert(
      fc.property(fc.array(arbBlock, { minLength: 2, maxLength: 20 }), (blocks) => {
        const covers = new Covers4();
        for (const [index, block] of blocks.entries()) {
          const before = blocks.slice(0, index);
          // Only a repeated /0 is not reported.
          const isKnown =
            block.bits > 0 &&
            before.some((other, at) => (other.bits <= 11 || at === index - 1) && contains(other, block));
          if (holds(covers, block)) continue;
          expect(isKnown, formatPrefix(block)).toBe(false);
        }
      }),
      { numRuns: runs(100, 100_000) },
    );
  });

  it.each<[string, string[], string[]]>([
    ['the same block twice', ['10.0.0.0/24', '10.0.0.0/24'], ['10.0.0.0/24']],
    ['the same block twice, with a distant one between', ['10.0.0.0/24', '11.0.0.0/8', '10.0.0.0/24'], ['10.0.0.0/24']],
    ['halves', ['10.0.0.0/24', '10.0.0.0/25', '10.0.0.128/25'], ['10.0.0.0/25', '10.0.0.128/25']],
    ['an adjacent block', ['10.0.0.0/24', '10.0.1.0/24'], []],
    ['a wider block', ['10.0.0.0/24', '10.0.0.0/23'], []],
    ['the same start, but wider than a slot', ['10.0.0.0/11', '10.0.0.0/10', '10.32.0.0/11'], ['10.32.0.0/11']],
    [
      'all',
      ['0.0.0.0/0', '128.0.0.0/1', '255.255.255.255/32', '0.0.0.0/32'],
      ['128.0.0.0/1', '255.255.255.255/32', '0.0.0.0/32'],
    ],
  ])('%s', (_, texts, expected) => {
    expect(known(texts)).toEqual(expected);
  });
});
