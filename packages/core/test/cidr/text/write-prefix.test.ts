import fc from 'fast-check';
import { expect, it } from 'vitest';
import { columnsOf } from '../../../src/cidr/columns/columns.js';
import { formatPrefix, parsePrefix } from '../../../src/cidr/prefix.js';
import { LONGEST4, LONGEST6, writePrefix4, writePrefix6 } from '../../../src/cidr/text/write-prefix.js';
import { runs } from '../../runs.js';
import { arbPrefix } from '../arbitraries.js';

function written(text: string): string {
  const prefix = parsePrefix(text);
  const { starts } = columnsOf([prefix], prefix.address.family);
  const bytes = new Uint8Array(64).fill(0x78);
  const end =
    prefix.address.family === 4
      ? writePrefix4(bytes, 3, starts[0]!, prefix.bits)
      : writePrefix6(bytes, 3, starts, 0, prefix.bits);
  expect(end - 3).toBeLessThanOrEqual(prefix.address.family === 4 ? LONGEST4 : LONGEST6);
  return new TextDecoder().decode(bytes.subarray(0, end));
}

it('blocks are formatted as by formatPrefix', () => {
  fc.assert(
    fc.property(arbPrefix, (prefix) => {
      expect(written(formatPrefix(prefix))).toBe(`xxx${formatPrefix(prefix)}`);
    }),
    { numRuns: runs(100, 100_000) },
  );
});

it.each([
  '0.0.0.0/0',
  '255.255.255.255/32',
  '::/0',
  '::1/128',
  '1::/16',
  '1:0:2::/48',
  '1:0:0:2::/64',
  '1::2:0:0:3:4/128',
  '1:2:3:4:5:6:7:0/112',
  '0:2:3:4:5:6:7:8/128',
  'ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff/128',
])('%s is written unchanged', (text) => {
  expect(written(text)).toBe(`xxx${text}`);
});
