import { hexWord } from '../../simulation/time/hex-word.js';

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
/** Characters that one chance yields. */
const AT_ONCE = 5;

/**
 * The ID that a gateway gives a call: `Mc7UVioPPHcEKPA=`, 15 characters and an equals sign. HTTP APIs send it as
 * `Apigw-Requestid`, REST APIs as `x-amz-apigw-id` [M].
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-troubleshooting-jwt.html
 */
export function callId(random: () => number): string {
  return `${letters(random)}${letters(random)}${letters(random)}=`;
}

function letters(random: () => number): string {
  let bits = Math.floor(random() * 64 ** AT_ONCE);
  let text = '';
  for (let index = 0; index < AT_ONCE; index += 1) {
    text += ALPHABET[bits & 63];
    bits >>>= 6;
  }
  return text;
}

/**
 * The ID of a trace: `1-`, the second, and 24 hex digits. The header has it as `Root=<ID>`.
 * @see https://docs.aws.amazon.com/xray/latest/devguide/xray-concepts.html#xray-concepts-tracingheader
 */
export function traceId(now: number, random: () => number): string {
  const word = (): string => hexWord(Math.floor(random() * 0x1_0000_0000));
  return `1-${Math.floor(now / 1000).toString(16)}-${word()}${word()}${word()}`;
}
