import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PROVE, runs } from '../runs.js';
import { REMEDIES } from '../../src/ground/remedies.js';
import { expectCpuBelow } from '../cpu-time.js';
import { parseAddress } from '../../src/cidr/address.js';
import { formatAddress } from '../../src/cidr/ip-address.js';
import { contains, formatPrefix, highest, hostCount, overlaps, parsePrefix } from '../../src/cidr/prefix.js';
import type { InvalidInputError } from '../../src/ground/errors.js';
import { arbPrefix, members, UNIVERSE } from './arbitraries.js';

function refusal(text: string): InvalidInputError {
  try {
    parsePrefix(text);
  } catch (error) {
    return error as InvalidInputError;
  }
  throw new Error(`${text} was accepted`);
}

describe('parsePrefix', () => {
  it('reads back what formatPrefix writes', () => {
    fc.assert(
      fc.property(arbPrefix, (prefix) => void expect(parsePrefix(formatPrefix(prefix))).toEqual(prefix)),
      { numRuns: runs(25, 100) },
    );
  });

  it.each<[string, string | undefined, string]>([
    ['10.0.1.0/16', 'Write 10.0.0.0/16.', 'host bits are set'],
    ['10.0.0.1/0', 'Write 0.0.0.0/0.', 'host bits of everything'],
    ['2001:db8::1/32', 'Write 2001:db8::/32.', 'host bits of IPv6'],
    ['010.0.0.0/8', 'Write 10.0.0.0/8 or 8.0.0.0/8.', 'octal to other parsers'],
    ['0xa.0.0.0/8', 'Write 10.0.0.0/8.', 'hexadecimal'],
    ['10/8', 'Write 10.0.0.0/8.', 'a short form: leading octets'],
    ['10.1/16', 'Write 10.1.0.0/16.', 'a short form, which inet_aton reads as 10.0.0.1'],
    ['10.0.0.0/08', 'Write 10.0.0.0/8.', 'a leading zero in the length'],
    ['10.0.0.0/255.255.0.0', 'Write 10.0.0.0/16.', 'a netmask'],
    ['10.0.0.0/255.0.255.0', undefined, 'not a netmask'],
    ['10.0.0.1', 'Write 10.0.0.1/32.', 'an address'],
    ['2001:db8::1', 'Write 2001:db8::1/128.', 'an IPv6 address'],
    ['::ffff:10.0.0.0/104', 'Write 10.0.0.0/8.', 'IPv4-mapped: 8 + 96 bits'],
    ['fe80::%eth0/64', 'Write fe80::/64.', 'a zone'],
    [' 10.0.0.0/8 ', 'Write 10.0.0.0/8.', 'white space'],
    ['10.0.0.0 /8', 'Write 10.0.0.0/8.', 'white space inside'],
    ['10.0.0.0/33', undefined, 'longer than IPv4'],
    ['::/129', undefined, 'longer than IPv6'],
    ['10.0.0.0/', undefined, 'no length'],
    ['10.0.0.0/-1', undefined, 'a sign'],
    ['10.0.0.0/8/8', undefined, 'two lengths'],
    ['10.0.0.0/1e1', undefined, 'an exponent'],
    ['10.0.0.0/٨', undefined, 'a digit that is not ASCII'],
    ['/8', undefined, 'no address'],
    ['', undefined, 'nothing'],
    ['everywhere', undefined, 'a word'],
  ])('refuses %j, remedy %j: %s', (text, remedy) => {
    expect(refusal(text)).toMatchObject({ code: 'INVALID_PREFIX', remedy: remedy ?? REMEDIES.INVALID_PREFIX });
  });

  it('offers as remedy only what it accepts', () => {
    const arbSloppy = fc
      .tuple(
        fc.array(fc.oneof(fc.nat(300).map(String), fc.constantFrom('010', '0x1f', '08', '')), { maxLength: 5 }),
        fc.nat(40),
      )
      .map(([octets, bits]) => `${octets.join('.')}/${bits}`);
    fc.assert(
      fc.property(arbSloppy, (text) => {
        try {
          parsePrefix(text);
        } catch (error) {
          const { remedy } = error as InvalidInputError;
          if (remedy === REMEDIES.INVALID_PREFIX) return;
          for (const word of remedy
            .replace(/^Write |\.$/g, '')
            .split(' or ')
            .filter(Boolean)) {
            expect(formatPrefix(parsePrefix(word))).toBe(word);
          }
        }
      }),
      { numRuns: runs(25, 100) },
    );
  });

  it('refuses long texts at once, and shows only their beginning', () => {
    expectCpuBelow(500, () => {
      for (const unit of ['1.', ':', '0', '1:', '/', '1/', ' ', '255.']) {
        expect(refusal(unit.repeat(65_536)).message.length).toBeLessThan(300);
        expect(refusal(`10.0.0.0/${unit.repeat(65_536)}`).message.length).toBeLessThan(300);
      }
    });
  });

  it('reports why its address is refused', () => {
    expect(refusal('010.0.0.0/8').message).toContain('without leading zeros');
    expect(refusal('fe80::%eth0/64').message).toContain('zone');
    expect(refusal('10.0.1.0/16').message).toBe('block "10.0.1.0/16": host bits are set');
  });
});

it.each([
  ['0.0.0.0/0', 2n ** 32n, '255.255.255.255'],
  ['10.0.0.0/16', 65_536n, '10.0.255.255'],
  ['10.0.0.1/32', 1n, '10.0.0.1'],
  ['::/0', 2n ** 128n, 'ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff'],
  ['::1/128', 1n, '::1'],
])('hostCount, highest: %s has %s addresses, up to %s', (text, count, last) => {
  expect(hostCount(parsePrefix(text))).toBe(count);
  expect(formatAddress(highest(parsePrefix(text)))).toBe(last);
});

describe('contains, overlaps', () => {
  it.runIf(PROVE)('agree with counting, for all pairs of blocks of a small world', () => {
    const sets = UNIVERSE.map((prefix) => new Set(members(prefix)));
    let wrong = 0;
    for (const [a, outer] of UNIVERSE.entries()) {
      for (const [b, inner] of UNIVERSE.entries()) {
        const all = members(inner).every((member) => sets[a]!.has(member));
        const any =
          members(inner).some((member) => sets[a]!.has(member)) || members(outer).some((m) => sets[b]!.has(m));
        if (contains(outer, inner) !== all || overlaps(outer, inner) !== any) wrong += 1;
      }
    }
    expect(wrong).toBe(0);
  });

  it('accept single addresses, including the lowest and highest', () => {
    fc.assert(
      fc.property(arbPrefix, (prefix) => {
        expect(contains(prefix, prefix.address)).toBe(true);
        expect(contains(prefix, highest(prefix))).toBe(true);
        expect(contains(prefix, { family: prefix.address.family, value: highest(prefix).value + 1n })).toBe(false);
      }),
      { numRuns: runs(25, 100) },
    );
  });

  it('separate the families', () => {
    expect(contains(parsePrefix('::/0'), parsePrefix('0.0.0.0/0'))).toBe(false);
    expect(contains(parsePrefix('0.0.0.0/0'), parseAddress('::1'))).toBe(false);
    expect(overlaps(parsePrefix('::/0'), parsePrefix('0.0.0.0/0'))).toBe(false);
  });
});
