import { STAGE_WORDS } from './words.js';

/** Reads the text of a patch operation. @throws {ServiceError} BadRequestException; the sentences are [U] */
export type ReadValue = (value: string, path: string) => boolean | number | string;

export const readFlag: ReadValue = (value, path) => {
  const text = value.toLowerCase();
  if (text !== 'true' && text !== 'false') throw STAGE_WORDS.value(path, value);
  return text === 'true';
};

/** `10`, `0.5`, `-1`: a number from `smallest` to `largest`. */
export const readDecimal =
  (smallest: number, largest: number) =>
  (value: string, path: string): number => {
    const number = /^-?\d+(\.\d+)?$/.test(value) ? Number(value) : Number.NaN;
    if (!(number >= smallest && number <= largest)) throw STAGE_WORDS.value(path, value);
    return number;
  };

export const readInteger =
  (smallest: number, largest: number) =>
  (value: string, path: string): number => {
    const number = readDecimal(smallest, largest)(value, path);
    if (!Number.isInteger(number)) throw STAGE_WORDS.value(path, value);
    return number;
  };

export const readOneOf =
  (values: readonly string[]): ReadValue =>
  (value, path) => {
    if (!values.includes(value)) throw STAGE_WORDS.value(path, value);
    return value;
  };
