const MOST = 10_000;
/** The longest CIDR block has 49 characters. */
const LONGEST = 64;

/**
 * The same pure function of a short text, which keeps its results: the data path reads the same blocks and addresses for each call. Results
 * must not be changed.
 */
function remembered<T>(compute: (text: string) => T): (text: string) => T {
  const known = new Map<string, { readonly result: T }>();
  return (text) => {
    const found = known.get(text);
    if (found) return found.result;

    const result = compute(text);
    if (text.length > LONGEST) return result;

    if (known.size >= MOST) known.clear();
    known.set(text, { result });
    return result;
  };
}

/**
 * IP addresses as the simulated clouds read and write them. None of this comes from core. The simulator and
 * core evaluate addresses with separate code, so that a mistake in one of them is not a mistake in both.
 */
export interface Address {
  readonly family: 4 | 6;
  /** 0 to 2³²−1, or to 2¹²⁸−1. */
  readonly value: bigint;
}

const OCTET = /^(0|[1-9]\d{0,2})$/;
const GROUP = /^[0-9a-f]{1,4}$/i;
/** An IPv6 text whose last two groups are written as four octets: `64:ff9b::192.0.2.1`. */
const ENDS_IN_OCTETS = /^(.*:)(\d+\.\d+\.\d+\.\d+)$/;

/** An address of either family; undefined for every other text and for IPv4-mapped addresses, which no network has. */
export const readAddress = remembered((text): Address | undefined => {
  if (!text.includes(':')) {
    const value = readFour(text);
    return value === undefined ? undefined : { family: 4, value: BigInt(value) };
  }

  const value = readSix(text);
  return value === undefined || value >> 32n === 0xffffn ? undefined : { family: 6, value };
});

/**
 * The canonical text: `10.0.0.1`, `2001:db8::1`.
 * @see https://www.rfc-editor.org/rfc/rfc5952#section-4
 */
export function formatAddress({ family, value }: Address): string {
  if (family === 4) return [24n, 16n, 8n, 0n].map((shift) => (value >> shift) & 255n).join('.');

  const digits = value.toString(16).padStart(32, '0');
  const groups = (digits.match(/.{4}/g) ?? []).map((group) => group.replace(/^0{1,3}/, '')).join(':');
  const runs = groups.match(/\b0(:0){1,7}\b/g) ?? [];
  const longest = runs.reduce((best, run) => (run.length > best.length ? run : best), '');
  return longest === '' ? groups : groups.replace(new RegExp(`:?\\b${longest}\\b:?`), '::');
}

function readFour(text: string): number | undefined {
  const octets = text.split('.');
  if (octets.length !== 4 || !octets.every((octet) => OCTET.test(octet) && Number(octet) < 256)) return undefined;

  return octets.reduce((value, octet) => value * 256 + Number(octet), 0);
}

function readSix(text: string): bigint | undefined {
  const halves = withoutOctets(text).split('::');
  const [head = [], tail = []] = halves.map((half) => (half === '' ? [] : half.split(':')));
  const missing = 8 - head.length - tail.length;
  if (halves.length > 2 || (halves.length === 2 ? missing < 1 : missing !== 0)) return undefined;

  const groups = [...head, ...Array.from({ length: missing }, () => '0'), ...tail];
  if (!groups.every((group) => GROUP.test(group))) return undefined;

  return BigInt(`0x${groups.map((group) => group.padStart(4, '0')).join('')}`);
}

/** An IPv6 text in groups alone; octets that are none are left, and are no group. */
function withoutOctets(text: string): string {
  const [, groups = '', octets = ''] = ENDS_IN_OCTETS.exec(text) ?? [];
  const value = readFour(octets);
  return value === undefined ? text : `${groups}${(value >>> 16).toString(16)}:${(value & 0xffff).toString(16)}`;
}

/** A CIDR block as the simulated clouds read it. */
export interface Block {
  readonly family: 4 | 6;
  /** Its lowest and highest address as numbers. */
  readonly first: bigint;
  readonly last: bigint;
  readonly bits: number;
  /** As it is written canonically: `10.0.0.0/16` for `10.0.3.4/16`. */
  readonly text: string;
  /** Whether the text that was read had no host bits set. */
  readonly exact: boolean;
}

const WIDTH = { 4: 32, 6: 128 } as const;

/** Reads `address/bits`, or a bare address as a block of one; host bits are cleared. Undefined for everything else. */
export const readBlock = remembered((text): Block | undefined => {
  const [, host = '', length] = /^([^/]+)(?:\/(0|[1-9]\d{0,2}))?$/.exec(text) ?? [];
  const address = readAddress(host);
  if (address === undefined) return undefined;

  const { family, value } = address;
  const bits = length === undefined ? WIDTH[family] : Number(length);
  if (bits > WIDTH[family]) return undefined;

  const size = 2n ** BigInt(WIDTH[family] - bits);
  const first = value - (value % size);
  const written = `${formatAddress({ family, value: first })}/${bits}`;
  return { family, first, last: first + size - 1n, bits, text: written, exact: first === value };
});

/** Whether `outer` has every address of `inner`. */
export function covers(outer: Block, inner: Block): boolean {
  return outer.family === inner.family && outer.first <= inner.first && inner.last <= outer.last;
}

/** Whether two blocks have an address in common. */
export function overlaps(a: Block, b: Block): boolean {
  return a.family === b.family && a.first <= b.last && b.first <= a.last;
}

/** How many addresses a block has; exact for IPv4. */
export function sizeOf({ first, last }: Block): number {
  return Number(last - first + 1n);
}
