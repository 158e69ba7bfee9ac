import { formatAddress } from '../../../cidr/ip-address.js';
import { readAddress } from '../../../cidr/read-address.js';
import { memoizeReader } from '../../../ground/text/texts.js';

/** An address as a number: below 2³² for IPv4, a bigint for IPv6. Numbers of the two kinds are never compared. */
export type Bits = number | bigint;

/** A run of addresses: `start` is the first of them, `end` the one after the last. */
export interface Span {
  readonly family: 4 | 6;
  readonly start: Bits;
  readonly end: Bits;
}

/**
 * The addresses of a block or a single address; `undefined` where the text is neither. Host bits are accepted, since the text comes
 * from the cloud.
 */
export const readSpan = memoizeReader((text): Span | undefined =>
  text.includes(':') ? readSpan6(text) : readSpan4(text),
);

/** Reads IPv4 by character codes: a snapshot may hold half a million blocks. */
function readSpan4(text: string): Span | undefined {
  let value = 0;
  let part = 0;
  let digits = 0;
  let dots = 0;
  let bits = -1;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code >= 48 && code <= 57) {
      part = part * 10 + code - 48;
      digits += 1;
      if (digits > 3) return undefined;

      continue;
    }
    if (digits === 0 || bits !== -1) return undefined;
    if (part > 255) return undefined;

    value = value * 256 + part;
    if (code === 46 && dots < 3) dots += 1;
    else if (code === 47 && dots === 3) bits = 0;
    else return undefined;
    part = 0;
    digits = 0;
  }
  if (digits === 0 || dots !== 3) return undefined;
  if (bits === -1) {
    const address = value * 256 + part;
    return part > 255 ? undefined : { family: 4, start: address, end: address + 1 };
  }
  if (part > 32) return undefined;

  const size = 2 ** (32 - part);
  const start = value - (value % size);
  return { family: 4, start, end: start + size };
}

function readSpan6(text: string): Span | undefined {
  const slash = text.indexOf('/');
  const address = readAddress(slash === -1 ? text : text.slice(0, slash));
  if (address?.family !== 6) return undefined;
  if (slash === -1) return { family: 6, start: address.value, end: address.value + 1n };

  const length = text.slice(slash + 1);
  if (!/^\d{1,3}$/.test(length) || Number(length) > 128) return undefined;

  const host = BigInt(128 - Number(length));
  const start = (address.value >> host) << host;
  return { family: 6, start, end: start + (1n << host) };
}

/** `10.0.1.0/24` where a span is a block, `10.0.1.7` where it is one address, `10.0.1.0–10.0.1.9` otherwise. */
export function spanText({ family, start, end }: Span): string {
  const first = BigInt(start);
  const size = BigInt(end) - first;
  const text = formatAddress({ family, value: first });
  if (size === 1n) return text;

  const width = family === 4 ? 32 : 128;
  const bits = width + 1 - size.toString(2).length;
  const isBlock = 1n << BigInt(width - bits) === size && first % size === 0n;
  return isBlock ? `${text}/${bits}` : `${text}–${formatAddress({ family, value: BigInt(end) - 1n })}`;
}

/** Whether a span is a single address. */
export function isPoint({ start, end }: Span): boolean {
  return typeof start === 'number' && typeof end === 'number' ? end - start === 1 : BigInt(end) - BigInt(start) === 1n;
}

/** Whether each address of `inner` is one of `outer`. */
export function holds(outer: Span, inner: Span): boolean {
  return outer.family === inner.family && outer.start <= inner.start && inner.end <= outer.end;
}

/** Whether two spans have an address in common. */
export function meets(a: Span, b: Span): boolean {
  return a.family === b.family && a.start < b.end && b.start < a.end;
}
