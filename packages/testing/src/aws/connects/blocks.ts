/**
 * Addresses and blocks as this evaluator reads them, by itself: what it judges is judged elsewhere by the engine in core, and a
 * mistake there must not be one here. State holds canonical text, so that little has to be read.
 */
type Bytes = readonly number[];

/** Whether a text is an address of one of the two families. */
export function isAddress(text: string): boolean {
  return bytesOf(text) !== undefined;
}

export function isIpv6(address: string): boolean {
  return address.includes(':');
}

/** The length of a block's prefix where the block has the address; undefined where it has not, as with the other family. */
export function coveringBits(block: string, address: string): number | undefined {
  const [host = '', length = ''] = block.split('/');
  const first = bytesOf(host);
  const wanted = bytesOf(address);
  if (!first || !wanted || first.length !== wanted.length || !/^\d{1,3}$/.test(length)) return undefined;
  const bits = Number(length);
  return samePrefix(first, wanted, bits) ? bits : undefined;
}

/** Whether one of some blocks has an address. */
export function anyCovers(blocks: readonly string[], address: string): boolean {
  return blocks.some((block) => coveringBits(block, address) !== undefined);
}

function samePrefix(a: Bytes, b: Bytes, bits: number): boolean {
  if (bits > a.length * 8) return false;
  return a.every((byte, index) => {
    const left = Math.min(8, Math.max(0, bits - index * 8));
    const mask = 256 - 2 ** (8 - left);
    return (byte & mask) === ((b[index] ?? 0) & mask);
  });
}

function bytesOf(text: string): Bytes | undefined {
  return isIpv6(text) ? sixteenBytes(text) : fourBytes(text);
}

function fourBytes(text: string): Bytes | undefined {
  const parts = text.split('.');
  if (parts.length !== 4 || !parts.every((part) => /^(0|[1-9]\d{0,2})$/.test(part))) return undefined;
  const bytes = parts.map(Number);
  return bytes.every((byte) => byte < 256) ? bytes : undefined;
}

function sixteenBytes(text: string): Bytes | undefined {
  const halves = text.split('::');
  if (halves.length > 2) return undefined;
  const [head = [], tail = []] = halves.map((half) => (half === '' ? [] : half.split(':')));
  const missing = 8 - head.length - tail.length;
  if (halves.length === 2 ? missing < 1 : missing !== 0) return undefined;
  const groups = [...head, ...Array.from({ length: missing }, () => '0'), ...tail];
  if (!groups.every((group) => /^[0-9a-f]{1,4}$/i.test(group))) return undefined;
  return groups.flatMap((group) => [Number.parseInt(group, 16) >> 8, Number.parseInt(group, 16) & 255]);
}
