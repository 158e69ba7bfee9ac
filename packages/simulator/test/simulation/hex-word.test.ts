import fc from 'fast-check';
import { expect, it } from 'vitest';
import { runs } from '../../../core/test/runs.js';
import { hexWord } from '../../src/simulation/time/seeded-random.js';

it('writes the eight hex digits that toString(16) and padding write', () => {
  fc.assert(
    fc.property(fc.nat({ max: 0xffff_ffff }), (value) => {
      expect(hexWord(value)).toBe(value.toString(16).padStart(8, '0'));
    }),
    { numRuns: runs(25, 100) },
  );
});
