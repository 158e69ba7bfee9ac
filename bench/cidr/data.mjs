// Seeded lists of prefixes as the internet's tables have them: the lengths' shares of a full BGP table, at least a fifth nested in others,
// chains 32 deep, and duplicates.

/** Mulberry32: the same numbers on every machine. */
export function random(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** How often each length stands in a full table of routes, to two digits. */
const LENGTHS4 = [
  [24, 570_000], [23, 95_000], [22, 108_000], [21, 50_000], [20, 44_000], [19, 25_000], [18, 14_000], [17, 8_400], [16, 13_500],
  [15, 2_100], [14, 1_200], [13, 590], [12, 300], [11, 100], [10, 40], [9, 14], [8, 16], [25, 500], [26, 500], [27, 400],
  [28, 400], [29, 400], [30, 300], [32, 300],
]; // prettier-ignore
const LENGTHS6 = [
  [48, 460], [32, 120], [44, 100], [40, 95], [36, 45], [46, 35], [47, 25], [42, 25], [45, 15], [33, 15], [29, 25], [38, 15],
  [34, 8], [35, 5], [28, 3], [64, 5], [56, 3], [128, 1],
]; // prettier-ignore

function lengthOf(shares, next) {
  let left = next() * shares.reduce((sum, [, share]) => sum + share, 0);
  for (const [length, share] of shares) if ((left -= share) < 0) return length;
  return shares[0][0];
}

const mask = (bits) => (bits === 0 ? 0 : (0xffffffff << (32 - bits)) >>> 0);
const write4 = (start, bits) => `${start >>> 24}.${(start >>> 16) & 255}.${(start >>> 8) & 255}.${start & 255}/${bits}`;

/** IPv4 as [start, bits] pairs; `nested` is the share that is made inside another one. */
export function table4(count, { seed = 1, nested = 0.4 } = {}) {
  const next = random(seed);
  const all = [];
  while (all.length < count) {
    const bits = lengthOf(LENGTHS4, next);
    const around = all.length > 100 && next() < nested ? all[Math.floor(next() * all.length)] : undefined;
    // Few networks take anything longer than a /24 from others.
    const longest = next() < 0.02 ? 32 : 24;
    if (around && around[1] < longest) {
      const longer = Math.min(longest, Math.max(bits, around[1] + 1 + Math.floor(next() * 4)));
      const inside = Math.floor(next() * 2 ** 32) & ~mask(around[1]);
      all.push([((around[0] | inside) & mask(longer)) >>> 0, longer]);
    } else {
      // 1.0.0.0 to 223.255.255.255, as unicast goes.
      all.push([((2 ** 24 + Math.floor(next() * 223 * 2 ** 24)) & mask(bits)) >>> 0, bits]);
    }
  }
  return all;
}

export const texts4 = (pairs) => pairs.map(([start, bits]) => write4(start, bits));

/** Blocks around one address each, from one length to another: 32 of them from /1 to /32, again and again. */
export function chains4(count, { seed = 2, from = 1, to = 32 } = {}) {
  const next = random(seed);
  const all = [];
  while (all.length < count) {
    const address = Math.floor(2 ** 24 + next() * 223 * 2 ** 24);
    for (let bits = from; bits <= to && all.length < count; bits += 1) all.push([(address & mask(bits)) >>> 0, bits]);
  }
  return all;
}

/** Below these the registries give out blocks. */
const HEADS = [
  0x2001,
  0x2400,
  0x2401,
  0x2402,
  0x2403,
  0x2404,
  0x2600,
  0x2602,
  0x2604,
  0x2606,
  0x2620,
  0x2800,
  0x2803,
  0x2804,
  ...Array.from({ length: 20 }, (_, at) => 0x2a00 + at),
];

/** The same for IPv6, below the blocks of a table. */
export function chains6(count, { seed = 4, from = 33, to = 64 } = {}) {
  const next = random(seed);
  const all = [];
  while (all.length < count) {
    const groups = Array.from({ length: 8 }, (_, at) =>
      at === 0 ? HEADS[Math.floor(next() * HEADS.length)] : Math.floor(next() * 65_536),
    );
    for (let bits = from; bits <= to && all.length < count; bits += 1) all.push([cut6(groups, bits), bits]);
  }
  return all;
}

/** A list in another order, the same one each time. */
export function shuffled(list, seed = 7) {
  const next = random(seed);
  for (let at = list.length - 1; at > 0; at -= 1) {
    const other = Math.floor(next() * (at + 1));
    [list[at], list[other]] = [list[other], list[at]];
  }
  return list;
}

function write6(groups, bits) {
  let from = -1;
  let length = 1;
  for (let at = 0, zeros = 0; at < 8; at += 1) {
    zeros = groups[at] === 0 ? zeros + 1 : 0;
    if (zeros > length) [from, length] = [at + 1 - zeros, zeros];
  }
  const hex = groups.map((group) => group.toString(16));
  const address =
    from === -1 ? hex.join(':') : `${hex.slice(0, from).join(':')}::${hex.slice(from + length).join(':')}`;
  return `${address}/${bits}`;
}

function cut6(groups, bits) {
  return groups.map((group, at) => {
    const own = Math.min(16, Math.max(0, bits - 16 * at));
    return group & (0xffff << (16 - own)) & 0xffff;
  });
}

/** IPv6 as [groups, bits] pairs, below the blocks that registries give out. */
export function table6(count, { seed = 3, nested = 0.4 } = {}) {
  const next = random(seed);
  const group = () => Math.floor(next() * 65_536);
  const all = [];
  while (all.length < count) {
    const bits = lengthOf(LENGTHS6, next);
    const found = all.length > 100 && next() < nested ? all[Math.floor(next() * all.length)] : undefined;
    const longest = next() < 0.02 ? 64 : 48;
    const around = found && found[1] < longest ? found : undefined;
    const longer = around ? Math.min(longest, Math.max(bits, around[1] + 1 + Math.floor(next() * 8))) : bits;
    const fresh = [
      HEADS[Math.floor(next() * HEADS.length)],
      group(),
      group(),
      group(),
      group(),
      group(),
      group(),
      group(),
    ];
    const groups = around
      ? fresh.map((value, at) => {
          const own = Math.min(16, Math.max(0, around[1] - 16 * at));
          const kept = (0xffff << (16 - own)) & 0xffff;
          return (around[0][at] & kept) | (value & ~kept & 0xffff);
        })
      : fresh;
    all.push([cut6(groups, longer), longer]);
  }
  return all;
}

export const texts6 = (pairs) => pairs.map(([groups, bits]) => write6(groups, bits));
