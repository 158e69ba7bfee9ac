import fc from 'fast-check';
import { isIP } from 'node:net';
import { describe, expect, it } from 'vitest';
import { REMEDIES } from '../../src/ground/remedies.js';
import { expectCpuBelow } from '../cpu-time.js';
import { parseAddress } from '../../src/cidr/address.js';
import { formatAddress } from '../../src/cidr/ip-address.js';
import type { InvalidInputError } from '../../src/ground/errors.js';
import { runs } from '../runs.js';
import { arbAddress } from './arbitraries.js';

/** An IPv6 address in one of the many spellings of RFC 4291. */
const arbSpelling = fc
  .tuple(arbAddress, fc.boolean(), fc.boolean(), fc.boolean())
  .filter(([{ family }]) => family === 6)
  .map(([address, upper, padded, dotted]) => {
    const groups = address.value.toString(16).padStart(32, '0').match(/.{4}/g)!;
    const written = padded ? groups : groups.map((group) => Number.parseInt(group, 16).toString(16));
    const low = Number(address.value & 0xffffffffn);
    const tail = dotted ? [[24, 16, 8, 0].map((shift) => (low >>> shift) & 255).join('.')] : written.slice(6);
    const text = [...written.slice(0, 6), ...tail].join(':');
    return { address, text: upper ? text.toUpperCase() : text };
  });

function refusal(text: string): InvalidInputError {
  try {
    parseAddress(text);
  } catch (error) {
    return error as InvalidInputError;
  }
  throw new Error(`${text} was accepted`);
}

describe('parseAddress', () => {
  it('reads back what formatAddress writes', () => {
    fc.assert(
      fc.property(arbAddress, (address) => void expect(parseAddress(formatAddress(address))).toEqual(address)),
      { numRuns: runs(25, 100) },
    );
  });

  it('reads every spelling of IPv6', () => {
    fc.assert(
      fc.property(arbSpelling, ({ text, address }) => void expect(parseAddress(text)).toEqual(address)),
      { numRuns: runs(25, 100) },
    );
  });

  it.each([
    ['0.0.0.0', 0n],
    ['127.255.255.255', 0x7fffffffn],
    ['128.0.0.0', 0x80000000n],
    ['255.255.255.255', 0xffffffffn],
    ['::', 0n],
    ['::1', 1n],
    ['1::', 1n << 112n],
    ['1:2:3:4:5:6:7::', 0x00010002000300040005000600070000n],
    ['ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff', 2n ** 128n - 1n],
    ['64:ff9b::192.0.2.33', (0x64ff9bn << 96n) | 0xc0000221n],
    ['2001:DB8::A', (0x20010db8n << 96n) | 10n],
  ])('reads %s exactly', (text, value) => expect(parseAddress(text).value).toBe(value));

  it.each<[string, string | undefined, string]>([
    ['10.0.0.01', 'Write 10.0.0.1.', 'a leading zero'],
    ['010.0.0.1', 'Write 10.0.0.1 or 8.0.0.1.', 'octal to other programs'],
    ['0x0a.0.0.1', 'Write 10.0.0.1.', 'hexadecimal'],
    ['0xa000001', 'Write 10.0.0.1.', 'one hexadecimal number'],
    ['167772161', 'Write 10.0.0.1.', 'one number'],
    ['10.1', 'Write 10.0.0.1.', 'a short form of inet_aton'],
    ['10.1.258', 'Write 10.1.1.2.', 'a short form with a wide last part'],
    [' 10.0.0.1', 'Write 10.0.0.1.', 'white space'],
    ['10.0.0.1\n', 'Write 10.0.0.1.', 'a newline'],
    ['::ffff:10.0.0.1', 'Write 10.0.0.1.', 'IPv4-mapped'],
    ['::FFFF:a00:1', 'Write 10.0.0.1.', 'IPv4-mapped, in groups'],
    ['fe80::1%eth0', 'Write fe80::1.', 'a zone'],
    ['[2001:db8::1]', 'Write 2001:db8::1.', 'brackets of a URL'],
    ['10.0.0.256', undefined, 'not an octet'],
    ['10.0.0.1.2', undefined, 'five parts'],
    ['10.0.0.', undefined, 'an empty part'],
    ['10.0.0.0/8', undefined, 'a block'],
    ['+10.0.0.1', undefined, 'a sign'],
    ['١٠.0.0.1', undefined, 'digits that are not ASCII'],
    ['', undefined, 'nothing'],
    [':', undefined, 'half a colon'],
    [':::', undefined, 'too many colons'],
    ['1::2::3', undefined, 'two gaps'],
    ['1:2:3:4:5:6:7', undefined, 'seven groups'],
    ['1:2:3:4:5:6:7:8:9', undefined, 'nine groups'],
    ['1:2:3:4:5:6:7:8::', undefined, 'a gap for nothing'],
    ['1:2:3:4::5:6:7:8', undefined, 'a gap for nothing in the middle'],
    ['12345::', undefined, 'a group of five digits'],
    ['::g', undefined, 'not a hexadecimal digit'],
    ['1.2.3.4::', undefined, 'octets in front'],
    ['::1.2.3', undefined, 'three octets at the end'],
    ['::01.2.3.4', undefined, 'a leading zero in octets at the end'],
    ['example.com', undefined, 'a name'],
  ])('refuses %j, remedy %j: %s', (text, remedy) => {
    expect(refusal(text)).toMatchObject({ code: 'INVALID_ADDRESS', remedy: remedy ?? REMEDIES.INVALID_ADDRESS });
  });

  it('agrees with Node on what an address is, except zones and mapped addresses', () => {
    const arbNear = fc
      .tuple(
        fc.oneof(
          arbAddress.map(formatAddress),
          arbSpelling.map(({ text }) => text),
        ),
        fc.nat(45),
        fc.string({ maxLength: 2 }),
      )
      .map(([text, at, insert]) => text.slice(0, at) + insert + text.slice(at + 1));
    fc.assert(
      fc.property(fc.oneof(arbNear, fc.stringMatching(/^[0-9a-f:.]{0,24}$/)), (text) => {
        fc.pre(!text.includes('%') && !/^[0:]*:ffff:/i.test(text));
        let family = 0;
        try {
          family = parseAddress(text).family;
        } catch {
          // refused: stays 0
        }
        expect(family).toBe(isIP(text));
      }),
      { numRuns: runs(600, 1_000_000) },
    );
  });

  it('refuses long texts at once, and shows only their beginning', () => {
    expectCpuBelow(500, () => {
      for (const unit of ['1.', ':', '0', '1:', 'f', '0x', ' ']) {
        expect(refusal(unit.repeat(65_536)).message.length).toBeLessThan(250);
      }
    });
  });
});

describe('formatAddress', () => {
  it('writes IPv6 as URLs do (RFC 5952)', () => {
    fc.assert(
      fc.property(arbAddress, (address) => {
        const text = formatAddress(address);
        const host = address.family === 4 ? text : `[${text}]`;
        expect(new URL(`http://${host}/`).hostname).toBe(host);
      }),
      { numRuns: runs(25, 100) },
    );
  });

  it.each([
    ['2001:db8:0:1:1:1:1:1', '2001:db8:0:1:1:1:1:1', 'one zero group is not shortened (4.2.2)'],
    ['2001:0:0:1:0:0:0:1', '2001:0:0:1::1', 'the longest run (4.2.3)'],
    ['2001:db8:0:0:1:0:0:1', '2001:db8::1:0:0:1', 'the first of equal runs (4.2.3)'],
    ['2001:DB8::000A', '2001:db8::a', 'lower case, no leading zeros (4.1, 4.3)'],
    ['0:0:0:0:0:0:0:0', '::', 'all zeros'],
    ['1:0:0:0:0:0:0:0', '1::', 'a run at the end'],
  ])('%s is %s: %s', (text, canonical) => expect(formatAddress(parseAddress(text))).toBe(canonical));
});
