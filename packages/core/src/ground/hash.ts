import { InvalidInputError } from './errors.js';
import type { Json } from './json.js';

/** Deeper values are refused: Postern does not write such data, and recursion must not overflow the stack. */
const MAX_DEPTH = 256;

/**
 * JSON text that is the same for equal values. Members are sorted by their UTF-16 code units, members that
 * are `undefined` are left out, no white space is written, and `-0` becomes `0` (as in RFC 8785). An object whose type is
 * an interface is accepted, too: what is in it is checked.
 * @see https://www.rfc-editor.org/rfc/rfc8785
 * @throws {InvalidInputError} `INVALID_INPUT` for NaN, infinities, values that JSON cannot hold, and values
 *   nested over 256 deep.
 */
export function canonicalJson(value: Json | object): string {
  return write(value, 0);
}

/**
 * A short, stable fingerprint of a JSON value: 16 hexadecimal digits, the same on every machine and in every
 * run, for any order of an object's members. It detects changes. It is not a cryptographic hash and proves
 * nothing about origin.
 * @throws {InvalidInputError} `INVALID_INPUT` as {@link canonicalJson}.
 */
export function hashJson(value: Json | object): string {
  return hashText(canonicalJson(value));
}

/** The fingerprint of a text, as {@link hashJson} computes it: 16 hexadecimal digits. */
export function hashText(text: string): string {
  // Two lanes of multiply-and-xor over the code units, each finished with murmur3's mixer so that all bits depend on all.
  // https://github.com/aappleby/smhasher/wiki/MurmurHash3
  let high = 0xdeadbeef ^ text.length;
  let low = 0x41c6ce57 ^ text.length;
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index);
    high = Math.imul(high ^ unit, 0x9e3779b1);
    high = (high << 13) | (high >>> 19);
    low = Math.imul(low ^ unit, 0x5f356495);
    low = (low << 15) | (low >>> 17);
  }
  return hex(mix(high ^ Math.imul(low, 0x85ebca6b))) + hex(mix(low ^ Math.imul(high, 0xc2b2ae35)));
}

function mix(bits: number): number {
  let mixed = bits ^ (bits >>> 16);
  mixed = Math.imul(mixed, 0x85ebca6b);
  mixed ^= mixed >>> 13;
  mixed = Math.imul(mixed, 0xc2b2ae35);
  return mixed ^ (mixed >>> 16);
}

function hex(bits: number): string {
  return (bits >>> 0).toString(16).padStart(8, '0');
}

function write(value: unknown, depth: number): string {
  if (depth > MAX_DEPTH) throw notJson(`nested over ${MAX_DEPTH} deep`);
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return JSON.stringify(value);
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw notJson(String(value));

    return JSON.stringify(value);
  }
  if (Array.isArray(value)) return `[${value.map((item) => write(item, depth + 1)).join(',')}]`;
  if (typeof value !== 'object') throw notJson(typeof value);

  const members = value as Readonly<Record<string, unknown>>;
  let text = '';
  // Plans hash all that they were made from.
  for (const key of sortedKeys(members)) {
    const member = members[key];
    if (member === undefined) continue;

    text += `${text === '' ? '' : ','}${JSON.stringify(key)}:${write(member, depth + 1)}`;
  }
  return `{${text}}`;
}

/** By default texts are sorted by their code units. Most objects have few members, and many have them in order. */
function sortedKeys(members: object): readonly string[] {
  const keys = Object.keys(members);
  for (let at = 1; at < keys.length; at += 1) {
    if ((keys[at - 1] as string) > (keys[at] as string)) return keys.sort();
  }
  return keys;
}

function notJson(what: string): InvalidInputError {
  return new InvalidInputError('INVALID_INPUT', `hash: no JSON value: ${what}`);
}
