import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Covers4 } from '../../../src/cidr/columns/covers4.js';
import { contains, formatPrefix, parsePrefix, prefixOf, type Prefix } from '../../../src/cidr/prefix.js';
import { runs } from '../../runs.js';

const holds = (covers: Covers4, { address, bits }: Prefix): boolean => covers.holds(Number(address.value), bits);

/** Which of some blocks are known to lie in one before. */
function known(texts: readonly string[]): string[] {
  const covers = new Covers4();
  return texts.filter((text) => holds(covers, parsePrefix(text)));
}

/** Blocks of few addresses, so that many lie in others: both ends of all, and both sides of seams. */
const arbBlock: fc.Arbitrary<Prefix> = fc
  .tuple(
    fc.constantFrom(0n, 1n, 0x0a1fffffn, 0x0a200000n, 0x0a200001n, 0x7fffffffn, 0x80000000n, 0xffe00000n, 0xffffffffn),
    fc.oneof(fc.nat(32), fc.constantFrom(0, 1, 10, 11, 12, 31, 32)),
  )
  .map(([value, bits]) => prefixOf({ family: 4, value }, bits));

describe('Covers4', () => {
  it('never says so of a block that lies in none before', () => {
    fc.assert(
      fc.property(fc.array(arbBlock, { maxLength: 40 }), (blocks) => {
        const covers = new Covers4();
        for (const [index, block] of blocks.entries()) {
          if (!holds(covers, block)) continue;
          const around = blocks.slice(0, index).filter((before) => contains(before, block));
          expect(around.length, formatPrefix(block)).toBeGreaterThan(0);
        }
      }),
      { numRuns: runs(500, 100_000) },
    );
  });

  it('knows what is in the block before it, and what is in a wide one whenever that came', () => {
    fc.assert(
      fc.property(fc.array(arbBlock, { minLength: 2, maxLength: 20 }), (blocks) => {
        const covers = new Covers4();
        for (const [index, block] of blocks.entries()) {
          const before = blocks.slice(0, index);
          // Of /0 only that it is there again is not known.
          const isKnown =
            block.bits > 0 &&
            before.some((other, at) => (other.bits <= 11 || at === index - 1) && contains(other, block));
          if (holds(covers, block)) continue;
          expect(isKnown, formatPrefix(block)).toBe(false);
        }
      }),
      { numRuns: runs(500, 100_000) },
    );
  });

  it.each<[string, string[], string[]]>([
    ['the same again', ['10.0.0.0/24', '10.0.0.0/24'], ['10.0.0.0/24']],
    ['the same, with another far away between', ['10.0.0.0/24', '11.0.0.0/8', '10.0.0.0/24'], ['10.0.0.0/24']],
    ['halves', ['10.0.0.0/24', '10.0.0.0/25', '10.0.0.128/25'], ['10.0.0.0/25', '10.0.0.128/25']],
    ['its neighbour', ['10.0.0.0/24', '10.0.1.0/24'], []],
    ['what is around it', ['10.0.0.0/24', '10.0.0.0/23'], []],
    ['what begins with it, but is wider than a slot', ['10.0.0.0/11', '10.0.0.0/10', '10.32.0.0/11'], ['10.32.0.0/11']],
    [
      'all',
      ['0.0.0.0/0', '128.0.0.0/1', '255.255.255.255/32', '0.0.0.0/32'],
      ['128.0.0.0/1', '255.255.255.255/32', '0.0.0.0/32'],
    ],
  ])('%s', (_, texts, expected) => {
    expect(known(texts)).toEqual(expected);
  });
});
