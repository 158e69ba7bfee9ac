/** Set in the tables for what is hexadecimal. */
export const IS_HEX = 0x100;

/** The value of each byte as a lower-case hexadecimal digit, and {@link IS_HEX}; 0 for others. */
export const HEX_DIGIT = new Uint16Array(256);
for (let digit = 0; digit < 16; digit += 1) HEX_DIGIT[digit.toString(16).charCodeAt(0)] = IS_HEX | digit;

/** The same for each two bytes, the first being the higher. */
export const HEX_PAIR = new Uint16Array(65_536);
for (let value = 0; value < 256; value += 1) {
  const text = value.toString(16).padStart(2, '0');
  HEX_PAIR[(text.charCodeAt(0) << 8) | text.charCodeAt(1)] = IS_HEX | value;
}
