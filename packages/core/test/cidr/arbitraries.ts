import fc from 'fast-check';
import { addressOf, WIDTH, type Address } from '../../src/cidr/ip-address.js';
import { blockAt, prefixOf, type Prefix } from '../../src/cidr/prefix.js';

const MAPPED = 0xffffn;

/** Addresses of both families; IPv6 with many zero groups, never IPv4-mapped. */
export const arbAddress: fc.Arbitrary<Address> = fc.oneof(
  fc.bigInt(0n, 2n ** 32n - 1n).map((value): Address => addressOf(4, value)),
  fc
    .array(fc.oneof(fc.constant(0), fc.nat(0xffff)), { minLength: 8, maxLength: 8 })
    .map((groups): Address =>
      addressOf(
        6,
        groups.reduce((value, group) => (value << 16n) | BigInt(group), 0n),
      ),
    )
    .filter(({ value }) => value >> 32n !== MAPPED),
);

export const arbPrefix: fc.Arbitrary<Prefix> = arbAddress.chain((address) =>
  fc
    .nat(WIDTH[address.family])
    .map((bits) => prefixOf(address, bits))
    .filter((prefix) => !(prefix.address.family === 6 && prefix.bits >= 96 && prefix.address.value >> 32n === MAPPED)),
);

/** A small world: the 256 addresses of 10.0.0.0/24, where everything can be counted. */
export const UNIVERSE: readonly Prefix[] = Array.from({ length: 9 }, (_, bits) =>
  Array.from({ length: 2 ** bits }, (__, index): Prefix => {
    return blockAt(addressOf(4, 0x0a000000n + BigInt(index * 2 ** (8 - bits))), 24 + bits);
  }),
).flat();

/** The slow, obvious form of a block of {@link UNIVERSE}: the last octets of its addresses. */
export function members({ address, bits }: Prefix): readonly number[] {
  return Array.from({ length: 2 ** (32 - bits) }, (_, index) => Number(address.value & 255n) + index);
}
