import { InvalidInputError } from '@postern/core';

const DATE = /^\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,3})?)?(?:Z|[+-]\d{2}:\d{2}))?$/;

/**
 * A moment that was typed, in milliseconds since 1970: a date, which means its beginning in UTC, or a date and time with an offset.
 * @throws {InvalidInputError} `INVALID_INPUT`.
 */
export function momentOf(option: string, text: string): number {
  const moment = DATE.test(text) ? Date.parse(text) : Number.NaN;
  // `2026-02-30` would be read as the second of March.
  const isDay =
    !Number.isNaN(moment) && new Date(Date.parse(text.slice(0, 10))).toISOString().startsWith(text.slice(0, 10));
  if (isDay) return moment;
  throw new InvalidInputError('INVALID_INPUT', `${option}: ${JSON.stringify(text)} is not a valid date`, {
    remedy: 'Write it as in 2026-12-31 or 2026-12-31T12:00:00Z.',
  });
}
