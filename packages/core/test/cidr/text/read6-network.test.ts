import { describe, expect, it } from 'vitest';
import { runs, sample } from '../../runs.js';
import { addressAt } from '../../../src/cidr/columns/columns.js';
import { formatPrefix, parsePrefix } from '../../../src/cidr/prefix.js';
import { read6Network } from '../../../src/cidr/text/read6-network.js';
import { read6Text } from '../../../src/cidr/text/read6-text.js';

/** The canonical form of a block; undefined where the text is not a block. */
function canonical(text: string): string | undefined {
  try {
    return formatPrefix(parsePrefix(text));
  } catch {
    return undefined;
  }
}

interface Found {
  readonly block: string;
  readonly end: number;
  readonly exact: number;
}

/** The result of the reader of strings; undefined where the general reader has to parse the text. */
function readString(text: string): Found | undefined {
  const starts = new Uint32Array(8).fill(7);
  const bits = new Uint8Array(2);
  if (!read6Text(text, 1, starts, bits)) return undefined;
  return {
    block: formatPrefix({ address: addressAt(6, starts, 4), bits: bits[1] ?? -1 }),
    end: text.length,
    exact: 1,
  };
}

/** The result of the reader of bytes, and where it stops; undefined where the general reader has to parse the text. */
function readBytes(text: string): Found | undefined {
  const bytes = new Uint8Array(128).fill(0x61);
  bytes.set(new TextEncoder().encode(`${text}\n`));
  const starts = new Uint32Array(8).fill(7);
  const bits = new Uint8Array(2);
  const exact = new Uint8Array(2);
  const end = read6Network(bytes, 0, 1, starts, bits, exact);
  if (end === -1) return undefined;
  return {
    block: formatPrefix({ address: addressAt(6, starts, 4), bits: bits[1] ?? -1 }),
    end,
    exact: exact[1] ?? -1,
  };
}

const GROUPS = ['0', '00', '1', '0a', '10', 'db8', '0db8', '8000', 'A', '12345', ''];
const LENGTHS = ['0', '16', '17', '31', '32', '33', '48', '64', '128', '129', '064'];

describe.each([
  ['read6Network', readBytes],
  ['read6Text', readString],
])('%s', (_, read) => {
  it('reads all texts of up to three of these groups, `::` and a length in canonical form, and no others', () => {
    let taken = 0;
    for (let number = 0; number < GROUPS.length ** 3; number += 1) {
      const [a = '', b = '', c = ''] = [0, 1, 2].map(
        (at) => GROUPS[Math.floor(number / GROUPS.length ** at) % GROUPS.length],
      );
      for (const length of sample(LENGTHS, 4)) {
        for (const text of [`${a}:${b}:${c}::/${length}`, ...(c === '' ? [`${a}:${b}::/${length}`] : [])]) {
          const isCanonical = canonical(text) === text && !text.startsWith('::');
          const found = read(text);
          if (found) taken += 1;
          // One by one, with an assertion each, it would take a minute.
          if (isCanonical !== (found !== undefined)) expect.fail(`${text} is ${found ? '' : 'not '}taken`);
          if (found && (found.block !== text || found.end !== text.length || found.exact !== 1))
            expect(found).toEqual({ block: text, end: text.length, exact: 1 });
        }
      }
    }
    expect(taken).toBeGreaterThan(runs(100, 400));
  });

  it.each([
    ['2001:db8:1:2::/64', true],
    ['2001:db8:1:8000::/128', true],
    ['0:0:0:1::/64', true],
    ['1:0:0:1::/64', true],
    ['1:2:3:4::/63', true],
    ['1:2:3:5::/63', false],
    ['1:2:3:0::/64', false],
    ['1:2:3:4:5::/80', false],
    ['1:2:3:4:5:6:7:8/128', false],
    ['::1/128', false],
    ['::/0', false],
    ['1::2/128', false],
    ['1:2:3:4::', false],
    ['1:2:3:4:/64', false],
    ['1:2:3:4/64', false],
    ['1:2:3:4::/', false],
    ['10.0.0.0/8', false],
  ])('reads %s: %s', (text, isTaken) => {
    expect(read(text) !== undefined).toBe(isTaken);
  });

  it('accepts each number of a group and of a length up to its limit', () => {
    for (let value = 1; value < 65_536; value += 1) {
      const text = `${value.toString(16)}::/16`;
      if (read(text)?.block !== text) expect.fail(text);
    }
    for (let length = 0; length < 300; length += 1)
      expect(read(`1:2:3:4::/${length}`) !== undefined).toBe(length >= 62 && length <= 128);
  });
});

describe('read6Text', () => {
  it('accepts no text that is truncated, continues, or has other characters with the same low bits', () => {
    const text = '2001:db8:a:10::/64';
    for (let at = 0; at < text.length; at += 1) {
      const cut = text.slice(0, at);
      expect(readString(cut)).toBeUndefined();
      for (const above of [0x80, 0x100, 0x3000, 0xff00]) {
        const other = String.fromCharCode(above | text.charCodeAt(at));
        expect(readString(`${cut}${other}${text.slice(at + 1)}`)).toBeUndefined();
      }
    }
    for (const more of ['0', ' ', '\n', '/', '\0']) expect(readString(text + more)).toBeUndefined();
    expect(readString(text)?.block).toBe(text);
  });
});
