import type { ScalarShape } from './shapes.js';
import { Mismatch } from './mismatch.js';

/** A protocol's form of time where a member has no trait of its own. */
export type TimestampFormat = NonNullable<ScalarShape['format']>;

const DATE_TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/;

/** Reads a timestamp from JSON or text. @throws {Mismatch} */
export function readTimestamp(value: unknown, format: TimestampFormat): Date {
  const ms = format === 'epoch-seconds' ? epochMs(value) : textMs(value, format);
  const date = new Date(ms);
  if (Number.isNaN(date.getTime())) throw new Mismatch('type', '', value, `Timestamp (${format})`);
  return date;
}

function epochMs(value: unknown): number {
  if (typeof value === 'number') return Math.round(value * 1000);
  return typeof value === 'string' && /^-?\d+(\.\d+)?$/.test(value) ? Math.round(Number(value) * 1000) : Number.NaN;
}

function textMs(value: unknown, format: TimestampFormat): number {
  if (typeof value !== 'string') return Number.NaN;
  return format === 'date-time' && !DATE_TIME.test(value) ? Number.NaN : Date.parse(value);
}

/** Writes a timestamp: a number for epoch seconds, else text. */
export function writeTimestamp(date: Date, format: TimestampFormat): number | string {
  if (format === 'epoch-seconds') return date.getTime() / 1000;
  return format === 'http-date' ? date.toUTCString() : date.toISOString();
}
