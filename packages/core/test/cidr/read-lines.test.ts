import fc from 'fast-check';
import { expect, it } from 'vitest';
import { expectCpuBelow } from '../cpu-time.js';
import { parseAddress } from '../../src/cidr/address.js';
import { formatPrefix, parsePrefix, prefixOf, type Prefix } from '../../src/cidr/prefix.js';
import { WIDTH } from '../../src/cidr/ip-address.js';
import { readLines, type Lines, readEntry, type Refusal } from '../../src/cidr/read-lines.js';
import { runs } from '../runs.js';
import { arbPrefix } from './arbitraries.js';

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);

/** `LINE PREFIX` of all blocks that were read, in order. */
function shown({ blocks }: Lines): string[] {
  return blocks.map(({ line, prefix }) => `${line} ${formatPrefix(prefix)}`);
}

/** The same result by strings: split, trimmed, and parsed as single blocks. */
function slowly(text: string): { read: string[]; refused: string[] } {
  const read: string[] = [];
  const refused: string[] = [];
  const pieces = text.split('\n');
  for (const [index, piece] of pieces.entries()) {
    const line = index < pieces.length - 1 ? piece.replace(/\r$/, '') : piece;
    const entry = line.replace(/#.*$/s, '').replace(/^[ \t]+|[ \t]+$/g, '');
    if (entry === '') continue;
    const prefix = slowPrefix(entry);
    if (prefix) read.push(`${index + 1} ${formatPrefix(prefix)}`);
    else refused.push(`${index + 1} ${(readEntry(entry) as Partial<Refusal>).reason}`);
  }
  return { read, refused };
}

function slowPrefix(entry: string): Prefix | undefined {
  try {
    if (entry.includes(':') && entry.includes('.')) return undefined; // parsePrefix accepts dotted tails
    if (entry.includes('/')) return parsePrefix(entry);
    const address = parseAddress(entry);
    return prefixOf(address, WIDTH[address.family]);
  } catch {
    return undefined;
  }
}

/** A spelling of RFC 4291 of a block, canonical or not. */
const arbSpelling: fc.Arbitrary<string> = fc
  .tuple(arbPrefix, fc.constantFrom('canonical', 'upper', 'full', 'zeros', 'bare'), fc.nat(7))
  .map(([prefix, how, at]) => {
    const text = formatPrefix(prefix);
    if (how === 'bare') return text.replace(/\/\d+$/, '');
    if (prefix.address.family === 4 || how === 'canonical') return text;
    if (how === 'upper') return text.toUpperCase();
    const groups = Array.from({ length: 8 }, (_, group) =>
      ((prefix.address.value >> BigInt(112 - 16 * group)) & 0xffffn).toString(16),
    );
    if (how === 'zeros') return `${groups.map((group) => group.padStart(4, '0')).join(':')}/${prefix.bits}`;
    // A single zero group, shortened where RFC 5952 would not.
    if (groups[at] === '0') {
      const shortened = `${groups.slice(0, at).join(':')}::${groups.slice(at + 1).join(':')}`;
      return `${shortened}/${prefix.bits}`;
    }
    return `${groups.join(':')}/${prefix.bits}`;
  });

const arbEntry = fc.oneof(
  { weight: 3, arbitrary: arbSpelling },
  { weight: 1, arbitrary: fc.string({ unit: fc.constantFrom(...'0123456789abcfF.:/% \t#-x'), maxLength: 45 }) },
  {
    weight: 2, // one character of a valid block changed, dropped or doubled
    arbitrary: fc
      .tuple(
        arbSpelling,
        fc.nat(40),
        fc.constantFrom('', '0', '1', '9', 'f', ':', '.', '/', ' ', '\r', '\0', 'é', '::', '00'),
      )
      .map(([text, at, change]) => text.slice(0, at % text.length) + change + text.slice((at % text.length) + 1)),
  },
);
const arbLine = fc
  .tuple(fc.constantFrom('', ' ', '\t '), arbEntry, fc.constantFrom('', '', '', ' ', '\t', ' # x', '#', '\r'))
  .map((parts) => parts.join(''));

it.each<[string, string[], string]>([
  ['', [], 'nothing'],
  ['\n\n', [], 'empty lines'],
  ['10.0.0.0/8', ['1 10.0.0.0/8'], 'no LF at the end'],
  ['10.0.0.0/8\r\n::/0\r\n', ['1 10.0.0.0/8', '2 ::/0'], 'CRLF'],
  ['# 10.0.0.0/8\n\t10.1.0.0/16 # x\n  \n10.2.0.0/16#y', ['2 10.1.0.0/16', '4 10.2.0.0/16'], 'comments, blanks, tabs'],
  ['#\0é\n10.0.0.0/8 # ::ffff:1.2.3.4', ['2 10.0.0.0/8'], 'anything in a comment'],
  ['10.0.0.1\n::1\n', ['1 10.0.0.1/32', '2 ::1/128'], 'bare addresses'],
  ['2001:DB8:0:0:0:0:0:0/32\n', ['1 2001:db8::/32'], 'another spelling'],
  [' 10.0.0.0/8 \t\r\n', ['1 10.0.0.0/8'], 'blanks before a CR'],
])('reads %j as %j: %s', (text, expected) => {
  const lines = readLines([encode(text)]);
  expect(shown(lines)).toEqual(expected);
  expect(lines.refusedCount).toBe(0);
});

it('counts lines across all sources, and ends a line at the end of each source', () => {
  const lines = readLines(['10.0.0.0/8\n\n', '::/0', '10.1.0.0/16\r', '10.2.0.0/16\n'].map(encode));
  expect(lines.before).toEqual([0, 2, 3, 4]);
  expect(shown(lines)).toEqual(['1 10.0.0.0/8', '3 ::/0', '5 10.2.0.0/16']);
  expect(lines.refused).toEqual([{ line: 4, text: '10.1.0.0/16\r', reason: 'characters', canonical: undefined }]);
});

it('counts all refused lines, keeps the first ones, and truncates them', () => {
  const lines = readLines([encode(`${'x'.repeat(300)}\n${`${'é'.repeat(100)}\n`.repeat(30)}`)]);
  expect(lines.refusedCount).toBe(31);
  expect(lines.refused).toHaveLength(20);
  expect(lines.refused[0]).toMatchObject({ line: 1, reason: 'too-long', text: 'x'.repeat(80) });
  expect(lines.refused[1]).toMatchObject({ line: 2, reason: 'characters', text: 'é'.repeat(80) });
  expect(readLines([encode('x\ny\n')], 1).refused).toHaveLength(1);
});

it.each<[number[], string, string]>([
  [[0xff, 0xfe, 0x31], 'characters', '\ufffd\ufffd1'],
  [[0xef, 0xbb, 0xbf, 0x3a, 0x3a], 'characters', '\ufeff::'],
  [[0x31, 0xed, 0xa0, 0x80], 'characters', '1\ufffd\ufffd\ufffd'],
  [[...new Uint8Array(300).fill(0x80)], 'too-long', '\ufffd'.repeat(80)],
])('refuses the bytes %j as %s', (bytes, reason, text) => {
  expect(readLines([Uint8Array.from(bytes)]).refused).toMatchObject([{ line: 1, reason, text }]);
});

it('reads what the slow version reads, and refuses the rest', () => {
  fc.assert(
    fc.property(fc.array(arbLine, { maxLength: 12 }), (entries) => {
      const text = entries.join('\n');
      const lines = readLines([encode(text)], 1_000);
      const { read, refused } = slowly(text);
      expect(shown(lines)).toEqual(read);
      expect(lines.refused.map(({ line, reason }) => `${line} ${reason}`)).toEqual(refused);
      expect(lines.refusedCount).toBe(refused.length);
    }),
    { numRuns: runs(200, 300_000) },
  );
});

it('accepts each number up to its limit, and none beyond', () => {
  const entries: (readonly [text: string, isTaken: boolean])[] = [];
  for (let value = 0; value < 1_000; value += 1) {
    for (let octet = 0; octet < 4; octet += 1) {
      const octets = ['0', '0', '0', '0'];
      octets[octet] = String(value);
      entries.push([octets.join('.'), value <= 255], [`${octets.join('.')}/32`, value <= 255]);
    }
    entries.push([`0.0.0.0/${value}`, value <= 32], [`::/${value}`, value <= 128]);
  }
  for (let bits = 0; bits <= 128; bits += 1) {
    // Its lowest bit is a host bit of all shorter blocks.
    const value = bits === 0 ? 0n : 1n << BigInt(128 - bits);
    const lowest = formatPrefix({ address: { family: 6, value }, bits: 128 });
    for (let length = 0; length <= 128; length += 1)
      entries.push([lowest.replace('/128', `/${length}`), length >= bits]);
  }
  const taken = entries.flatMap(([, isTaken], index) => (isTaken ? [index + 1] : []));
  const { blocks } = readLines([encode(entries.map(([text]) => `${text}\n`).join(''))]);
  expect(blocks.map(({ line }) => line)).toEqual(taken);
});

it('long lines and many invalid ones take linear time', () => {
  expectCpuBelow(2_500, () => {
    for (const unit of ['1', 'f', ':', '1.', '0', ' ', 'é', '%', '/']) {
      expect(readLines([encode(unit.repeat(500_000))]).refusedCount).toBe(unit === ' ' ? 0 : 1);
    }
    expect(readLines([encode('10.0.0.0/8 x\n'.repeat(100_000))]).refusedCount).toBe(100_000);
    expect(readLines([encode('#\n'.repeat(300_000))]).refusedCount).toBe(0);
  });
});
